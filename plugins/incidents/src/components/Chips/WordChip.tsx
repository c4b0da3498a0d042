import Chip, { chipClasses } from '@mui/material/Chip';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { ComponentType } from 'react';

/** The colour that repeats what word and icon say. */
export type ChipTone = 'error' | 'warning' | 'info' | 'success' | 'disabled';

/** Props of {@link WordChip}. */
export interface WordChipProps {
  word: string;
  icon: ComponentType<SvgIconProps>;
  tone: ChipTone;
  size?: 'small' | 'medium';
  title?: string;
}

/** A word with an icon, in the look of the suite's status chip. */
export function WordChip(props: WordChipProps) {
  const { word, icon: Icon, tone, size = 'small', title } = props;
  return (
    <Chip
      variant="outlined"
      size={size}
      label={word}
      title={title}
      icon={<Icon aria-hidden />}
      sx={{
        m: 0,
        flexShrink: 0,
        bgcolor: 'transparent',
        color: 'text.primary',
        [`& .${chipClasses.icon}`]: {
          color: tone === 'disabled' ? 'text.secondary' : `${tone}.main`,
        },
      }}
    />
  );
}
