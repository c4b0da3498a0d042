import {
  AuditorServiceCreateEventOptions,
  BackendFeature,
  coreServices,
  createBackendModule,
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
import { EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { SloSource, sloSourceExtensionPoint } from '@handrail/plugin-slo-node';
import { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import sloPlugin from '..';

/** SQLite always; PostgreSQL when the environment names one. */
export const databaseIds = ['SQLITE_3', 'POSTGRES_18'] as const;

/** An SLO of the catalog that reads a stream. */
export function sloEntity(
  name: string,
  options: {
    stream?: string;
    type?: string;
    entityRef?: string;
    owner?: string;
    spec?: object;
  } = {},
): Entity {
  const { stream = name, type = 'embedded', entityRef, owner } = options;
  const metric = { metricSource: { type, spec: { stream } } };
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name, namespace: 'default', title: `SLO ${name}` },
    spec: {
      service: name,
      indicator: {
        metadata: { name },
        spec: { ratioMetric: { counter: true, bad: metric, total: metric } },
      },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ displayName: 'Good', target: 0.99 }],
      ...options.spec,
    } as JsonObject,
    relations: [
      ...(entityRef ? [{ type: 'measures', targetRef: entityRef }] : []),
      ...(owner ? [{ type: 'ownedBy', targetRef: owner }] : []),
    ],
  };
}

/** Everything a test looks at. */
export interface Harness {
  backend: TestBackend;
  actions: MockActionsRegistry;
  audits: Array<{ event: AuditorServiceCreateEventOptions; outcome: string }>;
  events: EventParams[];
  /** Permissions that the policy denies. */
  denied: Set<string>;
  get(path: string, header?: string): request.Test;
  post(path: string, body?: object, header?: string): request.Test;
  /** One round, as the schedule would do it. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

export const USER = mockCredentials.user.header('user:default/dev');

/** Starts a back end with the real plugin and a real database. */
export async function startHarness(options: {
  entities: Entity[];
  knex?: Knex;
  config?: JsonObject;
  source?: SloSource;
  features?: BackendFeature[];
}): Promise<Harness> {
  const { entities, knex, config, source, features = [] } = options;
  const actions = actionsRegistryServiceMock();
  const audits: Harness['audits'] = [];
  const events: EventParams[] = [];
  const denied = new Set<string>();
  let task: (() => Promise<void>) | undefined;
  const backend = await startTestBackend({
    features: [
      sloPlugin,
      ...features,
      ...(source ? [moduleOf(source)] : []),
      catalogServiceMock.factory({ entities }),
      ...(knex
        ? [
            createServiceFactory({
              service: coreServices.database,
              deps: {},
              factory: () => mockServices.database({ knex }),
            }),
          ]
        : []),
      mockServices.rootConfig.factory({ data: { slo: {}, ...config } }),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      mockServices.scheduler.mock({
        scheduleTask: async definition => {
          task = async () => definition.fn(new AbortController().signal);
        },
      }).factory,
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
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async event => {
            events.push(event);
          },
          subscribe: async () => {},
        }),
      }),
    ],
  });
  return {
    backend,
    actions,
    audits,
    events,
    denied,
    get: (path, header = USER) =>
      request(backend.server)
        .get(`/api/slo${path}`)
        .set('Authorization', header),
    post: (path, body = {}, header = USER) =>
      request(backend.server)
        .post(`/api/slo${path}`)
        .set('Authorization', header)
        .send(body),
    round: async () => task?.(),
    stop: () => backend.stop(),
  };
}

function moduleOf(source: SloSource): BackendFeature {
  return createBackendModule({
    pluginId: 'slo',
    moduleId: 'test-source',
    register({ registerInit }) {
      registerInit({
        deps: { sources: sloSourceExtensionPoint },
        async init({ sources }) {
          sources.addSource(source);
        },
      });
    },
  });
}
