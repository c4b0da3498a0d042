import type { Permit } from '@handrail/plugin-sop-common';
import Button, { ButtonProps } from '@mui/material/Button';
import { Link as RouterLink } from 'react-router-dom';
import { PermitButton } from '../PermitButton';

/** Props of {@link PermitLink}. @public */
export interface PermitLinkProps
  extends Pick<
    ButtonProps,
    'variant' | 'size' | 'color' | 'startIcon' | 'children' | 'aria-label'
  > {
  /** Whether the reader may go there, and if not why. */
  permit: Permit;
  to: string;
}

/**
 * A button that leads somewhere, so it can be opened in a new tab and copied;
 * when it may not be used it says why, as a {@link PermitButton} does.
 * @public
 */
export function PermitLink(props: PermitLinkProps) {
  const { permit, to, ...rest } = props;
  return permit.allowed ? (
    <Button {...rest} component={RouterLink} to={to} />
  ) : (
    <PermitButton {...rest} permit={permit} />
  );
}
