import type { Permit } from '@handrail/plugin-sop-common';
import Box from '@mui/material/Box';
import Button, { ButtonProps } from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { visuallyHidden } from '../../lib/visuallyHidden';
import { useId } from 'react';

/** Props of {@link PermitButton}. @public */
export interface PermitButtonProps extends Omit<ButtonProps, 'disabled'> {
  /** Whether the reader may do it, and if not why. */
  permit: Permit;
  /** A request is under way; the button waits for it. */
  pending?: boolean;
}

/**
 * A button that never refuses silently: when it may not be used it stays in the
 * tab order, and its reason is shown on hover and focus and read out.
 * @public
 */
export function PermitButton(props: PermitButtonProps) {
  const { permit, pending = false, children, onClick, sx, ...rest } = props;
  const reasonId = useId();
  const blocked = !permit.allowed;
  const button = (
    <Button
      {...rest}
      aria-disabled={blocked || pending || undefined}
      aria-describedby={blocked && permit.reason ? reasonId : undefined}
      aria-busy={pending || undefined}
      disableRipple={blocked}
      onClick={event => {
        if (blocked || pending) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
      }}
      sx={[
        ...(Array.isArray(sx) ? sx : [sx]),
        (blocked || pending) && {
          cursor: 'not-allowed',
          color: 'text.disabled',
          borderColor: 'action.disabled',
          bgcolor:
            rest.variant === 'contained'
              ? 'action.disabledBackground'
              : undefined,
          boxShadow: 'none',
          '&:hover': {
            color: 'text.disabled',
            bgcolor:
              rest.variant === 'contained'
                ? 'action.disabledBackground'
                : 'transparent',
            borderColor: 'action.disabled',
            boxShadow: 'none',
          },
        },
      ]}
    >
      {children}
    </Button>
  );
  if (!blocked || !permit.reason) {
    return button;
  }
  return (
    <>
      <Tooltip title={permit.reason} describeChild arrow>
        {button}
      </Tooltip>
      <Box component="span" id={reasonId} sx={visuallyHidden}>
        {permit.reason}
      </Box>
    </>
  );
}
