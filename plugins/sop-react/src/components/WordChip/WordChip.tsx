import Chip, { chipClasses } from '@mui/material/Chip';
import type { SvgIconProps } from '@mui/material/SvgIcon';
import { ComponentType } from 'react';

/** The colour that repeats what word and icon say. @public */
export type ChipTone = 'error' | 'warning' | 'info' | 'success' | 'disabled';

/** Props of {@link WordChip}. @public */
export interface WordChipProps {
  word: string;
  icon: ComponentType<SvgIconProps>;
  tone: ChipTone;
  size?: 'small' | 'medium';
  /** Shown on hover. */
  title?: string;
}

/** A word with an icon; the colour only repeats what they say. @public */
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
