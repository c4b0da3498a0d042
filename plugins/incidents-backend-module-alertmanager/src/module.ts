import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  AlertSink,
  alertSourceExtensionPoint,
} from '@handrail/plugin-incidents-node';
import { readSources } from './config';
import { createRouter } from './createRouter';

/**
 * Takes webhooks of Alertmanager at `/api/incidents/alertmanager/<source>`.
 * @public
 */
export const incidentsModuleAlertmanager = createBackendModule({
  pluginId: 'incidents',
  moduleId: 'alertmanager',
  register(env) {
    env.registerInit({
      deps: {
        alertSources: alertSourceExtensionPoint,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ alertSources, auditor, config, httpRouter, logger }) {
        let sink: AlertSink | undefined;
        alertSources.addAlertSource({
          id: 'alertmanager',
          connect: target => {
            sink = target;
          },
        });
        // The senders have tokens of their own.
        httpRouter.addAuthPolicy({
          path: '/alertmanager',
          allow: 'unauthenticated',
        });
        httpRouter.use(
          createRouter({
            sources: readSources(config),
            sink: () => sink,
            auditor,
            logger,
          }),
        );
      },
    });
  },
});
