import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { TourProcessor } from './processor';

/**
 * Teaches the catalog the Tour kind: validation and ownership.
 * @public
 */
export const catalogModuleOnboarding = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'onboarding',
  register({ registerInit }) {
    registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addProcessor(new TourProcessor());
      },
    });
  },
});
