import { PageBlueprint } from '@backstage/frontend-plugin-api';
import SpeedIcon from '@mui/icons-material/Speed';
import { rootRouteRef } from '../routes';

export const sloPage = PageBlueprint.make({
  params: {
    path: '/slos',
    title: 'SLOs',
    icon: <SpeedIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () => import('../components/SloRouter').then(m => <m.SloRouter />),
  },
});
