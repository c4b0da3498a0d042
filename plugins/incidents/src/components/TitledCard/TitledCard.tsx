import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** A card on the overview of an entity, with room for an action. */
export function TitledCard(props: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  const { title, action, children } = props;
  return (
    <Paper component="section" aria-label={title} sx={{ p: 2, minWidth: 0 }}>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
          alignItems: 'center',
          justifyContent: 'space-between',
          mb: 1,
        }}
      >
        <Typography variant="h6" component="h2" sx={{ m: 0 }}>
          {title}
        </Typography>
        {action}
      </Box>
      <Box sx={{ minWidth: 0 }}>{children}</Box>
    </Paper>
  );
}
