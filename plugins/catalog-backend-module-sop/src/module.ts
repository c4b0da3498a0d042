import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { CachedSopSource, PolicyProcessor, SopProcessor } from './processor';

/**
 * Teaches the catalog the kinds SOP and SOPPolicy: validation, ownership, and
 * which entities a procedure or a policy governs.
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
        const policies = new CachedSopSource({
          auth,
          catalog,
          logger,
          kind: 'SOPPolicy',
          predicate: 'targets',
        });
        processing.addProcessor(new PolicyProcessor(policies));
      },
    });
  },
});
