import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import SpeedIcon from '@mui/icons-material/Speed';
import { sloApi } from './extensions/apis';
import { budgetCard, budgetsCard } from './extensions/entityCards';
import { budgetContent, slosContent } from './extensions/entityContents';
import { troubleWidget } from './extensions/homeWidgets';
import { sloPage } from './extensions/pages';
import { sloRouteRefs } from './routes';

/**
 * Service level objectives: list, page, entity tab and cards, home widget.
 * @public
 */
export default createFrontendPlugin({
  pluginId: 'slo',
  title: 'SLOs',
  icon: <SpeedIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: sloRouteRefs,
  extensions: [
    sloApi,
    sloPage,
    slosContent,
    budgetContent,
    budgetsCard,
    budgetCard,
    troubleWidget,
  ],
});
