import { Link } from '@backstage/core-components';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

const steps = [
  {
    title: 'Look at a procedure',
    text: 'See its steps, who does them, and who signed it.',
    link: { to: '/sops', text: 'Open the procedures' },
  },
  {
    title: 'Start one on a component',
    text: 'Pick a component that you work on, then choose a procedure there.',
    link: { to: '/catalog', text: 'Open the catalog' },
  },
  {
    title: 'Approve it as somebody else',
    text: 'Nobody approves their own work. Choose “Switch person” in the sidebar, then decide under My tasks.',
    link: { to: '/tasks', text: 'Open My tasks' },
  },
];

/** What to do first, in three steps. */
export const GettingStarted = () => (
  <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
    {steps.map((step, index) => (
      <Box
        component="li"
        key={step.title}
        sx={{ display: 'flex', gap: 1.5, mb: 2, '&:last-child': { mb: 0 } }}
      >
        <Box
          aria-hidden="true"
          sx={{
            flex: 'none',
            width: 28,
            height: 28,
            borderRadius: '50%',
            bgcolor: 'primary.main',
            color: 'primary.contrastText',
            display: 'flex',
            alignItems: 'center',
            justifyContent: 'center',
            fontSize: 14,
            fontWeight: 700,
          }}
        >
          {index + 1}
        </Box>
        <div>
          <Typography fontWeight={600}>{step.title}</Typography>
          <Typography variant="body2" color="text.secondary">
            {step.text}
          </Typography>
          <Link to={step.link.to}>{step.link.text}</Link>
        </div>
      </Box>
    ))}
  </Box>
);
