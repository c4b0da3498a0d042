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
import { DatabaseRunStore } from './database';
import {
  BackstageActionInvoker,
  EventInbox,
  Locks,
  RelatedRuns,
  RunWorker,
  usesLocks,
} from './engine';
import { composeGate, GateContributors, PolicyContributor } from './gate';
import { composePolicies } from './policies';
import { composeProof, ExtraWitnesses, readProofConfig } from './proof';
import { composeService, RunPublisher } from './service';
import { composeSchedules } from './schedule';
import { createRouter } from './service/router';
import { createWebhookRouter, subscribe } from './webhooks';

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
        const { service, committer, policies, procedures, simulation } =
          composeService({
            ...deps,
            store,
            allowedActions,
            requireInteractive,
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
        const locks = new Locks({ store, committer });
        const inbox = new EventInbox({ store, committer, logger });
        const worker = new RunWorker({
          ...config,
          store,
          committer,
          invoker,
          relatives: new RelatedRuns({
            store,
            committer,
            policies,
            procedures,
          }),
          locks,
          inbox,
          logger,
        });
        const publisher = new RunPublisher(deps);
        committer.addListener(commit => publisher.publish(commit));
        committer.addListener(commit => worker.notice(commit));
        committer.addListener(async ({ spec }) => {
          if (usesLocks(spec)) {
            await locks.release();
          }
          await worker.wake();
        });

        registerActions({
          actionsRegistry: deps.actionsRegistry,
          service,
          gate,
          endpoints,
        });
        // Ahead of the API, whose parser would take the body.
        deps.httpRouter.use(
          createWebhookRouter({
            sources: config.listen.webhooks,
            inbox,
            auditor: deps.auditor,
            now: () => store.now(),
          }),
        );
        deps.httpRouter.addAuthPolicy({
          path: '/webhooks',
          allow: 'unauthenticated',
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
          }),
        );
        lifecycle.addStartupHook(() => keeper.start(deps.scheduler));
        lifecycle.addStartupHook(async () => {
          await worker.start(deps.scheduler);
          await inbox.start(deps.scheduler, config.cadence);
          await subscribe({
            events: deps.events,
            inbox,
            logger,
            topics: config.listen.topics,
          });
        });
        lifecycle.addShutdownHook(() => worker.stop());
        lifecycle.addStartupHook(() => scheduleWorker.start(deps.scheduler));
        lifecycle.addShutdownHook(() => scheduleWorker.stop());
      },
    });
  },
});
