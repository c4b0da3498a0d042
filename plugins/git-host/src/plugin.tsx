import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import AccountTreeIcon from '@mui/icons-material/AccountTree';
import { gitHostApi } from './extensions/apis';
import { repositoriesPage } from './extensions/pages';
import { gitHostRouteRefs } from './routes';

/**
 * Repositories of the embedded git host: a list, and the files of each.
 * @public
 */
export const gitHostPlugin = createFrontendPlugin({
  pluginId: 'git-host',
  title: 'Repositories',
  icon: <AccountTreeIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: gitHostRouteRefs,
  extensions: [gitHostApi, repositoriesPage],
});
