import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  AuditorServiceCreateEventOptions,
  BackendFeature,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
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
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  CatalogServiceMock,
  catalogServiceMock,
} from '@backstage/plugin-catalog-node/testUtils';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  SignalPayload,
  signalsServiceRef,
} from '@backstage/plugin-signals-node';
import { JsonObject } from '@backstage/types';
import { SopSpec } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import sopPlugin from '..';
import { Person } from './Person';

/** Groups and their members; `leads` is above `reviewers`. */
export const GROUPS: Record<string, { members: string[]; parent?: string }> = {
  developers: { members: ['dev', 'dev2'] },
  reviewers: { members: ['dev', 'rev1', 'rev2'], parent: 'leads' },
  leads: { members: ['lead'] },
  operators: { members: ['op'] },
};

const person = (name: string) => `user:default/${name}`;
const group = (name: string) => `group:default/${name}`;

export const groupEntities: Entity[] = Object.entries(GROUPS).map(
  ([name, { members, parent }]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: [
      ...members.map(one => ({ type: 'hasMember', targetRef: person(one) })),
      ...(parent ? [{ type: 'childOf', targetRef: group(parent) }] : []),
      ...Object.entries(GROUPS)
        .filter(([, other]) => other.parent === name)
        .map(([child]) => ({ type: 'parentOf', targetRef: group(child) })),
    ],
  }),
);

export const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout', namespace: 'default', title: 'Checkout' },
  spec: { type: 'service', lifecycle: 'production', owner: 'developers' },
};

export const website: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', namespace: 'default' },
  spec: { type: 'website', lifecycle: 'production', owner: 'developers' },
};

/** A procedure with the roles of the test's groups. */
export function procedure(
  name: string,
  steps: SopSpec['steps'],
  spec: Partial<SopSpec> = {},
): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name, namespace: 'default', title: `Procedure ${name}` },
    spec: {
      type: 'test',
      owner: 'group:default/leads',
      lifecycle: 'effective',
      document: { number: 'SOP-900', revision: '1' },
      roles: {
        developer: { potentialOwners: [group('developers')] },
        reviewer: { title: 'Reviewers', potentialOwners: [group('reviewers')] },
        operator: { potentialOwners: [group('operators')] },
      },
      steps,
      ...spec,
    } as unknown as JsonObject,
  };
}

/** People are members of the groups above, as a sign-in would say. */
export const userInfoFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {},
  factory: () => ({
    async getUserInfo(credentials) {
      const { userEntityRef } = credentials.principal as {
        userEntityRef: string;
      };
      const groups = Object.keys(GROUPS).filter(name =>
        GROUPS[name].members.map(person).includes(userEntityRef),
      );
      return {
        userEntityRef,
        ownershipEntityRefs: [userEntityRef, ...groups.map(group)],
      };
    },
  }),
});

/** Everything a test looks at. */
export interface Harness {
  backend: TestBackend;
  actions: MockActionsRegistry;
  audits: Array<{ event: AuditorServiceCreateEventOptions; outcome: string }>;
  notifications: NotificationSendOptions[];
  signals: SignalPayload[];
  /** Permissions that the policy denies. */
  denied: Set<string>;
  /** What the files in the catalog have from now on. */
  setProcedures(procedures: Entity[]): void;
  as(name: string): Person;
  asService(): Person;
  asNobody(): Person;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  entities: Entity[];
  knex?: Knex;
  config?: JsonObject;
  actions?: MockActionsRegistry;
  /** Modules of the plugin, for example. */
  features?: BackendFeature[];
  /** Actions by HTTP, as in a portal, instead of `actions`. */
  realActions?: boolean;
  /** Decides what people may do; else all is allowed. */
  policy?: PermissionPolicy;
}

/** Starts a back end with the real plugin and a real database. */
export async function startHarness(options: HarnessOptions): Promise<Harness> {
  let catalog: CatalogServiceMock;
  const setProcedures = (procedures: Entity[]) => {
    catalog = catalogServiceMock({
      entities: [...groupEntities, component, website, ...procedures],
    });
  };
  setProcedures(options.entities);
  const actions = options.actions ?? actionsRegistryServiceMock();
  const audits: Harness['audits'] = [];
  const notifications: NotificationSendOptions[] = [];
  const signals: SignalPayload[] = [];
  const denied = new Set<string>();
  const backend = await startTestBackend({
    features: [
      sopPlugin,
      ...(options.features ?? []),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () =>
          new Proxy({} as CatalogService, {
            get: (_, method: keyof CatalogService) =>
              catalog[method]?.bind(catalog),
          }),
      }),
      ...(options.knex ? [databaseFactory(options.knex)] : []),
      mockServices.rootConfig.factory({
        data: {
          sop: { actions: { allow: ['test:*', 'gone:*'] } },
          ...options.config,
        },
      }),
      ...(options.realActions
        ? [actionsRegistryServiceFactory, actionsServiceFactory]
        : [
            createServiceFactory({
              service: actionsRegistryServiceRef,
              deps: {},
              factory: () => actions,
            }),
            createServiceFactory({
              service: actionsServiceRef,
              deps: {},
              factory: () => actions,
            }),
          ]),
      userInfoFactory,
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
      ...(options.policy
        ? policyFeatures(options.policy)
        : [denyingPermissions(denied)]),
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
            signals.push(signal as SignalPayload);
          },
        }),
      }),
    ],
  });
  return {
    backend,
    actions,
    audits,
    notifications,
    signals,
    denied,
    setProcedures,
    as: name => new Person(backend, mockCredentials.user.header(person(name))),
    asService: () => new Person(backend, mockCredentials.service.header()),
    asNobody: () => new Person(backend, mockCredentials.none.header()),
    stop: () => backend.stop(),
  };
}

/** Allows everything but what was denied by name. */
function denyingPermissions(denied: Set<string>) {
  const decide = async (
    requests: Array<{ permission: { name: string } }>,
  ): Promise<DefinitivePolicyDecision[]> =>
    requests.map(({ permission }) => ({
      result: denied.has(permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }));
  return mockServices.permissions.mock({
    authorize: decide,
    authorizeConditional: decide,
  }).factory;
}

/** Decisions of a policy. */
function policyFeatures(policy: PermissionPolicy): BackendFeature[] {
  return [
    // Asks the policy itself: the permission back end answers only plugins that
    // act for a user, which test credentials do not tell.
    createServiceFactory({
      service: coreServices.permissions,
      deps: { auth: coreServices.auth, userInfo: coreServices.userInfo },
      factory: ({ auth, userInfo }) => {
        const decide = (
          requests: Array<{ permission: Permission }>,
          options?: { credentials: BackstageCredentials },
        ) =>
          Promise.all(
            requests.map(async ({ permission }) => {
              const credentials = options!.credentials;
              return auth.isPrincipal(credentials, 'user')
                ? policy.handle({ permission }, {
                    credentials,
                    info: await userInfo.getUserInfo(credentials),
                  } as PolicyQueryUser)
                : { result: AuthorizeResult.ALLOW };
            }),
          );
        return {
          authorize: decide as PermissionsService['authorize'],
          authorizeConditional:
            decide as PermissionsService['authorizeConditional'],
        };
      },
    }),
  ];
}

function databaseFactory(knex: Knex) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: () => mockServices.database({ knex }),
  });
}
