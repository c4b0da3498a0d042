import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode, useId } from 'react';

/** A titled part of the page. */
export function Section(props: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={id}
      sx={{ p: 2, minWidth: 0 }}
    >
      <Typography id={id} variant="h6" component="h2" sx={{ mb: 1 }}>
        {props.title}
      </Typography>
      {props.children}
    </Paper>
  );
}
