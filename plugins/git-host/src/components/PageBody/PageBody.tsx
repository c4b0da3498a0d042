import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** The main part of a page, below its header. */
export function PageBody(props: { children: ReactNode }) {
  return (
    <Box
      component="main"
      sx={{
        px: { xs: 2, sm: 3 },
        pb: { xs: 2, sm: 3 },
        color: 'text.primary',
        typography: 'body1',
      }}
    >
      {props.children}
    </Box>
  );
}
