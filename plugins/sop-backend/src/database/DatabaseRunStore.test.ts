import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { decide } from '@handrail/plugin-sop-common';
import {
  act,
  CLAIM_SPEC,
  createStore,
  databaseIds,
  openStore,
  person,
  SPEC,
  start,
  stepVersion,
  system,
  wholeJournal,
} from './__testUtils__/fixtures';

jest.setTimeout(60_000);

describe('DatabaseRunStore', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const create = () =>
      createStore(databases, id as (typeof databaseIds)[number]);

    it('starts a run and reads it back', async () => {
      const { store, knex } = await create();
      const { runId, state, repeated } = await start(store, {
        target: 'component:default/shop',
      });
      expect(repeated).toBe(false);

      const loaded = await store.load(runId);
      expect(loaded.state).toEqual(state);
      expect(loaded.spec).toEqual(SPEC);
      expect(loaded.revision).toMatchObject({ number: 'SOP-002', label: '3' });
      expect(loaded.row).toMatchObject({
        runId,
        sopRef: 'sop:default/release',
        sopTitle: 'Release',
        title: 'Release 1.2.3',
        status: 'running',
        targetRef: 'component:default/shop',
        initiator: 'user:default/dev',
        version: 2,
        waiting: [expect.objectContaining({ stepId: 'prepare' })],
      });
      // Another store has nothing in memory and must find the same.
      const fresh = await (await openStore(knex)).load(runId);
      expect(fresh).toEqual(loaded);
    });

    it('writes a start once per start key', async () => {
      const { store, knex } = await create();
      const startKey = 'user:default/dev/command-1';
      const results = await Promise.all(
        Array.from({ length: 8 }, () => start(store, { startKey })),
      );
      expect(results.filter(result => !result.repeated)).toHaveLength(1);
      expect(new Set(results.map(result => result.runId)).size).toBe(1);
      expect((await store.listRuns({}, {})).items).toHaveLength(1);
      expect(await knex('run_event').countDistinct('run_id as n')).toEqual([
        expect.objectContaining({ n: expect.anything() }),
      ]);
      const again = await start(await openStore(knex), { startKey });
      expect(again).toMatchObject({
        repeated: true,
        runId: results[0].runId,
        state: results[0].state,
      });
    });

    it('refuses a start whose first event is about something else', async () => {
      const { store } = await create();
      const { state } = await start(store);
      const events = decide(
        undefined,
        {
          type: 'start',
          runId: 'other',
          sopRef: state.sopRef,
          revisionHash: state.revisionHash,
          title: 'Run',
          inputs: { version: '1' },
        },
        { now: store.now(), actor: person('dev'), spec: SPEC },
      );
      const options = {
        startKey: 'k',
        sopRef: state.sopRef,
        sopTitle: 'Release',
        revisionHash: state.revisionHash,
        events,
      };
      await expect(
        store.startRun({ ...options, runId: 'this' }),
      ).rejects.toThrow('runId is this, but the first event says other');
      await expect(
        store.startRun({ ...options, runId: 'a/b' }),
      ).rejects.toThrow('a slash is not allowed');
      await expect(
        store.startRun({ ...options, runId: 'other', revisionHash: 'none' }),
      ).rejects.toThrow('There is no revision none');
      await expect(store.load('other')).rejects.toThrow(
        'There is no run other',
      );
    });

    it('carries a command out once, whoever repeats it and where', async () => {
      const { store, knex } = await create();
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      const commandId = 'command-1';
      const claim = { type: 'claim', stepId: 'work' } as const;
      const first = await act(store, runId, 'dev', claim, { commandId });
      expect(first).toMatchObject({
        repeated: false,
        events: [{ type: 'task.claimed', actor: 'user:default/dev' }],
      });

      const again = await act(store, runId, 'dev', claim, { commandId });
      expect(again).toEqual({ ...first, repeated: true });

      // A repeat that the rules would allow is recognised all the same.
      await act(store, runId, 'dev', { type: 'release', stepId: 'work' });
      const later = await act(store, runId, 'dev', claim, { commandId });
      expect(later.repeated).toBe(true);
      expect(later.events).toEqual(first.events);
      expect(later.state.steps.work.status).toBe('ready');

      const restarted = await openStore(knex);
      expect(
        (await act(restarted, runId, 'dev', claim, { commandId })).repeated,
      ).toBe(true);
      await expect(
        act(restarted, runId, 'ana', claim, { commandId }),
      ).rejects.toThrow(/command-1 was used in run .* by somebody else/);
      expect(await wholeJournal(store, runId)).toHaveLength(4);
    });

    it('carries concurrent duplicates out once', async () => {
      const { store, knex } = await create();
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      const other = await openStore(knex);
      for (let round = 0; round < 10; round++) {
        const type = round % 2 ? 'release' : 'claim';
        const results = await Promise.all(
          Array.from({ length: 6 }, (_, i) =>
            act(
              i % 2 ? store : other,
              runId,
              'dev',
              { type, stepId: 'work' },
              { commandId: `command-${round}` },
            ),
          ),
        );
        expect(results.filter(r => !r.repeated)).toHaveLength(1);
        for (const result of results) {
          expect(result.events).toEqual(results[0].events);
        }
      }
      expect(await wholeJournal(store, runId)).toHaveLength(12);
      expect(await store.verify(runId)).toMatchObject({ ok: true, events: 12 });
    });

    it('loses nothing with 16 writers on one run', async () => {
      const { store, knex } = await create();
      const stores = [store, await openStore(knex)];
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      const acknowledged: string[] = [];
      const writer = async (number: number) => {
        for (let i = 0; i < 12; i++) {
          const commandId = `${number}-${i}`;
          // Whatever state the task is in, there is something to do with it.
          await stores[number % 2].transact(
            runId,
            { commandId, actorRef: 'user:default/dev' },
            ({ state, spec, now }) =>
              decide(
                state,
                {
                  type: state.steps.work.claimedBy ? 'release' : 'claim',
                  stepId: 'work',
                  taskVersion: stepVersion(state, 'work'),
                },
                { now, spec, actor: person('dev') },
              ),
          );
          acknowledged.push(commandId);
        }
      };
      await Promise.all(Array.from({ length: 16 }, (_, n) => writer(n)));

      const rows = await knex('run_event')
        .where('run_id', runId)
        .whereNotNull('command_id');
      expect(rows.map(row => row.command_id).sort()).toEqual(
        acknowledged.sort(),
      );
      const events = await wholeJournal(store, runId);
      expect(events.map(event => event.seq)).toEqual(
        events.map((_, i) => i + 1),
      );
      expect(events).toHaveLength(2 + 16 * 12);
      for (const each of stores) {
        expect(await each.verify(runId)).toMatchObject({ ok: true });
        expect((await each.load(runId)).state.seq).toBe(events.length);
      }
    });

    it('goes on from what another store wrote', async () => {
      const { store, knex } = await create();
      const other = await openStore(knex);
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      await act(store, runId, 'dev', { type: 'claim', stepId: 'work' });
      await act(other, runId, 'dev', { type: 'release', stepId: 'work' });
      // The first store still remembers the claim; the rules alone would
      // refuse another one.
      const result = await act(store, runId, 'ana', {
        type: 'claim',
        stepId: 'work',
      });
      expect(result.state.steps.work.claimedBy).toBe('user:default/ana');
      expect((await other.load(runId)).state).toEqual(result.state);
      // The other store must not decide on what it remembers either.
      await expect(
        act(other, runId, 'dev', { type: 'claim', stepId: 'work' }),
      ).rejects.toThrow(/ana/);
      expect(await store.verify(runId)).toMatchObject({ ok: true, events: 5 });
    });

    it('writes nothing when the decision is refused', async () => {
      const { store, knex } = await create();
      const { runId } = await start(store);
      const before = await store.load(runId);
      let calls = 0;
      await expect(
        store.transact(runId, { commandId: 'c' }, () => {
          calls += 1;
          throw new Error('refused');
        }),
      ).rejects.toThrow('refused');
      expect(calls).toBeGreaterThan(0);
      await expect(
        act(store, runId, 'olu', { type: 'claim', stepId: 'prepare' }),
      ).rejects.toThrow(/Only .*developers.* may do this/);
      // Not JSON: refused before anything is written.
      await expect(
        store.transact(runId, {}, ({ state, now }) => [
          {
            seq: state.seq + 1,
            type: 'run.failed',
            at: now,
            data: { reason: undefined as unknown as string },
          },
        ]),
      ).rejects.toThrow('event 3: data.reason is undefined');
      await expect(
        store.transact(runId, {}, ({ state, now }) => [
          {
            seq: state.seq + 2,
            type: 'run.failed',
            at: now,
            data: { reason: '' },
          },
        ]),
      ).rejects.toThrow('The first event has the number 4; allowed is 3');
      expect(await store.load(runId)).toEqual(before);
      expect(await knex('outbox').where('run_id', runId)).toHaveLength(1);
    });

    it('does nothing for a decision without events', async () => {
      const { store } = await create();
      const { runId, state } = await start(store);
      const result = await system(store, runId, {
        type: 'timer-fired',
        stepId: 'soak',
        attempt: 1,
      });
      expect(result).toMatchObject({ events: [], repeated: false, state });
    });

    it('says that a run is not there', async () => {
      const { store } = await create();
      const message = 'There is no run nowhere';
      await expect(store.load('nowhere')).rejects.toThrow(message);
      await expect(store.transact('nowhere', {}, () => [])).rejects.toThrow(
        message,
      );
      await expect(store.verify('nowhere')).rejects.toThrow(message);
      await expect(store.readJournal('nowhere', {})).rejects.toThrow(message);
      await expect(store.rebuildProjections('nowhere')).rejects.toThrow(
        message,
      );
      await expect(store.getRevision('nowhere')).rejects.toThrow(
        'There is no revision nowhere',
      );
    });

    it('keeps a revision once, under the hash of its content', async () => {
      const { store, knex } = await create();
      const revision = { sopRef: 'sop:default/a', title: 'A', spec: SPEC };
      const first = await store.saveRevision(revision);
      expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
      const reordered = Object.fromEntries(
        Object.entries(SPEC).reverse(),
      ) as unknown as typeof SPEC;
      const second = await (
        await openStore(knex)
      ).saveRevision({ ...revision, spec: reordered, title: 'B' });
      expect(second).toEqual(first);
      expect(await knex('sop_revision')).toHaveLength(1);
      await expect(
        store.saveRevision({ ...revision, hash: 'wrong' }),
      ).rejects.toThrow(
        `The hash of the revision is wrong; its spec has the hash ${first.hash}`,
      );
    });

    it('reads the journal in parts', async () => {
      const { store } = await create();
      const { runId } = await start(store, { spec: CLAIM_SPEC });
      for (const type of ['claim', 'release', 'claim'] as const) {
        await act(store, runId, 'dev', { type, stepId: 'work' });
      }
      const all = await store.readJournal(runId, {});
      expect(all.items.map(item => item.seq)).toEqual([1, 2, 3, 4, 5]);
      expect(all.items[0].prevHash).toBe(all.genesis);
      const part = await store.readJournal(runId, { after: 2, limit: 2 });
      expect(part.items).toEqual(all.items.slice(2, 4));
      await expect(store.readJournal(runId, { limit: 0 })).rejects.toThrow(
        'limit is 0; allowed are whole numbers from 1 to 1000',
      );
    });

    it('tells the time of the database, never backwards', async () => {
      const { store, knex } = await create();
      const times = Array.from({ length: 1000 }, () => store.now());
      expect([...times].sort()).toEqual(times);
      const databaseTime =
        id === 'POSTGRES_18'
          ? (await knex.raw('SELECT clock_timestamp() AS now')).rows[0].now
          : new Date();
      const off = Date.parse(store.now()) - databaseTime.getTime();
      // A second is far more than the measuring is off, even on a busy machine.
      expect(Math.abs(off)).toBeLessThan(1000);
      // A run's events never go back in time, even after a jump of the clock.
      const future = new Date(Date.now() + 3_600_000).toISOString();
      const { runId } = await start(store, { spec: CLAIM_SPEC, at: future });
      const { events } = await act(store, runId, 'dev', {
        type: 'claim',
        stepId: 'work',
      });
      expect(events[0].at).toBe(future);
    });

    it('forgets nothing that its memory has no room for', async () => {
      const { knex } = await create();
      const store = await openStore(knex, { cachedRuns: 2 });
      const runs = [];
      for (let i = 0; i < 5; i++) {
        runs.push(
          await start(store, { spec: CLAIM_SPEC, runId: randomUUID() }),
        );
      }
      for (const { runId } of runs) {
        await act(store, runId, 'dev', { type: 'claim', stepId: 'work' });
      }
      for (const { runId } of runs) {
        const { state } = await store.load(runId);
        expect(state.steps.work.claimedBy).toBe('user:default/dev');
      }
    });
  });
});
