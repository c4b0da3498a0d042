import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ObligationView } from '@handrail/plugin-incidents-common';
import { WordChip } from '@handrail/plugin-sop-react';
import AlarmIcon from '@mui/icons-material/Alarm';
import AlarmOffIcon from '@mui/icons-material/AlarmOff';
import AlarmOnIcon from '@mui/icons-material/AlarmOn';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutline';
import HourglassBottomIcon from '@mui/icons-material/HourglassBottom';
import { incidentsTranslationRef } from '../../translation';

const LOOKS = {
  pending: [AlarmIcon, 'info'],
  warned: [HourglassBottomIcon, 'warning'],
  breached: [ErrorOutlineIcon, 'error'],
  satisfied: [AlarmOnIcon, 'success'],
  satisfiedLate: [AlarmOnIcon, 'warning'],
  cancelled: [AlarmOffIcon, 'disabled'],
} as const;

/** What became of a duty, as word and icon. */
export function DutyState(props: {
  duty: Pick<ObligationView, 'state' | 'late'>;
}) {
  const { state, late } = props.duty;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const shown = state === 'satisfied' && late ? 'satisfiedLate' : state;
  const [icon, tone] = LOOKS[shown];
  return <WordChip word={t(`duty.${shown}`)} icon={icon} tone={tone} />;
}
