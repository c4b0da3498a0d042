import { PageBlueprint } from '@backstage/frontend-plugin-api';
import AccountTreeIcon from '@mui/icons-material/AccountTree';
import { rootRouteRef } from '../routes';

export const repositoriesPage = PageBlueprint.make({
  params: {
    path: '/repositories',
    title: 'Repositories',
    icon: <AccountTreeIcon fontSize="inherit" />,
    routeRef: rootRouteRef,
    loader: () =>
      import('../components/GitHostRouter').then(m => <m.GitHostRouter />),
  },
});
