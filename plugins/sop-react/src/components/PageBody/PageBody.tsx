import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** Props of {@link PageBody}. @public */
export interface PageBodyProps {
  children: ReactNode;
  /** In pixels. */
  maxWidth?: number;
}

/**
 * The main part of a page, below its header. Code may put the focus on it when
 * what had it is gone.
 * @public
 */
export function PageBody(props: PageBodyProps) {
  const { children, maxWidth } = props;
  return (
    <Box
      component="main"
      tabIndex={-1}
      sx={{
        px: { xs: 2, sm: 3 },
        pb: { xs: 2, sm: 3 },
        maxWidth,
        color: 'text.primary',
        typography: 'body1',
        outline: 'none',
      }}
    >
      {children}
    </Box>
  );
}
