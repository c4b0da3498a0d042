import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  HomePageLayoutBlueprint,
  HomePageWidgetBlueprint,
} from '@backstage/plugin-home-react/alpha';

const layout = HomePageLayoutBlueprint.make({
  params: {
    loader: async () => (await import('./HomeLayout')).HomeLayout,
  },
});

const gettingStarted = HomePageWidgetBlueprint.make({
  name: 'getting-started',
  params: {
    name: 'GettingStarted',
    title: 'Getting started',
    description: 'What to do first, in three steps',
    components: async () => ({
      Content: (await import('./GettingStarted')).GettingStarted,
    }),
  },
});

/** Layout and first steps of the home page. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [layout, gettingStarted],
});
