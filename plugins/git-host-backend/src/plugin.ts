import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { readGitHostConfig } from './config';
import { gitHostPermissions } from './permissions';
import { RepositoryReader } from './repositories/RepositoryReader';
import { RepositoryStore } from './repositories/RepositoryStore';
import { Authenticator, composeService } from './service';
import { createRouter } from './service/router';
import { Addresses } from './service/router/addresses';

/**
 * Hosts git repositories and speaks the part of Gitea's API that the portal
 * needs.
 * @public
 */
export const gitHostPlugin = createBackendPlugin({
  pluginId: 'git-host',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
      },
      async init(deps) {
        const { httpAuth, httpRouter, logger } = deps;
        deps.permissionsRegistry.addPermissions(gitHostPermissions);
        const config = readGitHostConfig(deps.config, {
          production: process.env.NODE_ENV === 'production',
        });
        // The plugin tells callers apart itself: git and Gitea clients do not
        // send tokens of the portal.
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        if (!config) {
          logger.info('No repositories are hosted: gitHost is not configured');
          httpRouter.use(() => {
            throw new NotFoundError(
              'This portal hosts no repositories: gitHost is not configured',
            );
          });
          return;
        }

        const store = new RepositoryStore(config);
        await store.prepare();
        const { accounts, anonymousRead, maxPushSize } = config;
        httpRouter.use(
          createRouter({
            service: composeService({ ...deps, store, anonymousRead }),
            authenticator: new Authenticator({ accounts, httpAuth }),
            addresses: new Addresses({
              baseUrl: await deps.discovery.getExternalBaseUrl('git-host'),
              appUrl: deps.config.getString('app.baseUrl'),
            }),
            probe: async ({ owner, name }, branchPath) =>
              new RepositoryReader(
                await store.get(owner, name),
              ).splitBranchPath(branchPath),
            logger,
            maxPushSize,
          }),
        );
      },
    });
  },
});
