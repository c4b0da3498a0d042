import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  act,
  createStore,
  databaseIds,
  openStore,
  start,
} from './__testUtils__/fixtures';

jest.setTimeout(120_000);

/** What somebody with the rights of the database's owner can do. */
async function dropGuards(knex: Knex): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw('DROP TRIGGER run_event_guard ON run_event');
  } else {
    for (const name of ['update', 'delete', 'insert']) {
      await knex.raw(`DROP TRIGGER run_event_guard_${name}`);
    }
  }
}

interface Case {
  name: string;
  tamper: (knex: Knex, runId: string) => Promise<unknown>;
  expected: { reason: string; seq?: number };
}

const event = (knex: Knex, runId: string, seq: number) =>
  knex('run_event').where({ run_id: runId, seq });

const CASES: Case[] = [
  {
    name: 'an edited event',
    tamper: (knex, runId) =>
      event(knex, runId, 3).update({ actor: 'user:default/eve' }),
    expected: { reason: 'edited', seq: 3 },
  },
  {
    name: 'a space in the data of an event',
    tamper: (knex, runId) =>
      event(knex, runId, 2).update({ data: knex.raw("data || ' '") }),
    expected: { reason: 'edited', seq: 2 },
  },
  {
    name: 'an event taken out of the middle',
    tamper: (knex, runId) => event(knex, runId, 2).delete(),
    expected: { reason: 'missing', seq: 2 },
  },
  {
    name: 'the last events taken away',
    tamper: (knex, runId) =>
      knex('run_event').where('run_id', runId).where('seq', '>', 3).delete(),
    expected: { reason: 'truncated', seq: 4 },
  },
  {
    name: 'the row put back to an earlier event',
    tamper: async (knex, runId) => {
      const [{ hash }] = await event(knex, runId, 3).select('hash');
      await knex('run')
        .where('run_id', runId)
        .update({ version: 3, head: hash });
    },
    expected: { reason: 'inserted', seq: 4 },
  },
  {
    name: 'another procedure under the same hash',
    tamper: knex =>
      knex('sop_revision').update({
        spec: knex.raw("replace(spec, 'developers', 'everybody')"),
      }),
    expected: { reason: 'revision-edited' },
  },
  {
    name: 'a run turned to another procedure',
    tamper: (knex, runId) =>
      knex('run')
        .where('run_id', runId)
        .update({ sop_ref: 'sop:default/other' }),
    expected: { reason: 'wrong-genesis', seq: 1 },
  },
  {
    name: 'a status that the journal does not give',
    tamper: (knex, runId) =>
      knex('run').where('run_id', runId).update({ status: 'completed' }),
    expected: { reason: 'projection-differs' },
  },
  {
    name: 'a version that the journal does not give',
    tamper: (knex, runId) =>
      knex('run').where('run_id', runId).update({ version: 9 }),
    expected: { reason: 'truncated', seq: 5 },
  },
];

describe('verify', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    it('finds every change, and where', async () => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const { runId } = await start(store);
      await act(store, runId, 'dev', { type: 'claim', stepId: 'prepare' });
      const { state } = await act(store, runId, 'dev', {
        type: 'release',
        stepId: 'prepare',
      });
      expect(state.seq).toBe(4);
      const head = (await store.load(runId)).row.head;
      const sound = {
        ok: true,
        events: 4,
        head,
        message: 'All 4 events are as they were written',
        checkedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      };
      expect(await store.verify(runId)).toEqual(sound);

      await expect(
        event(knex, runId, 3).update({ actor: 'x' }),
      ).rejects.toMatchObject({
        message: expect.stringContaining('append-only'),
      });
      await dropGuards(knex);
      const tables = ['run', 'run_event', 'sop_revision'];
      const backup = await Promise.all(tables.map(table => knex(table)));
      for (const { tamper, expected, name } of CASES) {
        await tamper(knex, runId);
        const verdict = await store.verify(runId);
        expect({ name, ...verdict }).toMatchObject({
          name,
          ok: false,
          ...expected,
          message: expect.any(String),
        });
        // Everything back as it was, in an order the references allow.
        for (const table of ['run_event', 'run', 'sop_revision']) {
          await knex(table).delete();
        }
        for (const index of [2, 0, 1]) {
          await knex(tables[index]).insert(backup[index]);
        }
        expect(await store.verify(runId)).toEqual(sound);
      }
    });

    it('says so when reading meets a journal that does not fit its row', async () => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const { runId } = await start(store);
      await act(store, runId, 'dev', { type: 'claim', stepId: 'prepare' });
      await dropGuards(knex);
      await event(knex, runId, 3).delete();
      const fresh = await openStore(knex);
      const message = `The journal of run ${runId} does not end with event 3, as its row says; verify the run`;
      await expect(fresh.load(runId)).rejects.toThrow(message);
      await expect(
        act(fresh, runId, 'dev', { type: 'release', stepId: 'prepare' }),
      ).rejects.toThrow(message);
    });
  });
});
