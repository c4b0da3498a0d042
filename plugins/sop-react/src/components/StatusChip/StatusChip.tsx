import { useTranslationRef } from '@backstage/frontend-plugin-api';
import BlockIcon from '@mui/icons-material/Block';
import CancelOutlinedIcon from '@mui/icons-material/CancelOutlined';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import DescriptionOutlinedIcon from '@mui/icons-material/DescriptionOutlined';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutline';
import HelpOutlineIcon from '@mui/icons-material/HelpOutline';
import HistoryIcon from '@mui/icons-material/History';
import HourglassEmptyIcon from '@mui/icons-material/HourglassEmpty';
import LockClockOutlinedIcon from '@mui/icons-material/LockClockOutlined';
import PanToolOutlinedIcon from '@mui/icons-material/PanToolOutlined';
import PersonOutlineIcon from '@mui/icons-material/PersonOutline';
import PlayCircleOutlineIcon from '@mui/icons-material/PlayCircleOutline';
import RadioButtonUncheckedIcon from '@mui/icons-material/RadioButtonUnchecked';
import SkipNextOutlinedIcon from '@mui/icons-material/SkipNextOutlined';
import UndoIcon from '@mui/icons-material/Undo';
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { ComponentType } from 'react';
import { sopReactTranslationRef } from '../../translation';
import { ChipTone, WordChip } from '../WordChip';

const LOOKS = {
  running: [PlayCircleOutlineIcon, 'info'],
  held: [PanToolOutlinedIcon, 'warning'],
  compensating: [UndoIcon, 'warning'],
  completed: [CheckCircleOutlineIcon, 'success'],
  failed: [ErrorOutlineIcon, 'error'],
  cancelled: [CancelOutlinedIcon, 'disabled'],
  compensated: [UndoIcon, 'disabled'],
  pending: [RadioButtonUncheckedIcon, 'disabled'],
  blocked: [LockClockOutlinedIcon, 'warning'],
  ready: [HourglassEmptyIcon, 'info'],
  reserved: [PersonOutlineIcon, 'info'],
  due: [HourglassEmptyIcon, 'info'],
  waiting: [HourglassEmptyIcon, 'warning'],
  started: [PlayCircleOutlineIcon, 'info'],
  missed: [ErrorOutlineIcon, 'error'],
  'in-doubt': [HelpOutlineIcon, 'warning'],
  skipped: [SkipNextOutlinedIcon, 'disabled'],
  approve: [CheckCircleOutlineIcon, 'success'],
  reject: [BlockIcon, 'error'],
  draft: [DescriptionOutlinedIcon, 'disabled'],
  'in-review': [HourglassEmptyIcon, 'info'],
  approved: [CheckCircleOutlineIcon, 'info'],
  effective: [CheckCircleOutlineIcon, 'success'],
  superseded: [HistoryIcon, 'disabled'],
  retired: [BlockIcon, 'disabled'],
  healthy: [CheckCircleOutlineIcon, 'success'],
  caution: [WarningAmberIcon, 'warning'],
  exhausted: [ErrorOutlineIcon, 'error'],
  'no-data': [RadioButtonUncheckedIcon, 'disabled'],
  unknown: [HelpOutlineIcon, 'disabled'],
} satisfies Record<string, [ComponentType<SvgIconProps>, ChipTone]>;

/**
 * Everything in the suite that has a status: runs, steps, votes, revisions,
 * error budgets.
 * @public
 */
export type ShownStatus = keyof typeof LOOKS;

function isShown(status: string): status is ShownStatus {
  return status in LOOKS;
}

/** The sign of a status, to stand beside its word. @public */
export function StatusIcon(
  props: { status: string } & Pick<SvgIconProps, 'fontSize' | 'sx'>,
) {
  const { status, ...rest } = props;
  const [Icon, tone] = isShown(status) ? LOOKS[status] : LOOKS.pending;
  return <Icon color={tone} aria-hidden {...rest} />;
}

/** The word of a status; unknown ones are shown as they are. @public */
export function useStatusWord(): (status: string) => string {
  const { t } = useTranslationRef(sopReactTranslationRef);
  return status => (isShown(status) ? t(`status.${status}`) : status);
}

/** A status as word and icon; the colour only repeats what they say. @public */
export function StatusChip(props: {
  status: string;
  size?: 'small' | 'medium';
}) {
  const { status, size } = props;
  const word = useStatusWord();
  const [icon, tone] = isShown(status) ? LOOKS[status] : LOOKS.pending;
  return <WordChip word={word(status)} icon={icon} tone={tone} size={size} />;
}
