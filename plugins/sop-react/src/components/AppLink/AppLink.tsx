import Link, { LinkProps } from '@mui/material/Link';
import { forwardRef } from 'react';
import { Link as RouterLink } from 'react-router-dom';

/** Props of {@link AppLink}. @public */
export type AppLinkProps = LinkProps & { to: string };

/** A link inside the portal, in the portal's colours. @public */
export const AppLink = forwardRef<HTMLAnchorElement, AppLinkProps>(
  function ForwardedAppLink(props, ref) {
    return (
      <Link ref={ref} component={RouterLink} underline="hover" {...props} />
    );
  },
);
