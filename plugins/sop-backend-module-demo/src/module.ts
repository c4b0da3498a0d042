import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError, ResponseError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { SopClient } from '@handrail/plugin-sop-common';
import { DemoSigners } from './DemoSigners';

const CONFIG_KEY = 'sop.demo';

/**
 * Lets the demo organisation sign the procedures that come with the portal. Does
 * nothing unless `sop.demo` is configured; when it is and NODE_ENV is
 * `production`, the start of the back end fails.
 * @public
 */
export const sopModuleDemo = createBackendModule({
  pluginId: 'sop',
  moduleId: 'demo',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, catalog, config, discovery, logger, scheduler }) {
        if (!config.has(CONFIG_KEY)) {
          return;
        }
        if (process.env.NODE_ENV === 'production') {
          throw new NotAllowedError(
            `${CONFIG_KEY} is configured and NODE_ENV is "production". It signs procedures in the name of people who have not seen them, so it only works in development. Set ${CONFIG_KEY} to null`,
          );
        }
        const signers = new DemoSigners({
          api: new SopClient({ discoveryApi: discovery }),
          logger,
          signers: config.getStringArray(`${CONFIG_KEY}.signers`),
          signIn: async userRef => {
            const response = await fetch(
              `${await discovery.getBaseUrl('auth')}/demo/refresh`,
              {
                headers: {
                  'x-handrail-demo-user': userRef,
                  'x-requested-with': 'XMLHttpRequest',
                },
              },
            );
            if (!response.ok) {
              throw await ResponseError.fromResponse(response);
            }
            const { backstageIdentity } = await response.json();
            return backstageIdentity.token;
          },
          listProcedures: async () => {
            const { items } = await catalog.getEntities(
              { filter: { kind: 'SOP' } },
              { credentials: await auth.getOwnServiceCredentials() },
            );
            return items
              .filter(({ metadata }) =>
                metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION]?.startsWith(
                  'file:',
                ),
              )
              .map(entity => stringifyEntityRef(entity));
          },
        });
        await scheduler.scheduleTask({
          id: 'sop-demo-signatures',
          frequency: { seconds: 3 },
          initialDelay: { seconds: 2 },
          timeout: { minutes: 1 },
          scope: 'local',
          fn: () => signers.signAll(),
        });
      },
    });
  },
});
