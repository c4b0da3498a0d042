import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { sloSourceExtensionPoint } from '@handrail/plugin-slo-node';
import { readServers } from './config';
import { PrometheusSource } from './PrometheusSource';

/**
 * Lets SLOs be computed from Prometheus.
 * @public
 */
export const sloModulePrometheus = createBackendModule({
  pluginId: 'slo',
  moduleId: 'prometheus',
  register({ registerInit }) {
    registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: sloSourceExtensionPoint,
      },
      async init({ config, sources }) {
        sources.addSource(
          new PrometheusSource({ servers: readServers(config) }),
        );
      },
    });
  },
});
