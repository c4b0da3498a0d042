import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { readMeasurementConfig } from './config';
import { createPostgresMetricsAction } from './createPostgresMetricsAction';
import { createPrometheusQueryAction } from './createPrometheusQueryAction';

/**
 * Registers the actions that measure.
 * @public
 */
export const sopModuleMeasurements = createBackendModule({
  pluginId: 'sop',
  moduleId: 'measurements',
  register(env) {
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        config: coreServices.rootConfig,
      },
      async init({ actionsRegistry, config }) {
        const { servers, databases } = readMeasurementConfig(config);
        createPrometheusQueryAction({ actionsRegistry, servers });
        createPostgresMetricsAction({ actionsRegistry, databases });
      },
    });
  },
});
