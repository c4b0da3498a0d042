import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  ActionsService,
  actionsRegistryServiceRef,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import createKnex from 'knex';
import sopPlugin from '../..';
import { component, groupEntities, userInfoFactory } from '../harness';
import { EFFECTS, PROCEDURE, ReplicaOptions } from './work';

/** Time in which a kill can hit before and after the effect, in milliseconds. */
const LONGEST_PAUSE = 40;

function pause(): Promise<void> {
  return new Promise(done => {
    setTimeout(done, Math.random() * LONGEST_PAUSE);
  });
}

/** `test:write` leaves a row that nothing keeps from being there twice. */
function actionsOf(knex: ReturnType<typeof createKnex>): ActionsService {
  const common = {
    pluginId: 'test',
    title: 'Test',
    description: 'Test',
    schema: { input: {}, output: {} },
  };
  const attributes = { readOnly: false, destructive: true, idempotent: false };
  return {
    list: async () => ({
      actions: [
        { ...common, id: 'test:write', name: 'write', attributes },
        {
          ...common,
          id: 'test:read',
          name: 'read',
          attributes: { ...attributes, readOnly: true },
        },
      ],
    }),
    invoke: async ({ id, input }) => {
      await pause();
      if (id === 'test:write') {
        await knex(EFFECTS).insert({ run_id: (input as { run: string }).run });
      }
      await pause();
      return { output: {} };
    },
  };
}

/** A back end with the real plugin, its worker and HTTP, in a process of its own. */
async function main(): Promise<void> {
  const { connection, migrate }: ReplicaOptions = JSON.parse(process.argv[2]);
  const config = { client: 'pg', connection, pool: { min: 0, max: 10 } };
  const effects = createKnex(config);
  const knex = createKnex(config);
  const database = {
    getClient: async () => knex,
    migrations: { skip: !migrate },
  };
  const service = <T>(ref: { id: string }, value: T) =>
    createServiceFactory({
      service: ref as never,
      deps: {},
      factory: () => value as never,
    });
  const backend = await startTestBackend({
    features: [
      sopPlugin,
      catalogServiceMock.factory({
        entities: [...groupEntities, component, PROCEDURE],
      }),
      mockServices.rootConfig.factory({
        data: {
          sop: {
            actions: { allow: ['test:*'] },
            worker: { lease: 'PT3S', cadence: 'PT0.5S' },
          },
        },
      }),
      userInfoFactory,
      service(coreServices.database, database),
      service(actionsServiceRef, actionsOf(effects)),
      service(actionsRegistryServiceRef, { register: () => {} }),
      service(notificationService, { send: async () => {} }),
      service(signalsServiceRef, { publish: async () => {} }),
    ],
  });
  process.stdout.write(`${JSON.stringify({ port: backend.server.port() })}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
