import { Glow } from '@handrail/plugin-sop-react';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** One answer of the first screen; it lights up when it changes. */
export function Fact(props: {
  name: string;
  /** What the answer depends on. */
  on: string | number | undefined;
  children: ReactNode;
}) {
  const { name, on, children } = props;
  return (
    <Paper
      variant="outlined"
      sx={{ p: 1.5, minWidth: 0, height: '100%', bgcolor: 'transparent' }}
    >
      <Typography
        component="dt"
        variant="body2"
        color="text.secondary"
        sx={{ mb: 0.5 }}
      >
        {name}
      </Typography>
      <Box component="dd" sx={{ m: 0 }}>
        <Glow on={on} sx={{ overflowWrap: 'anywhere' }}>
          {children}
        </Glow>
      </Box>
    </Paper>
  );
}
