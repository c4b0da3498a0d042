import { TestDatabases } from '@backstage/backend-test-utils';
import {
  act,
  CLAIM_SPEC,
  createStore,
  databaseIds,
  openStore,
  start,
  wholeJournal,
} from '../__testUtils__/fixtures';
import { OutboxEntry, RunStore } from '../RunStore';

jest.setTimeout(120_000);

async function follow(store: RunStore, after: string | undefined, limit = 7) {
  const items: OutboxEntry[] = [];
  let cursor = after;
  for (;;) {
    const page = await store.readOutbox({ after: cursor, limit });
    items.push(...page.items);
    cursor = page.cursor;
    if (page.items.length === 0) {
      return { items, cursor };
    }
  }
}

/** As `follow`, until so many entries came: a transaction of anybody on the server holds the last ones back. */
async function followUntil(
  store: RunStore,
  after: string | undefined,
  count: number,
) {
  const items: OutboxEntry[] = [];
  let cursor = after;
  while (items.length < count) {
    const part = await follow(store, cursor);
    items.push(...part.items);
    cursor = part.cursor;
  }
  return { items, cursor };
}

async function churn(store: RunStore, runId: string, times: number) {
  for (let i = 0; i < times; i++) {
    await act(store, runId, 'dev', {
      type: i % 2 ? 'release' : 'claim',
      stepId: 'work',
    });
  }
}

describe('the outbox', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const create = () =>
      createStore(databases, id as (typeof databaseIds)[number]);

    it('has every event once, in order per run, for a reader who follows it', async () => {
      const { store, knex } = await create();
      const other = await openStore(knex);
      expect(await store.readOutbox({ limit: 5 })).toEqual({
        items: [],
        cursor: undefined,
      });
      const runs = await Promise.all(
        Array.from({ length: 8 }, () =>
          start(store, { spec: CLAIM_SPEC, target: 'component:default/shop' }),
        ),
      );
      let writing = true;
      const seen: OutboxEntry[] = [];
      const reading = (async () => {
        let cursor: string | undefined;
        while (writing) {
          const part = await follow(store, cursor, 3);
          seen.push(...part.items);
          cursor = part.cursor;
          await new Promise(resolve => setTimeout(resolve, 5));
        }
        const rest = await followUntil(store, cursor, 8 * 21 - seen.length);
        seen.push(...rest.items);
      })();
      await Promise.all(
        runs.map(({ runId }, i) => churn(i % 2 ? store : other, runId, 20)),
      );
      writing = false;
      await reading;

      for (const { runId } of runs) {
        const own = seen.filter(entry => entry.runId === runId);
        expect(own.flatMap(entry => entry.events)).toEqual(
          (await wholeJournal(store, runId)).map(event => {
            const { seq, type, at, actor, data } = event;
            return { seq, type, at, ...(actor ? { actor } : {}), data };
          }),
        );
        expect(own[1]).toMatchObject({
          sopRef: 'sop:default/release',
          targetRef: 'component:default/shop',
          initiator: 'user:default/dev',
          actor: 'user:default/dev',
        });
      }
      expect(seen).toHaveLength(8 * 21);
    });

    it('refuses what is not a cursor', async () => {
      const { store } = await create();
      const bad = Buffer.from('["outbox","1","x"]').toString('base64url');
      for (const after of ['x', bad]) {
        await expect(store.readOutbox({ after, limit: 1 })).rejects.toThrow(
          /^cursor (is|holds) /,
        );
      }
      await expect(store.readOutbox({ limit: 0 })).rejects.toThrow(
        'limit is 0',
      );
    });
  });

  const postgres = databases
    .eachSupportedId()
    .filter(([id]) => id !== 'SQLITE_3');

  it.each(postgres)(
    'does not pass by a transaction that commits late, on %p',
    async id => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const { runId: early } = await start(store, { spec: CLAIM_SPEC });
      const { runId: late } = await start(store, { spec: CLAIM_SPEC });
      const { cursor } = await followUntil(store, undefined, 2);

      // A transaction takes its number and its id, and is not committed yet.
      const slow = await knex.transaction();
      await slow('outbox').insert({ run_id: late, first_seq: 1, last_seq: 99 });
      await churn(store, early, 1);
      const held = await follow(store, cursor);
      expect(held.items).toEqual([]);
      await slow.commit();

      const after = await followUntil(store, held.cursor, 2);
      expect(after.items.map(entry => entry.runId)).toEqual([late, early]);
    },
  );

  it.each(postgres)(
    'goes on after a move to a cluster with lower transaction numbers, on %p',
    async id => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      await churn(store, runId, 4);
      // As a dump of a long-lived cluster would have it.
      await knex.raw(
        'UPDATE outbox SET xid = (xid::text::bigint + 1000000000)::text::xid8',
      );
      const { rows } = await knex.raw(
        'SELECT max(id) AS id, max(xid::text) AS xid FROM outbox',
      );
      const foreign = Buffer.from(
        JSON.stringify(['outbox', rows[0].xid, String(rows[0].id)]),
      ).toString('base64url');

      const moved = await openStore(knex);
      await churn(moved, runId, 2);
      expect((await followUntil(moved, undefined, 7)).items).toHaveLength(7);
      const events = (await follow(moved, foreign)).items.flatMap(
        entry => entry.events,
      );
      // Some may come again, none may be missing.
      expect(events.map(event => event.seq)).toEqual(
        expect.arrayContaining([7, 8]),
      );
    },
  );
});
