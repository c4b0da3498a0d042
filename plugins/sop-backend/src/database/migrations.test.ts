import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { databaseIds, start } from './__testUtils__/fixtures';
import { DatabaseRunStore } from './DatabaseRunStore';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@handrail/plugin-sop-backend',
  'migrations',
);

async function objects(knex: Knex): Promise<string[]> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      `SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = current_schema() UNION ALL SELECT proname FROM pg_proc p
       JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = current_schema()`,
    );
    return rows.map((row: { name: string }) => row.name).sort();
  }
  const rows = await knex('sqlite_master').select('name');
  return rows.map(row => row.name).sort();
}

const own = (names: string[]) =>
  names.filter(name => !/^(knex_migrations|sqlite_)/.test(name));

describe('migrations', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  it.each(databases.eachSupportedId())(
    'go up, down and up, on %p',
    async id => {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory });
      const up = await objects(knex);
      expect(own(up)).toEqual(
        expect.arrayContaining([
          'event_listener',
          'inbound_event',
          'lock_request',
          'outbox',
          'procedure_acknowledgement',
          'procedure_control',
          'procedure_event',
          'run',
          'run_event',
          'run_step',
          'schedule',
          'schedule_occurrence',
          'sop_policy',
          'sop_revision',
          'task_done',
          'task_inbox',
          'timer',
        ]),
      );
      await knex.migrate.rollback({ directory }, true);
      expect(own(await objects(knex))).toEqual([]);
      await knex.migrate.latest({ directory });
      expect(await objects(knex)).toEqual(up);
    },
  );

  it.each(databases.eachSupportedId())(
    'keep the timers of steps when a step gets several, on %p',
    async id => {
      const knex = await databases.init(id);
      await knex.migrate.latest({ directory });
      const timer = {
        run_id: 'r',
        step_id: 's',
        kind: 'wait',
        attempt: 1,
        due_at: '2026-01-01T00:00:00.000Z',
        fence: 7,
      };
      await knex('timer').insert([
        { ...timer, slot: 'step' },
        { ...timer, slot: 'deadline' },
      ]);
      // The driver's errors are no instances of this realm's Error.
      const refused = { message: expect.stringMatching(/unique/i) };
      await expect(
        knex('timer').insert({ ...timer, slot: 'step' }),
      ).rejects.toMatchObject(refused);
      await knex.migrate.down({
        directory,
        name: '20261129_timer_slots.js',
      } as Knex.MigratorConfig);
      const [only, ...others] = await knex('timer');
      expect(only).toMatchObject({ run_id: 'r', step_id: 's', kind: 'wait' });
      expect(others).toEqual([]);
      expect(only.slot).toBeUndefined();
      await expect(knex('timer').insert(timer)).rejects.toMatchObject(refused);
      await knex.migrate.latest({ directory });
      expect(await knex('timer')).toMatchObject([{ slot: 'step', attempt: 1 }]);
    },
  );

  it.each(databases.eachSupportedId())(
    'are left to the operator when they are to be skipped, on %p',
    async id => {
      const knex = await databases.init(id);
      const create = () =>
        DatabaseRunStore.create({
          database: {
            getClient: async () => knex,
            migrations: { skip: true },
          },
          logger: mockServices.logger.mock(),
        });
      await create().catch(() => undefined);
      expect(own(await objects(knex))).toEqual([]);
      await knex.migrate.latest({ directory });
      const { runId } = await start(await create());
      expect(runId).toBeDefined();
    },
  );
});
