import {
  AuditorServiceCreateEventOptions,
  BackendFeature,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  MockActionsRegistry,
} from '@backstage/backend-test-utils/alpha';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { StartRunRequest } from '@handrail/plugin-sop-common';
import { SopService, sopServiceRef } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import incidentsPlugin from '..';
import { Person } from './Person';

const person = (name: string) => `user:default/${name}`;

/** A component with owner and, if given, system and runbook. */
export function component(
  name: string,
  more: { system?: string; runbook?: string } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      ...(more.runbook
        ? { annotations: { 'handrail.dev/runbook': more.runbook } }
        : {}),
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/payments' },
      ...(more.system
        ? [{ type: 'partOf', targetRef: `system:default/${more.system}` }]
        : []),
    ],
  };
}

const people: Entity[] = ['ana', 'ben', 'cho', 'dia'].map(name => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: {},
}));

/** Everything a test looks at. */
export interface Harness {
  backend: TestBackend;
  actions: MockActionsRegistry;
  audits: Array<{ event: AuditorServiceCreateEventOptions; outcome: string }>;
  notifications: NotificationSendOptions[];
  signals: SignalPayload[];
  events: JsonObject[];
  runs: StartRunRequest[];
  /** Permissions that the policy denies. */
  denied: Set<string>;
  as(name: string): Person;
  asService(): Person;
  asNobody(): Person;
  stop(): Promise<void>;
}

/** Starts a back end with the real plugin and a real database. */
export async function startHarness(
  options: {
    knex?: Knex;
    config?: JsonObject;
    entities?: Entity[];
    features?: BackendFeature[];
    /** Thrown by everything that others are told with. */
    deaf?: boolean;
    /** Called while a run is being started. */
    onRun?: () => Promise<void>;
  } = {},
): Promise<Harness> {
  const actions = actionsRegistryServiceMock();
  const audits: Harness['audits'] = [];
  const notifications: NotificationSendOptions[] = [];
  const signals: SignalPayload[] = [];
  const events: JsonObject[] = [];
  const runs: StartRunRequest[] = [];
  const denied = new Set<string>();
  const hear = () => {
    if (options.deaf) {
      throw new Error('Nobody listens');
    }
  };
  const sop: Pick<SopService, 'startRun'> = {
    async startRun(request) {
      runs.push(request);
      await options.onRun?.();
      return {
        runId: `run-of-${request.commandId}`,
        sopRef: request.sopRef,
        title: 'Respond to the incident',
      } as Awaited<ReturnType<SopService['startRun']>>;
    },
  };
  const service = <T>(
    ref: Parameters<typeof createServiceFactory>[0]['service'],
    value: T,
  ) =>
    createServiceFactory({
      service: ref,
      deps: {},
      factory: () => value as {},
    });
  const { knex } = options;
  const backend = await startTestBackend({
    features: [
      incidentsPlugin,
      ...(options.features ?? []),
      catalogServiceMock.factory({
        entities: [
          ...people,
          component('checkout', { system: 'shop' }),
          component('ledger', { system: 'shop' }),
          component('search', { runbook: 'sop:default/search-trouble' }),
          ...(options.entities ?? []),
        ],
      }),
      ...(knex
        ? [service(coreServices.database, mockServices.database({ knex }))]
        : []),
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      service(actionsRegistryServiceRef, actions),
      service(sopServiceRef, sop),
      service(notificationService, {
        send: async (message: NotificationSendOptions) => {
          hear();
          notifications.push(message);
        },
      }),
      service(signalsServiceRef, {
        publish: async (signal: SignalPayload) => {
          hear();
          signals.push(signal);
        },
      }),
      service(eventsServiceRef, {
        publish: async (event: { eventPayload: JsonObject }) => {
          hear();
          events.push(event.eventPayload);
        },
        subscribe: async () => {},
      }),
      mockServices.auditor.mock({
        createEvent: async event => {
          const audit = { event, outcome: 'open' };
          audits.push(audit);
          return {
            success: async () => {
              audit.outcome = 'success';
            },
            fail: async ({ error }) => {
              audit.outcome = error.name;
            },
          };
        },
      }).factory,
      mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(({ permission }) => ({
            result: denied.has((permission as BasicPermission).name)
              ? AuthorizeResult.DENY
              : AuthorizeResult.ALLOW,
          })),
      }).factory,
    ],
  });
  return {
    backend,
    actions,
    audits,
    notifications,
    signals,
    events,
    runs,
    denied,
    as: name => new Person(backend, mockCredentials.user.header(person(name))),
    asService: () => new Person(backend, mockCredentials.service.header()),
    asNobody: () => new Person(backend, mockCredentials.none.header()),
    stop: () => backend.stop(),
  };
}
