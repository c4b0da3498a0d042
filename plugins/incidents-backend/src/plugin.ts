import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { incidentPermissions } from '@handrail/plugin-incidents-common';
import {
  alertSourceExtensionPoint,
  AlertSource,
} from '@handrail/plugin-incidents-node';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { registerActions } from './actions';
import { AlertIngestor } from './alerts/AlertIngestor';
import { EntityMatcher } from './alerts/EntityMatcher';
import { Proposer } from './alerts/Proposer';
import { readIncidentsConfig } from './config';
import { IncidentStore } from './database/IncidentStore';
import { DutyWorker } from './engine/DutyWorker';
import { OutboxSender } from './engine/OutboxSender';
import { announce } from './service/announce';
import { composeService } from './service/composeService';
import { createRouter } from './service/router';

/**
 * Incidents, their duties and the alerts that propose them.
 * @public
 */
export const incidentsPlugin = createBackendPlugin({
  pluginId: 'incidents',
  register(env) {
    const sources = new Map<string, AlertSource>();
    env.registerExtensionPoint(alertSourceExtensionPoint, {
      addAlertSource(source) {
        if (sources.has(source.id)) {
          throw new Error(`Alert source "${source.id}" was added before`);
        }
        sources.set(source.id, source);
      },
    });
    env.registerInit({
      deps: {
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
        sop: sopServiceRef,
      },
      async init(deps) {
        const { lifecycle, logger } = deps;
        const { policy, cadence, alerts } = readIncidentsConfig(deps.config);
        deps.permissionsRegistry.addPermissions(incidentPermissions);

        const store = await IncidentStore.create({ ...deps, announce });
        const sender = new OutboxSender({ ...deps, outbox: store.outbox });
        const worker = new DutyWorker({
          store,
          policy,
          sender,
          logger,
          cadence,
        });
        const onCommit = () => {
          sender.wake().catch(() => undefined);
          worker.wake().catch(() => undefined);
        };
        const service = composeService({ ...deps, store, policy, onCommit });
        const sink = new AlertIngestor({
          store,
          onCommit,
          matcher: new EntityMatcher({
            ...deps,
            labels: alerts.entityLabels,
            groupBy: alerts.groupBy,
          }),
          proposer: new Proposer({
            store,
            policy,
            severities: alerts.severities,
          }),
        });
        sources.forEach(source => source.connect(sink));

        registerActions({ actionsRegistry: deps.actionsRegistry, service });
        deps.httpRouter.use(createRouter({ httpAuth: deps.httpAuth, service }));
        lifecycle.addStartupHook(async () => {
          await worker.start(deps.scheduler);
          await deps.scheduler.scheduleTask({
            id: 'incidents-outbox-prune',
            frequency: { hours: 1 },
            timeout: { minutes: 5 },
            scope: 'local',
            fn: () => sender.prune(),
          });
        });
        lifecycle.addShutdownHook(async () => {
          await worker.stop();
          await sender.stop();
        });
      },
    });
  },
});
