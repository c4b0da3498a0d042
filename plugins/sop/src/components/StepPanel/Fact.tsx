import Box from '@mui/material/Box';
import { ReactNode } from 'react';

/** A small fact with its name in front. */
export function Fact(props: { name: string; children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 0.75,
        minWidth: 0,
        typography: 'body2',
      }}
    >
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {props.name}
      </Box>
      {props.children}
    </Box>
  );
}
