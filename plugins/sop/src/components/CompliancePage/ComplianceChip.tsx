import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { ComplianceRow } from '@handrail/plugin-sop-common';
import { ChipTone, WordChip } from '@handrail/plugin-sop-react';
import AccessAlarmIcon from '@mui/icons-material/AccessAlarm';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutline';
import HelpOutlineIcon from '@mui/icons-material/HelpOutline';
import { sopTranslationRef } from '../../translation';

const LOOKS = {
  missing: { icon: HelpOutlineIcon, tone: 'error' },
  overdue: { icon: ErrorOutlineIcon, tone: 'error' },
  'due-soon': { icon: AccessAlarmIcon, tone: 'warning' },
  met: { icon: CheckCircleOutlineIcon, tone: 'success' },
} satisfies Record<
  ComplianceRow['state'],
  { icon: typeof HelpOutlineIcon; tone: ChipTone }
>;

/** Where an entity stands with a procedure, as a word with an icon. */
export function ComplianceChip(props: { state: ComplianceRow['state'] }) {
  const { t } = useTranslationRef(sopTranslationRef);
  const { icon, tone } = LOOKS[props.state];
  return (
    <WordChip word={t(`compliance.${props.state}`)} icon={icon} tone={tone} />
  );
}
