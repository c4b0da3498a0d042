import { TestDatabases } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { createJournalTable, dropJournalTable, KnexJournal } from '..';
import { exampleJournal } from '../__testUtils__/journals';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18', 'SQLITE_3'] });
const { events } = exampleJournal(3);
const subjectColumn = 'run_id';

/** A migration as a plugin has it, with two journals. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: async () => ['20260301_journals'],
  getMigrationName: migration => migration,
  getMigration: async () => ({
    up: async knex => {
      await createJournalTable(knex, 'run_event', { subjectColumn });
      await createJournalTable(knex, 'incident_event', {
        subjectColumn: 'incident_id',
      });
    },
    down: async knex => {
      await dropJournalTable(knex, 'incident_event');
      await dropJournalTable(knex, 'run_event');
    },
  }),
};

/** Names of everything in the database that is not of the database itself. */
async function objectsOf(knex: Knex): Promise<string[]> {
  if (knex.client.config.client === 'better-sqlite3') {
    const rows = await knex('sqlite_master')
      .select('name')
      .whereNot('name', 'like', 'sqlite_%');
    return rows.map(row => row.name);
  }
  const { rows } = await knex.raw(`
    SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal`);
  return rows.map((row: { name: string }) => row.name);
}

const ofJournals = (names: string[]) =>
  names.filter(name => name.includes('_event'));

describe.each(databases.eachSupportedId())('journal table on %s', id => {
  it('goes up, down and up again in a migration, with events in it', async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ migrationSource });
    expect(ofJournals(await objectsOf(knex))).toEqual(
      expect.arrayContaining(['run_event', 'run_event_command_uq']),
    );
    const runs = KnexJournal.create({ table: 'run_event', subjectColumn });
    await runs.append(knex, 'run-1', events);
    await knex.migrate.rollback({ migrationSource });
    expect(ofJournals(await objectsOf(knex))).toEqual([]);
    await knex.migrate.latest({ migrationSource });
    expect(await runs.read(knex, 'run-1')).toEqual([]);
    const incidents = KnexJournal.create({
      table: 'incident_event',
      subjectColumn: 'incident_id',
    });
    await incidents.append(knex, 'run-1', events);
    expect(await incidents.read(knex, 'run-1')).toEqual(events);
  });

  describe('guards', () => {
    const insertAgain = (k: Knex, verb: string, seq: number, command: string) =>
      k.raw(
        `${verb} INTO run_event (run_id, seq, type, at, data, prev_hash, hash, command_id)
         VALUES ('run-1', ${seq}, 'x', 'x', '{}', 'x', 'x', '${command}')`,
      );
    const forbidden: [string, (knex: Knex) => Promise<unknown>][] = [
      ['UPDATE', k => k('run_event').where('seq', 1).update('type', 'x')],
      ['UPDATE of all rows', k => k('run_event').update('type', 'x')],
      ['DELETE', k => k('run_event').where('seq', 3).delete()],
      ['DELETE of all rows', k => k('run_event').delete()],
      ...(id === 'SQLITE_3'
        ? ([
            [
              'REPLACE by number',
              k => insertAgain(k, 'INSERT OR REPLACE', 2, 'c-2'),
            ],
            ['REPLACE by command', k => insertAgain(k, 'REPLACE', 9, 'c-1')],
            [
              'REPLACE by rowid',
              k =>
                k.raw(
                  `REPLACE INTO run_event (rowid, run_id, seq, type, at, data, prev_hash, hash)
                   VALUES (1, 'run-1', 9, 'x', 'x', '{}', 'x', 'x')`,
                ),
            ],
            [
              'upsert',
              k =>
                k('run_event')
                  .insert({
                    run_id: 'run-1',
                    seq: 1,
                    type: 'x',
                    at: 'x',
                    data: '{}',
                    prev_hash: 'x',
                    hash: 'x',
                  })
                  .onConflict(['run_id', 'seq'])
                  .merge(),
            ],
          ] as [string, (knex: Knex) => Promise<unknown>][])
        : ([
            ['TRUNCATE', k => k('run_event').truncate()],
            [
              'upsert',
              k =>
                k('run_event')
                  .insert({
                    run_id: 'run-1',
                    seq: 1,
                    type: 'x',
                    at: 'x',
                    data: '{}',
                    prev_hash: 'x',
                    hash: 'x',
                  })
                  .onConflict(['run_id', 'seq'])
                  .merge(),
            ],
            [
              'MERGE',
              k =>
                k.raw(`MERGE INTO run_event e USING (SELECT 1 AS seq) s ON e.seq = s.seq
                       WHEN MATCHED THEN DELETE`),
            ],
          ] as [string, (knex: Knex) => Promise<unknown>][])),
    ];

    it.each(forbidden)('refuse %s', async (_, statement) => {
      const knex = await databases.init(id);
      await createJournalTable(knex, 'run_event', { subjectColumn });
      const journal = KnexJournal.create({ table: 'run_event', subjectColumn });
      await journal.append(knex, 'run-1', events, 'c-1');
      // SQLite's errors are not of the test's own realm, so no toThrow.
      await expect(statement(knex)).rejects.toMatchObject({
        message: expect.stringMatching(
          /journal run_event (is append-only|already holds)/,
        ),
      });
      expect(await journal.read(knex, 'run-1')).toEqual(events);
      expect(await journal.findCommand(knex, 'run-1', 'c-1')).toEqual(
        events[2],
      );
    });
  });

  it('refuses names it cannot derive others from', async () => {
    const knex = await databases.init(id);
    await expect(
      createJournalTable(knex, 'Run-Event', { subjectColumn }),
    ).rejects.toThrow(InputError);
    await expect(
      createJournalTable(knex, 'run_event', { subjectColumn: 'seq' }),
    ).rejects.toThrow('subjectColumn is "seq"; allowed');
    await expect(dropJournalTable(knex, 'x; --')).rejects.toThrow(InputError);
    expect(ofJournals(await objectsOf(knex))).toEqual([]);
  });
});
