import { ChipTone, WordChip } from '@handrail/plugin-sop-react';
import KeyboardArrowDownIcon from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUpIcon from '@mui/icons-material/KeyboardArrowUp';
import KeyboardDoubleArrowUpIcon from '@mui/icons-material/KeyboardDoubleArrowUp';
import RemoveIcon from '@mui/icons-material/Remove';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { ComponentType } from 'react';
import { usePolicy } from '../../hooks';

/** The gravest first, as in the policy; what lies beyond looks like the last. */
const LOOKS: [ComponentType<SvgIconProps>, ChipTone][] = [
  [KeyboardDoubleArrowUpIcon, 'error'],
  [KeyboardArrowUpIcon, 'warning'],
  [RemoveIcon, 'info'],
  [KeyboardArrowDownIcon, 'disabled'],
];

/** A severity with its title; hover tells its definition. */
export function SeverityChip(props: {
  severity: string;
  size?: 'small' | 'medium';
}) {
  const { severity, size } = props;
  const { data } = usePolicy();
  const at = data?.severities.findIndex(one => one.id === severity) ?? -1;
  const known = data?.severities[at];
  const [icon, tone] =
    LOOKS[at < 0 ? LOOKS.length - 1 : Math.min(at, LOOKS.length - 1)];
  return (
    <WordChip
      word={known ? `${known.id} ${known.title}` : severity}
      icon={icon}
      tone={tone}
      size={size}
      title={known?.definition}
    />
  );
}
