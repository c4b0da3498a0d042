import {
  AuditorServiceCreateEventOptions,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { scaffolderServiceRef } from '@backstage/plugin-scaffolder-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { sopServiceRef } from '@handrail/plugin-sop-node';
import { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import request from 'supertest';
import onboardingPlugin from '..';

export const user = (name: string) => `user:default/${name}`;

/** A tour of three steps; the second points to something. */
export function tour(name: string, spec: JsonObject = {}): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'Tour',
    metadata: { name, namespace: 'default', title: `Tour ${name}` },
    spec: {
      owner: 'group:default/ops',
      version: 1,
      steps: [
        { id: 'one', title: 'One', body: 'First', page: '/' },
        { id: 'two', title: 'Two', body: 'Second', target: 'nav.two' },
        { id: 'three', title: 'Three', body: 'Third' },
      ],
      ...spec,
    },
  };
}

/** A template run as the scaffolder answers with it. */
export interface FakeTask {
  id: string;
  status: string;
  createdBy?: string;
  createdAt: string;
  /** When it was completed. */
  endedAt?: string;
}

/** What the SOP back end holds, and what it was told. */
export interface FakeSop {
  runs: Array<JsonObject & { runId: string; status: string }>;
  tasks: Array<JsonObject & { scope: string }>;
  commands: Array<{ runId: string; request: JsonObject; by: string }>;
  refuse?: Error;
}

export interface Harness {
  backend: TestBackend;
  audits: Array<{ event: AuditorServiceCreateEventOptions; outcome: string }>;
  notifications: NotificationSendOptions[];
  signals: unknown[];
  denied: Set<string>;
  tasks: FakeTask[];
  sop: FakeSop;
  publish(topic: string, payload: unknown): Promise<void>;
  /** Runs the scheduled catch-up as if its time had come. */
  catchUp(): Promise<void>;
  as(name: string): Caller;
  asService(): Caller;
  stop(): Promise<void>;
}

/** Somebody who talks to the API by HTTP. */
export class Caller {
  constructor(
    private readonly backend: TestBackend,
    private readonly header: string,
  ) {}

  get(path: string) {
    return request(this.backend.server)
      .get(`/api/onboarding${path}`)
      .set('Authorization', this.header);
  }

  put(ref: string, update: object) {
    return request(this.backend.server)
      .put(`/api/onboarding/me/tours/${encodeURIComponent(ref)}`)
      .set('Authorization', this.header)
      .send(update);
  }

  missing(ref: string, report: object) {
    return request(this.backend.server)
      .post(
        `/api/onboarding/me/tours/${encodeURIComponent(ref)}/missing-target`,
      )
      .set('Authorization', this.header)
      .send(report);
  }

  /** Takes a whole tour. */
  async take(ref: string, version = 1): Promise<void> {
    for (const update of [
      { status: 'started', stepId: 'one' },
      { status: 'started', stepId: 'three' },
      { status: 'finished' },
    ]) {
      await this.put(ref, { version, ...update }).expect(200);
    }
  }
}

/** Starts a back end with the real plugin and a real database. */
export async function startHarness(options: {
  entities: Entity[];
  knex?: Knex;
  config?: JsonObject;
}): Promise<Harness> {
  const audits: Harness['audits'] = [];
  const notifications: NotificationSendOptions[] = [];
  const signals: unknown[] = [];
  const denied = new Set<string>();
  const tasks: FakeTask[] = [];
  const sop: FakeSop = { runs: [], tasks: [], commands: [] };
  const subscribers: Array<(event: EventParams) => Promise<void>> = [];
  let catchUp: () => Promise<void> = async () => undefined;

  const found = <T>(value: T | undefined): T => {
    if (value === undefined) {
      throw new NotFoundError('Not there');
    }
    return value;
  };
  const { knex } = options;
  const backend = await startTestBackend({
    features: [
      onboardingPlugin,
      catalogServiceMock.factory({ entities: options.entities }),
      ...(knex
        ? [
            createServiceFactory({
              service: coreServices.database,
              deps: {},
              factory: () => mockServices.database({ knex }),
            }),
          ]
        : []),
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          async getUserInfo(credentials) {
            const { userEntityRef } = credentials.principal as {
              userEntityRef: string;
            };
            const groups =
              userEntityRef === user('olu') ? ['group:default/ops'] : [];
            return {
              userEntityRef,
              ownershipEntityRefs: [userEntityRef, ...groups],
            };
          },
        }),
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
      mockServices.scheduler.mock({
        scheduleTask: async task => {
          catchUp = async () => task.fn(new AbortController().signal);
        },
      }).factory,
      createServiceFactory({
        service: eventsServiceRef,
        deps: {},
        factory: () => ({
          publish: async () => undefined,
          subscribe: async ({ onEvent }) => {
            subscribers.push(onEvent);
          },
        }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async message => {
            notifications.push(message);
          },
        }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signals.push(signal);
          },
        }),
      }),
      createServiceFactory({
        service: scaffolderServiceRef,
        deps: {},
        factory: () => fakeScaffolder(tasks, found) as never,
      }),
      createServiceFactory({
        service: sopServiceRef,
        deps: {},
        factory: () => fakeSop(sop, found) as never,
      }),
    ],
  });
  return {
    ...{ backend, audits, notifications, signals, denied, tasks, sop },
    publish: async (topic, eventPayload) => {
      for (const subscriber of subscribers) {
        await subscriber({ topic, eventPayload });
      }
    },
    catchUp: () => catchUp(),
    as: name => new Caller(backend, mockCredentials.user.header(user(name))),
    asService: () => new Caller(backend, mockCredentials.service.header()),
    stop: () => backend.stop(),
  };
}

type Found = <T>(value: T | undefined) => T;

function fakeScaffolder(tasks: FakeTask[], found: Found) {
  return {
    getTask: async ({ taskId }: { taskId: string }) =>
      found(tasks.find(one => one.id === taskId)),
    listTasks: async (query: {
      status: string;
      limit: number;
      offset: number;
    }) => ({
      items: tasks
        .filter(one => one.status === query.status)
        .slice(query.offset, query.offset + query.limit),
    }),
    getLogs: async ({ taskId }: { taskId: string }) => {
      const task = found(tasks.find(one => one.id === taskId));
      return task.endedAt
        ? [
            { type: 'log', createdAt: task.createdAt },
            { type: 'completion', createdAt: task.endedAt },
          ]
        : [];
    },
  };
}

function fakeSop(sop: FakeSop, found: Found) {
  const check = () => {
    if (sop.refuse) {
      throw sop.refuse;
    }
  };
  return {
    getRun: async (runId: string) => {
      check();
      return found(sop.runs.find(one => one.runId === runId));
    },
    listRuns: async (query: {
      status?: string[];
      sopRef?: string;
      targetRef?: string;
    }) => {
      check();
      const items = sop.runs.filter(
        one =>
          (!query.status || query.status.includes(one.status)) &&
          (!query.sopRef || one.sopRef === query.sopRef) &&
          (!query.targetRef || one.targetRef === query.targetRef),
      );
      return { items };
    },
    listTasks: async ({ scope }: { scope: string }) => {
      check();
      return { items: sop.tasks.filter(one => one.scope === scope) };
    },
    executeCommand: async (
      runId: string,
      body: JsonObject,
      { credentials }: { credentials: { principal: { subject?: string } } },
    ) => {
      check();
      sop.commands.push({
        runId,
        request: body,
        by: credentials.principal.subject ?? 'a person',
      });
      return {};
    },
  };
}
