import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** A card on the overview of an entity. */
export function TitledCard(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  return (
    <Paper component="section" aria-label={title} sx={{ p: 2, minWidth: 0 }}>
      <Typography variant="h6" component="h2" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box sx={{ minWidth: 0, overflowX: 'auto' }}>{children}</Box>
    </Paper>
  );
}
