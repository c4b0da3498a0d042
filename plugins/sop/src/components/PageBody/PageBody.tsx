import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** The space of a page below its header. */
export function PageBody(props: { children: ReactNode; maxWidth?: number }) {
  return (
    <Box
      sx={{
        p: { xs: 2, sm: 3 },
        maxWidth: props.maxWidth,
        color: 'text.primary',
        typography: 'body1',
      }}
    >
      {props.children}
    </Box>
  );
}
