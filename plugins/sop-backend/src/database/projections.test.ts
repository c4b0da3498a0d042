import { TestDatabases } from '@backstage/backend-test-utils';
import { RunState } from '@handrail/plugin-sop-common';
import fc from 'fast-check';
import {
  act,
  createStore,
  databaseIds,
  openStore,
  projections,
  SPEC,
  start,
  system,
} from './__testUtils__/fixtures';
import { RunStore } from './RunStore';

jest.setTimeout(300_000);

const RUNS = process.env.HANDRAIL_FULL ? 200 : 12;
const PEOPLE = ['dev', 'ana', 'ben', 'cho', 'olu'];

type Move = { kind: number; who: string; step: string; flag: boolean };

const move: fc.Arbitrary<Move> = fc.record({
  kind: fc.nat({ max: 11 }),
  who: fc.constantFrom(...PEOPLE),
  step: fc.constantFrom(
    'prepare',
    'review',
    'watch',
    'accept',
    'compensate:prepare',
  ),
  flag: fc.boolean(),
});

/** Tries something; most of it is refused in most states, which is fine. */
async function play(store: RunStore, runId: string, state: RunState, m: Move) {
  const stepId = m.step;
  const reason = 'because';
  const dueAt = '2099-01-01T00:00:00.000Z';
  const { attempt = 1, tries = 0 } = state.steps.deploy ?? {};
  switch (m.kind) {
    case 0:
      return act(store, runId, m.who, { type: 'claim', stepId });
    case 1:
      return act(store, runId, m.who, { type: 'release', stepId });
    case 2:
    case 3:
      return act(store, runId, m.who, { type: 'complete', stepId });
    case 4:
      return act(store, runId, m.who, {
        type: 'vote',
        stepId: 'review',
        decision: m.flag ? 'approve' : 'reject',
        reason,
      });
    case 5:
      return act(store, runId, m.who, { type: 'accept', stepId: 'accept' });
    case 6:
      return act(store, runId, m.who, {
        type: 'report-failure',
        stepId,
        reason,
      });
    case 7:
      return act(store, runId, m.who, { type: 'retry', stepId });
    case 8:
      return act(store, runId, 'dev', {
        type: m.flag ? 'cancel' : 'compensate',
        reason,
        ...(m.flag ? { compensate: m.who !== 'ana' } : {}),
      } as { type: 'cancel'; reason: string });
    case 9:
      return system(
        store,
        runId,
        { type: 'timer-fired', stepId: 'soak', attempt: 1 },
        dueAt,
      );
    case 10:
      return system(
        store,
        runId,
        { type: 'dispatch-action', stepId: 'deploy', attempt, try: tries + 1 },
        dueAt,
      );
    default:
      return system(
        store,
        runId,
        m.flag
          ? {
              type: 'action-succeeded',
              stepId: 'deploy',
              attempt,
              try: tries,
              output: { ok: true },
            }
          : {
              type: 'action-failed',
              stepId: 'deploy',
              attempt,
              try: tries,
              error: { name: 'E', message: 'm' },
              retryable: true,
            },
        dueAt,
      );
  }
}

describe('what is derived from the journal', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  it.each(databases.eachSupportedId())(
    'is the same written step by step and rebuilt, on %p',
    async id => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const seen = new Set<string>();
      const refusals = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(move, { minLength: 5, maxLength: 60 }),
          async moves => {
            const { runId, state: first } = await start(store);
            let state = first;
            // What a run needs to get on, with random moves in between.
            const script: Move[] = [
              { kind: 2, who: 'dev', step: 'prepare', flag: true },
              { kind: 4, who: 'cho', step: 'review', flag: true },
              { kind: 10, who: 'dev', step: 'deploy', flag: true },
              { kind: 9, who: 'dev', step: 'soak', flag: true },
            ];
            for (const [index, one] of moves.entries()) {
              const next = index % 4 === 3 ? script[(index >> 2) % 4] : one;
              const result = await play(store, runId, state, next).catch(
                error => {
                  refusals.add(error.name);
                  return undefined;
                },
              );
              state = result?.state ?? state;
            }
            seen.add(state.status);
            const written = await projections(knex, runId);
            const verdict = await store.verify(runId);
            expect(verdict).toMatchObject({ ok: true, events: state.seq });
            await store.rebuildProjections(runId);
            expect(await projections(knex, runId)).toEqual(written);
            const reread = await (await openStore(knex)).load(runId);
            expect(reread.state).toEqual(JSON.parse(JSON.stringify(state)));
          },
        ),
        { numRuns: RUNS, seed: 20261101 },
      );
      // By the rules, never by the database.
      for (const name of refusals) {
        expect(name).toMatch(/^(NotAllowed|Conflict|Input|NotFound)Error$/);
      }
      // The moves do get somewhere.
      expect(seen.size).toBeGreaterThan(2);
    },
  );

  it.each(databases.eachSupportedId())(
    'gives nobody a claim they had before a rebuild, on %p',
    async id => {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      const { runId } = await start(store, {
        spec: {
          ...SPEC,
          steps: [{ id: 'soak', type: 'wait', name: 'Soak', duration: 'PT0S' }],
        },
      });
      const options = { owner: 'a', limit: 10, leaseMs: 60_000 };
      const [before] = await store.claimTimers(options);
      await store.rebuildProjections(runId);
      const [after] = await store.claimTimers(options);
      expect(after.fence).toBeGreaterThan(before.fence);
      expect(await store.extendTimer(before.id, before.fence, 1)).toBe(false);
      expect(await store.extendTimer(after.id, after.fence, 1)).toBe(true);
      expect(await knex('timer').where('run_id', runId)).toHaveLength(1);
    },
  );
});
