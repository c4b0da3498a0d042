import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SopSchedule, SopSpec } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { procedure } from '../../__testUtils__/harness';
import { createDocumentControl } from '../../control';
import { DatabaseRunStore } from '../../database';
import { composeService } from '../../service';
import { SopRunService } from '../../service/SopRunService';
import { ScheduleService } from '../ScheduleService';
import { ScheduleWorker } from '../ScheduleWorker';
import { composeSchedules } from '../composeSchedules';

/** One replica of the back end, as far as schedules go, with its own clock. */
export interface Replica {
  store: DatabaseRunStore;
  service: SopRunService;
  schedules: ScheduleService;
  worker: ScheduleWorker;
}

/** A catalog that tests may change, a clock they set, and one database. */
export interface World {
  entities: Map<string, Entity>;
  /** ISO instant. */
  now: string;
  /** Set to have every start fail with it. */
  outage?: Error;
  replica(): Promise<Replica>;
}

export const credentials = mockCredentials.service('plugin:sop');

/** Owns the procedures. */
export const lead = mockCredentials.user('user:default/lead');

/** @param knex - empty, or with the tables of the plugin */
export function createWorld(knex: Knex, entities: Entity[]): World {
  const world: World = {
    entities: new Map(),
    now: '2026-11-30T08:00:00.000Z',
    async replica() {
      const logger = mockServices.logger.mock();
      const auth = mockServices.auth({ pluginId: 'sop' });
      // Reads what there is at the time of the question.
      const catalog = new Proxy({} as ReturnType<typeof catalogServiceMock>, {
        get: (_, property) => {
          const mock = catalogServiceMock({
            entities: [...world.entities.values()],
          });
          const value = Reflect.get(mock, property);
          return typeof value === 'function' ? value.bind(mock) : value;
        },
      });
      const store = await DatabaseRunStore.create({
        database: mockServices.database({ knex }),
        logger,
      });
      const { control } = await createDocumentControl({
        database: mockServices.database({ knex }),
        runs: store,
      });
      const {
        service: runs,
        procedures,
        access,
      } = composeService({
        ...{ auth, catalog, control, logger, store },
        auditor: mockServices.auditor.mock({
          createEvent: async () => ({
            success: async () => {},
            fail: async () => {},
          }),
        }),
        permissions: mockServices.permissions(),
        permissionsRegistry: mockServices.permissionsRegistry.mock(),
        userInfo: mockServices.userInfo({
          ownershipEntityRefs: ['user:default/lead', 'group:default/leads'],
        }),
        allowedActions: [],
        requireInteractive: false,
      });
      const { schedules, scheduleWorker } = await composeSchedules({
        ...{ auth, catalog, logger, procedures },
        database: mockServices.database({ knex }),
        access,
        store: { now: () => world.now },
        service: {
          startRun: async (request, options) => {
            if (world.outage) {
              throw world.outage;
            }
            return runs.startRun(request, options);
          },
        },
        cadence: 1_000,
      });
      return { store, service: runs, schedules, worker: scheduleWorker };
    },
  };
  put(world, ...entities);
  return world;
}

let label = 1;

/**
 * Adds entities to the catalog or replaces them; a changed procedure is a new
 * revision and has a label of its own.
 */
export function put(world: World, ...entities: Entity[]): void {
  for (const entity of entities) {
    const { kind, metadata } = entity;
    const document = entity.spec?.document as { revision?: string } | undefined;
    if (document) {
      label += 1;
      document.revision = String(label);
    }
    world.entities.set(`${kind}/${metadata.name}`, entity);
  }
}

/** A procedure of one step that starts by itself. */
export function scheduled(
  schedule: Partial<SopSchedule> = {},
  spec: Partial<SopSpec> = {},
): Entity {
  return procedure(
    'review',
    [{ id: 'look', type: 'manual', name: 'Look', role: 'developer' }],
    {
      schedule: { rrule: 'FREQ=DAILY;BYHOUR=9', timezone: 'UTC', ...schedule },
      ...spec,
    },
  );
}

/** A component that procedures can be about. */
export function service(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', lifecycle: 'production', owner: 'developers' },
  };
}
