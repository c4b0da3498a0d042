import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import {
  command,
  declare,
  openStore,
  TestClock,
} from '../__testUtils__/stores';
import { IncidentStore, MIGRATIONS } from './IncidentStore';
import { compareProjections, verifyIncident } from './verification';

jest.setTimeout(120_000);

const PEOPLE = ['ana', 'ben'].map(name => ({
  ref: `user:default/${name}`,
  kind: 'user' as const,
}));

/** Commands that matter to the tables, possible or not. */
const COMMANDS: Parameters<typeof command>[2][] = [
  { type: 'take-role', role: 'commander', reason: 'r' },
  { type: 'offer-role', role: 'scribe', person: 'user:default/ben' },
  { type: 'accept-role', role: 'scribe' },
  { type: 'post-update', message: 'm' },
  { type: 'set-severity', severity: 'SEV-2', reason: 'r' },
  { type: 'set-severity', severity: 'SEV-4', reason: 'r' },
  {
    type: 'set-impact',
    message: 'm',
    entityRefs: ['component:default/ledger'],
    owners: ['group:default/books'],
  },
  { type: 'record-mitigation', message: 'm' },
  { type: 'resolve' },
  { type: 'reopen', reason: 'r' },
  { type: 'add-action-item', actionItem: { title: 't' } },
  { type: 'waive-review', reason: 'r' },
  { type: 'approve-waiver' },
  { type: 'close' },
];

/** Commands may be refused, but nothing may break. */
function passRefusal(error: Error): void {
  if (!/^(Conflict|NotAllowed|Input)Error$/.test(error.name)) {
    throw error;
  }
}

async function play(
  store: IncidentStore,
  clock: TestClock,
  moves: Array<{ who: number; what: number; minutes: number }>,
): Promise<string> {
  const incidentId = await declare(store);
  for (const { who, what, minutes } of moves) {
    clock.forward(minutes);
    const state = await store.load(incidentId);
    for (const { obligationId } of state.obligations) {
      await command(store, incidentId, { type: 'fire', obligationId });
    }
    await command(store, incidentId, COMMANDS[what], {
      actor: PEOPLE[who],
    }).catch(passRefusal);
  }
  return incidentId;
}

describe('the tables', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  it.each(ids)(
    'hold what the journal says, whatever happens, on %p',
    async id => {
      const clock = new TestClock();
      const store = await openStore(await databases.init(id), clock);
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              who: fc.nat(PEOPLE.length - 1),
              what: fc.nat(COMMANDS.length - 1),
              minutes: fc.nat(40),
            }),
            { maxLength: 25 },
          ),
          async moves => {
            const incidentId = await play(store, clock, moves);
            const state = await store.load(incidentId);
            expect(await compareProjections(store.knex, state)).toEqual([]);
            expect(await verifyIncident(store.knex, incidentId)).toMatchObject({
              ok: true,
              events: state.seq,
            });
          },
        ),
        { numRuns: process.env.HANDRAIL_FULL ? 300 : 12 },
      );
    },
  );

  /** As somebody would who may drop triggers. */
  async function edit(knex: Knex, sql: string) {
    const postgres = knex.client.config.client === 'pg';
    if (postgres) {
      await knex.raw('ALTER TABLE incident_event DISABLE TRIGGER ALL');
    } else {
      const triggers: Array<{ name: string }> = await knex('sqlite_master')
        .where({ type: 'trigger', tbl_name: 'incident_event' })
        .select('name');
      for (const { name } of triggers) {
        await knex.raw(`DROP TRIGGER ${name}`);
      }
    }
    await knex.raw(sql);
  }

  it.each(ids)('tell which event was edited on %p', async id => {
    const store = await openStore(await databases.init(id));
    const incidentId = await declare(store);
    await command(store, incidentId, { type: 'note', message: 'As it was' });
    // Errors of the native driver may come from another test's realm.
    await expect(
      store.knex('incident_event').update({ actor: 'user:default/eve' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('incident_event'),
    });
    const { seq } = await store.load(incidentId);
    await edit(
      store.knex,
      `UPDATE incident_event SET data = '{"message":"As it was not"}' WHERE seq = ${seq}`,
    );
    expect(await verifyIncident(store.knex, incidentId)).toMatchObject({
      ok: false,
      seq,
      reason: 'edited',
    });
  });

  it.each(ids)('tell when a table says something else on %p', async id => {
    const store = await openStore(await databases.init(id));
    const incidentId = await declare(store);
    await store
      .knex('obligation')
      .update({ due_at: '2199-01-01T00:00:00.000Z' });
    expect(await verifyIncident(store.knex, incidentId)).toMatchObject({
      ok: false,
      reason: 'projection-differs',
      message: expect.stringContaining('obligation'),
    });
  });

  it.each(ids)('go down and up again on %p', async id => {
    const knex = await databases.init(id);
    const tables = async (): Promise<string[]> =>
      knex.client.config.client === 'pg'
        ? (
            await knex('pg_tables')
              .whereRaw('schemaname = current_schema()')
              .pluck('tablename')
          ).sort()
        : (await knex('sqlite_master').where('type', 'table').pluck('name'))
            .filter((name: string) => !name.startsWith('sqlite_'))
            .sort();
    await openStore(knex);
    const all = await tables();
    expect(all).toContain('incident_event');
    await knex.migrate.rollback({ directory: MIGRATIONS }, true);
    expect(await tables()).toEqual(['knex_migrations', 'knex_migrations_lock']);
    await openStore(knex);
    expect(await tables()).toEqual(all);
  });
});
