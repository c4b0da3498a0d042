import { PropsWithChildren, ReactNode } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { HandrailMark } from '../brand/HandrailMark';

/** Name of the portal, a heading, a line below it, and the content. */
export const SignInFrame = (
  props: PropsWithChildren<{ heading: string; lead: ReactNode }>,
) => {
  const title = useApi(configApiRef).getOptionalString('app.title');
  return (
    <Box
      component="main"
      sx={{
        minHeight: '100vh',
        bgcolor: 'background.default',
        color: 'text.primary',
        px: { xs: 2, sm: 4 },
        py: { xs: 3, sm: 5 },
      }}
    >
      <Box sx={{ maxWidth: 1120, mx: 'auto' }}>
        <Box
          sx={{
            display: 'flex',
            alignItems: 'center',
            gap: 1,
            color: 'primary.main',
            mb: 3,
          }}
        >
          <HandrailMark size={28} />
          <Typography
            component="span"
            sx={{ fontSize: 18, fontWeight: 700, color: 'text.primary' }}
          >
            {title}
          </Typography>
        </Box>
        <Typography variant="h4" component="h1" gutterBottom>
          {props.heading}
        </Typography>
        <Typography color="text.secondary" sx={{ maxWidth: 640, mb: 3 }}>
          {props.lead}
        </Typography>
        {props.children}
      </Box>
    </Box>
  );
};
