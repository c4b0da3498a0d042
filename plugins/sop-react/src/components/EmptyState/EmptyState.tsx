import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

/** Props of {@link EmptyState}. @public */
export interface EmptyStateProps {
  title: string;
  /** What to do first. */
  children?: ReactNode;
  icon?: ReactNode;
  action?: ReactNode;
  /** As low as can be, for a widget among others. */
  dense?: boolean;
}

/** Nothing here yet, and what to do about it. @public */
export function EmptyState(props: EmptyStateProps) {
  const { title, children, icon, action, dense = false } = props;
  return (
    <Box
      sx={{
        textAlign: 'center',
        py: dense ? 1 : 5,
        px: 2,
        maxWidth: 520,
        mx: 'auto',
      }}
    >
      {icon && (
        <Box
          aria-hidden
          sx={{
            color: 'text.secondary',
            '& svg': { fontSize: dense ? 28 : 40 },
            mb: dense ? 0 : 1,
          }}
        >
          {icon}
        </Box>
      )}
      <Typography variant="h6" component="p" sx={{ mb: dense ? 0 : 1 }}>
        {title}
      </Typography>
      {children && (
        <Typography component="div" color="text.secondary">
          {children}
        </Typography>
      )}
      {action && <Box sx={{ mt: dense ? 0.5 : 2 }}>{action}</Box>}
    </Box>
  );
}
