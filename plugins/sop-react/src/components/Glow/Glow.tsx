import Box, { BoxProps } from '@mui/material/Box';
import { keyframes } from '@mui/material/styles';
import { useGlow } from '../../hooks/useGlow';

/** Props of {@link Glow}. @public */
export interface GlowProps extends BoxProps {
  /** Lights up once when this changes. */
  on: string | number | undefined;
}

/** Marks what just changed: it glows once and nothing moves. @public */
export function Glow(props: GlowProps) {
  const { on, sx, ...rest } = props;
  const lit = useGlow(on);
  return (
    <Box
      {...rest}
      data-changed={lit || undefined}
      sx={[
        ...(Array.isArray(sx) ? sx : [sx]),
        lit &&
          (theme => {
            const fade = keyframes({
              from: { backgroundColor: theme.palette.action.focus },
              to: { backgroundColor: 'transparent' },
            });
            return {
              borderRadius: 1,
              animation: `${fade} 2s ease-out`,
              '@media (prefers-reduced-motion: reduce)': {
                animation: 'none',
                outline: `2px solid ${theme.palette.primary.main}`,
              },
            };
          }),
      ]}
    />
  );
}
