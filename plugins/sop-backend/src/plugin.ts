import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { sopPermissions } from '@handrail/plugin-sop-common';
import { registerActions } from './actions';
import { readSopConfig } from './config';
import { DatabaseRunStore } from './database';
import { BackstageActionInvoker, RunWorker } from './engine';
import {
  AuditedSopRunService,
  AuthorizedSopRunService,
  DefaultSopRunService,
  Directory,
  Procedures,
  RunCommitter,
  RunPublisher,
  RunViews,
} from './service';
import { createRouter } from './service/router';

/**
 * Runs of standard operating procedures.
 * @public
 */
export const sopPlugin = createBackendPlugin({
  pluginId: 'sop',
  register(env) {
    env.registerInit({
      deps: {
        actions: actionsServiceRef,
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { auditor, auth, catalog, lifecycle, logger, userInfo } = deps;
        const config = readSopConfig(deps.config);
        const { allowedActions, endpoints, requireInteractive } = config;
        deps.permissionsRegistry.addPermissions(sopPermissions);

        const store = await DatabaseRunStore.create(deps);
        const committer = new RunCommitter({ store, logger });
        const directory = new Directory({ auth, catalog, userInfo });
        const views = new RunViews({
          auth,
          directory,
          store,
          requireInteractive,
        });
        const procedures = new Procedures({ catalog, allowedActions });
        const service = new AuditedSopRunService(
          new AuthorizedSopRunService(
            new DefaultSopRunService({
              store,
              committer,
              directory,
              procedures,
              views,
            }),
            deps.permissions,
          ),
          auditor,
        );

        const invoker = new BackstageActionInvoker(deps);
        const worker = new RunWorker({
          ...config,
          store,
          committer,
          invoker,
          logger,
        });
        const publisher = new RunPublisher(deps);
        committer.addListener(commit => publisher.publish(commit));
        committer.addListener(() => worker.wake());

        registerActions({
          actionsRegistry: deps.actionsRegistry,
          service,
          endpoints,
        });
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));
        lifecycle.addStartupHook(() => worker.start(deps.scheduler));
        lifecycle.addShutdownHook(() => worker.stop());
      },
    });
  },
});
