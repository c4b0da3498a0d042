import { visuallyHidden } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** Props of {@link PageBody}. */
export interface PageBodyProps {
  children: ReactNode;
  /** The page's name, read out; for pages that show no title of their own. */
  title?: string;
  /** In pixels. */
  maxWidth?: number;
}

/** The main part of a page, below its header. */
export function PageBody(props: PageBodyProps) {
  const { children, title, maxWidth } = props;
  return (
    <Box
      component="main"
      sx={{
        px: { xs: 2, sm: 3 },
        pb: { xs: 2, sm: 3 },
        maxWidth,
        color: 'text.primary',
        typography: 'body1',
      }}
    >
      {title && (
        <Box component="h1" sx={visuallyHidden}>
          {title}
        </Box>
      )}
      {children}
    </Box>
  );
}
