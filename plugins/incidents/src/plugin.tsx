import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import LocalFireDepartmentOutlinedIcon from '@mui/icons-material/LocalFireDepartmentOutlined';
import { declareApi, incidentsApi } from './extensions/apis';
import { declareElement, declareMenuItem } from './extensions/declare';
import { incidentsCard, incidentsContent } from './extensions/entity';
import { ownIncidentsWidget } from './extensions/homeWidgets';
import { incidentsPage } from './extensions/pages';
import { incidentRouteRefs } from './routes';

/**
 * Incidents: declare, command, update, learn; entity tab and card, home widget.
 * @public
 */
export const incidentsPlugin = createFrontendPlugin({
  pluginId: 'incidents',
  title: 'Incidents',
  icon: <LocalFireDepartmentOutlinedIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: incidentRouteRefs,
  extensions: [
    incidentsApi,
    declareApi,
    declareElement,
    declareMenuItem,
    incidentsPage,
    incidentsContent,
    incidentsCard,
    ownIncidentsWidget,
  ],
});
