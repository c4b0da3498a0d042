import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import ExploreOutlinedIcon from '@mui/icons-material/ExploreOutlined';
import { onboardingApi, tourSessionApi } from './extensions/apis';
import { firstWeekWidget } from './extensions/homeWidgets';
import { onboardingPage } from './extensions/pages';
import { tourHost } from './extensions/tourHost';
import { rootRouteRef } from './routes';

/**
 * Guided tours over the real pages, the checklist of the first week, and how
 * long people take.
 * @public
 */
export const onboardingPlugin = createFrontendPlugin({
  pluginId: 'onboarding',
  title: 'Onboarding',
  icon: <ExploreOutlinedIcon fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    onboardingApi,
    tourSessionApi,
    onboardingPage,
    firstWeekWidget,
    tourHost,
  ],
});
