import { PageBlueprint } from '@backstage/frontend-plugin-api';
import LocalFireDepartmentOutlinedIcon from '@mui/icons-material/LocalFireDepartmentOutlined';
import { rootRouteRef } from '../routes';

export const incidentsPage = PageBlueprint.make({
  params: {
    path: '/incidents',
    title: 'Incidents',
    icon: <LocalFireDepartmentOutlinedIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/IncidentsRouter').then(m => <m.IncidentsRouter />),
  },
});
