import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { CachedSopSource, SopProcessor } from './processor';

/**
 * Teaches the catalog the SOP kind: validation, ownership, and which entities a
 * procedure governs.
 * @public
 */
export const catalogModuleSop = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'sop',
  register({ registerInit }) {
    registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ auth, catalog, logger, processing }) {
        const source = new CachedSopSource({ auth, catalog, logger });
        processing.addProcessor(new SopProcessor(source));
      },
    });
  },
});
