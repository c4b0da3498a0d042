import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { IncidentStatus } from '@handrail/plugin-incidents-common';
import { ChipTone, WordChip } from '@handrail/plugin-sop-react';
import BuildOutlinedIcon from '@mui/icons-material/BuildOutlined';
import CallMergeIcon from '@mui/icons-material/CallMerge';
import CheckCircleOutlineIcon from '@mui/icons-material/CheckCircleOutline';
import DoNotDisturbAltIcon from '@mui/icons-material/DoNotDisturbAlt';
import HelpOutlineIcon from '@mui/icons-material/HelpOutline';
import ManageSearchIcon from '@mui/icons-material/ManageSearch';
import MonitorHeartOutlinedIcon from '@mui/icons-material/MonitorHeartOutlined';
import SchoolOutlinedIcon from '@mui/icons-material/SchoolOutlined';
import TaskAltIcon from '@mui/icons-material/TaskAlt';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { ComponentType } from 'react';
import { incidentsTranslationRef } from '../../translation';

const LOOKS: Record<IncidentStatus, [ComponentType<SvgIconProps>, ChipTone]> = {
  proposed: [HelpOutlineIcon, 'warning'],
  investigating: [ManageSearchIcon, 'error'],
  identified: [BuildOutlinedIcon, 'warning'],
  monitoring: [MonitorHeartOutlinedIcon, 'info'],
  resolved: [CheckCircleOutlineIcon, 'success'],
  learning: [SchoolOutlinedIcon, 'info'],
  closed: [TaskAltIcon, 'disabled'],
  declined: [DoNotDisturbAltIcon, 'disabled'],
  merged: [CallMergeIcon, 'disabled'],
};

/** Every status, in the order in which incidents pass them. */
export const INCIDENT_STATUSES = Object.keys(LOOKS) as IncidentStatus[];

/** Where an incident stands, as word and icon. */
export function IncidentStatusChip(props: {
  status: IncidentStatus;
  size?: 'small' | 'medium';
}) {
  const { status, size } = props;
  const { t } = useTranslationRef(incidentsTranslationRef);
  const [icon, tone] = LOOKS[status];
  return (
    <WordChip
      word={t(`status.${status}`)}
      icon={icon}
      tone={tone}
      size={size}
    />
  );
}
