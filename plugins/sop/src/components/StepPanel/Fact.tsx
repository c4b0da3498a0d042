import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
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
      }}
    >
      <Typography variant="body2" color="text.secondary" component="span">
        {props.name}
      </Typography>
      {props.children}
    </Box>
  );
}
