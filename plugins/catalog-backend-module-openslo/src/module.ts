import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { CatalogEntityFinder, OpenSloProcessor } from './processor';

/**
 * Teaches the catalog OpenSLO: documents register as they are, owned and related
 * to what they measure.
 * @public
 */
export const catalogModuleOpenSlo = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'openslo',
  register({ registerInit }) {
    registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        processing: catalogProcessingExtensionPoint,
      },
      async init({ auth, catalog, config, logger, processing }) {
        processing.addProcessor(
          new OpenSloProcessor({
            finder: new CatalogEntityFinder({ auth, catalog, logger }),
            defaultOwner: config.getOptionalString('slo.defaultOwner'),
          }),
        );
      },
    });
  },
});
