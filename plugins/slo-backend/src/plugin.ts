import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { sloPermissions } from '@handrail/plugin-slo-common';
import { SloSource, sloSourceExtensionPoint } from '@handrail/plugin-slo-node';
import { createGetBudgetAction } from './actions/createGetBudgetAction';
import { readSloConfig } from './config';
import { DatabaseSloStore } from './database';
import {
  Definitions,
  EmbeddedSource,
  Evaluator,
  Prober,
  Rounds,
} from './evaluation';
import {
  AuditedSloService,
  AuthorizedSloService,
  createRouter,
  DefaultSloService,
  publishStatus,
} from './service';

/**
 * Service level objectives: counters, budgets and their API.
 * @public
 */
export const sloPlugin = createBackendPlugin({
  pluginId: 'slo',
  register(env) {
    const sources = new Map<string, SloSource>();
    const addSource = (source: SloSource) => {
      if (sources.has(source.type)) {
        throw new Error(`There are two sources of type “${source.type}”`);
      }
      sources.set(source.type, source);
    };
    addSource(new EmbeddedSource());
    env.registerExtensionPoint(sloSourceExtensionPoint, { addSource });
    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { logger } = deps;
        const config = readSloConfig(deps.config);
        deps.permissionsRegistry.addPermissions(sloPermissions);

        const store = await DatabaseSloStore.create(deps);
        const evaluator = new Evaluator({ ...config, store, sources, logger });
        evaluator.addListener(publishStatus(deps));
        const rounds = new Rounds({
          definitions: new Definitions(deps),
          evaluator,
          prober: new Prober({ ...deps, ...config, store }),
          store,
          logger,
        });
        const service = new AuditedSloService(
          new AuthorizedSloService(
            new DefaultSloService({ ...config, store, evaluator, rounds }),
            deps.permissions,
          ),
          deps.auditor,
        );
        createGetBudgetAction({
          actionsRegistry: deps.actionsRegistry,
          service,
        });
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));
        deps.lifecycle.addStartupHook(() =>
          rounds.start(deps.scheduler, config.intervalSeconds),
        );
      },
    });
  },
});
