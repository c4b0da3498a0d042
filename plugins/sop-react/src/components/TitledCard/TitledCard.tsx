import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** Props of {@link TitledCard}. @public */
export interface TitledCardProps {
  title: string;
  /** Beside the title. */
  action?: ReactNode;
  children: ReactNode;
}

/**
 * A titled part of a page or a card on the overview of an entity; what is too
 * wide for it scrolls inside.
 * @public
 */
export function TitledCard(props: TitledCardProps) {
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
      <Box sx={{ minWidth: 0, overflowX: 'auto' }}>{children}</Box>
    </Paper>
  );
}
