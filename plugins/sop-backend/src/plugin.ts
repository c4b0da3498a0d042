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
import {
  gateExtensionPoint,
  proofExtensionPoint,
} from '@handrail/plugin-sop-node';
import { registerActions } from './actions';
import { readSopConfig } from './config';
import { composeControl, createDocumentControl } from './control';
import { DatabaseRunStore } from './database';
import { BackstageActionInvoker, RunWorker } from './engine';
import { composeGate, GateContributors, PolicyContributor } from './gate';
import { composePolicies } from './policies';
import { composeProof, ExtraWitnesses, readProofConfig } from './proof';
import { composeService, RunPublisher } from './service';
import { composeSchedules } from './schedule';
import { createRouter } from './service/router';

/**
 * Runs of standard operating procedures.
 * @public
 */
export const sopPlugin = createBackendPlugin({
  pluginId: 'sop',
  register(env) {
    const contributors = new GateContributors();
    env.registerExtensionPoint(gateExtensionPoint, contributors);

    const witnesses = new ExtraWitnesses();
    env.registerExtensionPoint(proofExtensionPoint, witnesses);

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
        const { lifecycle, logger } = deps;
        const config = readSopConfig(deps.config);
        const { allowedActions, endpoints, leaseMs, requireInteractive } =
          config;
        deps.permissionsRegistry.addPermissions(sopPermissions);

        const store = await DatabaseRunStore.create({ ...deps, leaseMs });
        const document = await createDocumentControl({ ...deps, runs: store });
        const composed = composeService({
          ...deps,
          store,
          control: document.control,
          allowedActions,
          requireInteractive,
        });
        const { service, committer, policies, procedures, simulation } =
          composed;
        const { control, controlTasks } = composeControl({
          ...deps,
          ...document,
          ...{ procedures, requireInteractive },
          directory: composed.directory,
          runs: store,
        });

        contributors.addContributor(
          new PolicyContributor({ ...deps, policies }),
        );
        const gate = composeGate({ ...deps, contributors });

        const { schedules, scheduleWorker } = await composeSchedules({
          ...deps,
          store,
          service,
          procedures,
          cadence: config.cadence,
        });

        const { proof, keeper } = composeProof({
          ...deps,
          config: readProofConfig(deps.config, {
            logger,
            production: process.env.NODE_ENV === 'production',
          }),
          knex: await deps.database.getClient(),
          witnesses: witnesses.list,
          now: () => store.now(),
        });

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
        committer.addListener(commit => worker.notice(commit));

        registerActions({
          actionsRegistry: deps.actionsRegistry,
          service,
          gate,
          endpoints,
        });
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            service,
            gate,
            schedules,
            proof,
            policies: composePolicies({ ...deps, policies }),
            simulation,
            control,
          }),
        );
        lifecycle.addStartupHook(() => worker.start(deps.scheduler));
        lifecycle.addStartupHook(() => controlTasks.start(deps.scheduler));
        lifecycle.addStartupHook(() => keeper.start(deps.scheduler));
        lifecycle.addShutdownHook(() => worker.stop());
        lifecycle.addStartupHook(() => scheduleWorker.start(deps.scheduler));
        lifecycle.addShutdownHook(() => scheduleWorker.stop());
      },
    });
  },
});
