import { PageBlueprint } from '@backstage/frontend-plugin-api';
import ExploreOutlinedIcon from '@mui/icons-material/ExploreOutlined';
import { rootRouteRef } from '../routes';

export const onboardingPage = PageBlueprint.make({
  params: {
    path: '/onboarding',
    title: 'Onboarding',
    icon: <ExploreOutlinedIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/OnboardingPage').then(m => <m.OnboardingPage />),
  },
});
