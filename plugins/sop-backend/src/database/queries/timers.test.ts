import { TestDatabases } from '@backstage/backend-test-utils';
import { SopSpec } from '@handrail/plugin-sop-common';
import {
  createStore,
  databaseIds,
  openStore,
  SPEC,
  start,
  system,
} from '../__testUtils__/fixtures';

jest.setTimeout(120_000);

const DEPLOY: SopSpec = {
  ...SPEC,
  steps: [
    {
      id: 'deploy',
      type: 'action',
      name: 'Deploy',
      action: 'test:deploy',
      retry: { limit: 3, backoff: 'PT0S' },
    },
  ],
};
const claim = { owner: 'a', limit: 10, leaseMs: 60_000 };

describe('timers', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const create = () =>
      createStore(databases, id as (typeof databaseIds)[number]);

    it('come due at their time and go with their step', async () => {
      const { store, knex } = await create();
      expect(await store.nextDueAt()).toBeUndefined();
      expect(await store.claimTimers(claim)).toEqual([]);
      const wait = (duration: string): SopSpec => ({
        ...SPEC,
        steps: [{ id: 'soak', type: 'wait', name: 'Soak', duration }],
      });
      const later = await start(store, { spec: wait('PT1H') });
      expect(await store.nextDueAt()).toBe(later.state.steps.soak.dueAt);
      expect(await store.claimTimers(claim)).toEqual([]);

      const now = await start(store, { spec: wait('PT0S') });
      const claimed = await store.claimTimers(claim);
      expect(claimed).toEqual([
        {
          id: `${now.runId}/step/soak`,
          runId: now.runId,
          stepId: 'soak',
          kind: 'wait',
          attempt: 1,
          try: undefined,
          fence: expect.any(Number),
        },
      ]);
      expect(await store.claimTimers(claim)).toEqual([]);
      await system(store, now.runId, {
        type: 'timer-fired',
        stepId: 'soak',
        attempt: 1,
      });
      expect(await knex('timer').where('run_id', now.runId)).toEqual([]);
      expect(await store.extendTimer(claimed[0].id, claimed[0].fence, 1)).toBe(
        false,
      );
    });

    it('are claimed by sort: calls, and all else', async () => {
      const { store } = await create();
      const soak: SopSpec = {
        ...SPEC,
        steps: [{ id: 'soak', type: 'wait', name: 'Soak', duration: 'PT0S' }],
      };
      const waiting = await start(store, { spec: soak });
      const calling = await start(store, { spec: DEPLOY });
      const due = (sort: 'calls' | 'records') => store.nextDueAt({ sort });
      expect(await due('records')).toBe(waiting.state.steps.soak.dueAt);
      expect(await due('calls')).toBe(calling.state.steps.deploy.dueAt);
      const before = waiting.state.steps.soak.dueAt;
      expect(await store.nextDueAt({ before })).toBeUndefined();

      const records = await store.claimTimers({ ...claim, sort: 'records' });
      expect(records.map(({ runId }) => runId)).toEqual([waiting.runId]);
      expect(await store.claimTimers({ ...claim, sort: 'records' })).toEqual(
        [],
      );
      const calls = await store.claimTimers({ ...claim, sort: 'calls' });
      expect(calls.map(({ runId }) => runId)).toEqual([calling.runId]);
    });

    it('go to each claimer once, and come back when a claimer is gone', async () => {
      const { store, knex } = await create();
      const other = await openStore(knex);
      for (let i = 0; i < 65; i++) {
        await start(store, { spec: DEPLOY });
      }
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          (i % 2 ? store : other).claimTimers({
            owner: `w${i}`,
            limit: 5,
            leaseMs: 60_000,
          }),
        ),
      );
      const ids = claims.flat().map(timer => timer.id);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await store.claimTimers({ ...claim, limit: 100 });
      expect(ids.length + rest.length).toBe(65);

      const [lost] = rest;
      expect(await store.extendTimer(lost.id, lost.fence, 0)).toBe(true);
      const [again] = await other.claimTimers(claim);
      expect(again).toEqual({ ...lost, fence: lost.fence + 1 });
      // Who lost it cannot keep it from the new claimer.
      expect(await store.extendTimer(lost.id, lost.fence, 0)).toBe(false);
      expect(await other.claimTimers(claim)).toEqual([]);
      expect(await store.extendTimer('nowhere/x', 1, 0)).toBe(false);
    });

    it('lease a try to who handed it out', async () => {
      const { knex } = await create();
      const store = await openStore(knex, { leaseMs: 200 });
      const { runId } = await start(store, { spec: DEPLOY });
      const [due] = await store.claimTimers(claim);
      expect(due).toMatchObject({ kind: 'dispatch', attempt: 1, try: 1 });
      const dispatch = {
        type: 'dispatch-action',
        stepId: 'deploy',
        attempt: 1,
        try: 1,
      } as const;
      const { leases } = await system(store, runId, dispatch);
      expect(leases).toEqual([
        {
          id: due.id,
          stepId: 'deploy',
          attempt: 1,
          try: 1,
          fence: expect.any(Number),
          dueAt: expect.stringMatching(/Z$/),
        },
      ]);
      const [lease] = leases;
      expect(lease.fence).toBeGreaterThan(due.fence);
      // Somebody slower gets nothing to own.
      expect(await system(store, runId, dispatch)).toMatchObject({
        events: [],
        leases: [],
      });
      // The claim of the order is over; the lease is what counts now.
      expect(await store.extendTimer(due.id, due.fence, 1)).toBe(false);
      expect(await store.extendTimer(lease.id, lease.fence, 300)).toBe(true);
      expect(await store.claimTimers(claim)).toEqual([]);
      await new Promise(resolve => setTimeout(resolve, 400));
      const [taken] = await store.claimTimers(claim);
      expect(taken).toMatchObject({ kind: 'lease', try: 1 });
      expect(await store.extendTimer(lease.id, lease.fence, 1)).toBe(false);

      // The next try is a new order with a fence of its own.
      await system(store, runId, {
        type: 'action-failed',
        stepId: 'deploy',
        attempt: 1,
        try: 1,
        error: { name: 'E', message: 'm' },
        retryable: true,
      });
      const [second] = await store.claimTimers(claim);
      expect(second).toMatchObject({ kind: 'dispatch', try: 2 });
      expect(second.fence).toBeGreaterThan(taken.fence);
    });
  });
});
