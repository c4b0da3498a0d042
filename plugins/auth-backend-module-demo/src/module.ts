import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { demoAuthenticator } from './authenticator';
import { DEMO_PROVIDER_ID } from './constants';
import { createPeopleRouter } from './router';
import {
  createDemoSignInResolver,
  demoProfileTransform,
} from './signInResolver';

const CONFIG_KEY = `auth.providers.${DEMO_PROVIDER_ID}`;

/**
 * Lets anybody sign in as anybody in the catalog, which is what trying out
 * approvals by several people needs and what no real installation may have.
 *
 * The module does nothing unless `auth.providers.demo` is configured. When it
 * is and NODE_ENV is `production`, the start of the back end fails.
 *
 * @public
 */
export const authModuleDemo = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({ providers, catalog, auth, config, httpRouter, logger }) {
        if (!config.has(CONFIG_KEY)) {
          logger.info(`Demo sign-in is off: ${CONFIG_KEY} is not configured`);
          return;
        }
        if (process.env.NODE_ENV === 'production') {
          throw new NotAllowedError(
            `${CONFIG_KEY} is configured and NODE_ENV is "production". Demo sign-in lets anybody act as anybody without a password, so it only works in development. Set ${CONFIG_KEY} to null and configure the sign-in provider of your organisation`,
          );
        }
        logger.warn(
          'Demo sign-in is on: anybody who reaches this back end can sign in as anybody in the catalog',
        );

        providers.registerProvider({
          providerId: DEMO_PROVIDER_ID,
          factory: createProxyAuthProviderFactory({
            authenticator: demoAuthenticator,
            profileTransform: demoProfileTransform,
            signInResolver: createDemoSignInResolver({ catalog, auth }),
          }),
        });

        httpRouter.use(createPeopleRouter({ catalog, auth }));
        httpRouter.addAuthPolicy({
          path: `/${DEMO_PROVIDER_ID}/people`,
          allow: 'unauthenticated',
        });
      },
    });
  },
});
