import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { readWikis } from './config';
import { createPublishDocsAction } from './createPublishDocsAction';
import { createPublishPageAction } from './createPublishPageAction';
import { DocsPublisher } from './techdocs/DocsPublisher';

/**
 * Registers the actions that publish pages.
 * @public
 */
export const sopModuleWiki = createBackendModule({
  pluginId: 'sop',
  moduleId: 'wiki',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actionsRegistry, auth, config, discovery }) {
        const appBaseUrl = config.getString('app.baseUrl').replace(/\/+$/, '');
        const docs = new DocsPublisher({ auth, discovery, appBaseUrl });
        createPublishPageAction({ actionsRegistry, wikis: readWikis(config) });
        createPublishDocsAction({ actionsRegistry, docs });
      },
    });
  },
});
