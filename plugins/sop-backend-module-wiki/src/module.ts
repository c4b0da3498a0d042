import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { readWikis } from './config';
import { createPublishPageAction } from './createPublishPageAction';

/**
 * Registers the action that publishes pages.
 * @public
 */
export const sopModuleWiki = createBackendModule({
  pluginId: 'sop',
  moduleId: 'wiki',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ actionsRegistry, config }) {
        createPublishPageAction({ actionsRegistry, wikis: readWikis(config) });
      },
    });
  },
});
