import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  actionsServiceRef,
  metricsServiceRef,
  tracingServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  gateExtensionPoint,
  proofExtensionPoint,
} from '@handrail/plugin-sop-node';
import { registerActions } from './actions';
import { readSopConfig } from './config';
import { composeControl, createDocumentControl } from './control';
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
import { composeEventFeed } from './events';
import {
  DefaultInsightService,
  guardInsight,
  InsightProjector,
  Requirements,
} from './insight';
import { composeProof, ExtraWitnesses, readProofConfig } from './proof';
import { composeSchedules } from './schedule';
import {
  CloudEventConsumer,
  NotificationConsumer,
  OutboxRelay,
} from './outbox';
import {
  composeService,
  registerPermissions,
  RequestAudit,
  RunPublisher,
} from './service';
import { createRouter, SCHEMAS_PATH } from './service/router';
import { DatabaseBacklog, observeService, RunMetrics } from './telemetry';
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
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        tracing: tracingServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { lifecycle, logger } = deps;
        const config = readSopConfig(deps.config);
        const { allowedActions, endpoints, leaseMs, requireInteractive } =
          config;
        const audit = new RequestAudit(deps);
        const audited = { ...deps, auditor: audit.auditor() };
        const store = await DatabaseRunStore.create({ ...deps, leaseMs });
        const knex = await deps.database.getClient();
        const metrics = new RunMetrics({
          ...deps,
          backlog: new DatabaseBacklog(knex, () => store.now()),
        });
        const document = await createDocumentControl({ ...deps, runs: store });
        const composed = composeService({
          ...audited,
          store,
          control: document.control,
          allowedActions,
          requireInteractive,
        });
        const {
          service,
          committer,
          access,
          directory,
          policies,
          procedures,
          simulation,
        } = composed;
        const { control, controlTasks } = composeControl({
          ...audited,
          ...document,
          ...{ directory, procedures, requireInteractive },
          runs: store,
        });

        contributors.addContributor(
          new PolicyContributor({ ...deps, policies }),
        );
        registerPermissions(deps.permissionsRegistry, access);
        const gate = composeGate({ ...audited, contributors });
        const insight = guardInsight(
          new DefaultInsightService({
            ...deps,
            knex,
            requirements: new Requirements(deps),
            now: () => store.now(),
          }),
          audited,
        );
        const events = composeEventFeed({ ...audited, access, store });

        const { schedules, scheduleWorker } = await composeSchedules({
          ...audited,
          access,
          store,
          service,
          procedures,
          cadence: config.cadence,
        });

        const { proof, keeper } = composeProof({
          ...audited,
          config: readProofConfig(deps.config, {
            logger,
            production: process.env.NODE_ENV === 'production',
          }),
          knex,
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
          onTimer: lateMs => metrics.recordLateness(lateMs),
        });
        const publisher = new RunPublisher(deps);
        committer.addListener(commit => publisher.publish(commit));
        const relay = new OutboxRelay({
          store,
          positions: store.positions(),
          consumers: [
            new CloudEventConsumer(deps.events),
            new InsightProjector({ knex, store }),
            new NotificationConsumer({
              ...deps,
              store,
              membersOf: refs => directory.membersOf(refs),
            }),
          ],
          logger,
          cadence: config.cadence,
        });
        committer.addListener(commit => worker.notice(commit));
        committer.addListener(() => relay.wake());
        committer.addListener(async ({ state, spec }) => {
          if (usesLocks(state, spec)) {
            await locks.release();
          }
          await worker.wake();
        });

        committer.addListener(commit => metrics.record(commit));
        const observed = observeService(service, { ...deps, metrics });

        registerActions({
          actionsRegistry: deps.actionsRegistry,
          service: observed,
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
        for (const path of ['/webhooks', SCHEMAS_PATH]) {
          deps.httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
        }
        deps.httpRouter.use(
          createRouter({
            httpAuth: deps.httpAuth,
            service: observed,
            gate,
            schedules,
            proof,
            policies: composePolicies({ ...audited, policies }),
            simulation,
            control,
            events,
            insight,
            audit,
          }),
        );
        lifecycle.addStartupHook(() => keeper.start(deps.scheduler));
        lifecycle.addStartupHook(() => controlTasks.start(deps.scheduler));
        lifecycle.addStartupHook(() => relay.start(deps.scheduler));
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
        lifecycle.addShutdownHook(() => relay.stop());
        lifecycle.addStartupHook(() => scheduleWorker.start(deps.scheduler));
        lifecycle.addShutdownHook(() => scheduleWorker.stop());
      },
    });
  },
});
