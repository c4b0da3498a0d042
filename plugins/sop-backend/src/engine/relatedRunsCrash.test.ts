import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { decide, SopSpec } from '@handrail/plugin-sop-common';
import { noPolicies } from '../__testUtils__/noPolicies';
import { DatabaseRunStore } from '../database';
import { RunStore } from '../database/RunStore';
import { RunCommitter } from '../service';
import { RelatedRuns } from './RelatedRuns';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const child: SopSpec = {
  type: 'test',
  owner: 'group:default/leads',
  lifecycle: 'effective',
  steps: [{ id: 'work', type: 'manual', name: 'Work', role: 'initiator' }],
};
const parent: SopSpec = {
  ...child,
  steps: [{ id: 'sub', type: 'run', name: 'Sub', sop: 'sop:default/child' }],
};
const actor = {
  ref: 'user:default/dev',
  kind: 'user' as const,
  ownershipEntityRefs: ['user:default/dev'],
};

describe.each(databases.eachSupportedId())(
  'a process that dies among related runs, %s',
  databaseId => {
    let store: RunStore;
    let count = 0;
    const procedures = { acceptTargetAsService: async () => undefined };

    beforeAll(async () => {
      store = await DatabaseRunStore.create({
        database: mockServices.database({
          knex: await databases.init(databaseId),
        }),
        logger: mockServices.logger.mock(),
      });
    });

    /** A worker whose process dies at a given write; 0 for one that lives. */
    function worker(diesAt = 0): RelatedRuns {
      let writes = 0;
      const live = new RunCommitter({
        store,
        logger: mockServices.logger.mock(),
        policies: noPolicies,
      });
      const step = () => {
        writes += 1;
        if (writes === diesAt) {
          throw new Error('killed');
        }
      };
      const committer = {
        startRun: async (...args: Parameters<RunCommitter['startRun']>) => {
          step();
          return live.startRun(...args);
        },
        execute: async (...args: Parameters<RunCommitter['execute']>) => {
          step();
          return live.execute(...args);
        },
      } as unknown as RunCommitter;
      return new RelatedRuns({
        store,
        committer,
        policies: { inForce: async () => [] },
        procedures,
      });
    }

    async function startParent(): Promise<string> {
      const { hash } = await store.saveRevision({
        sopRef: 'sop:default/child',
        title: 'Child',
        spec: child,
      });
      const saved = await store.saveRevision({
        sopRef: 'sop:default/parent',
        title: 'Parent',
        spec: parent,
      });
      count += 1;
      const runId = `run-${count}`;
      const at = {
        runId,
        sopRef: 'sop:default/parent',
        revisionHash: saved.hash,
      };
      await store.startRun({
        ...at,
        startKey: runId,
        sopTitle: 'Parent',
        events: decide(
          undefined,
          {
            type: 'start',
            ...at,
            title: runId,
            inputs: {},
            procedures: { 'sop:default/child': hash },
          },
          { now: store.now(), actor, spec: parent },
        ),
      });
      return runId;
    }

    /** Does all work that is due, whoever had claimed it. */
    async function work(by: RelatedRuns): Promise<void> {
      for (;;) {
        const timers = await store.claimTimers({
          owner: 'w',
          limit: 100,
          leaseMs: 40,
        });
        if (timers.length === 0) {
          return;
        }
        for (const timer of timers) {
          await by.handle(timer).catch(() => undefined);
        }
      }
    }

    const leaseOver = () => new Promise(resolve => setTimeout(resolve, 80));

    async function childrenOf(runId: string) {
      const { items } = await store.listRuns({}, { limit: 200 });
      const states = await Promise.all(
        items.map(async row => (await store.load(row.runId)).state),
      );
      return states.filter(state => state.parent?.runId === runId);
    }

    async function act(runId: string, command: object): Promise<void> {
      await store.transact(runId, {}, ({ state, ...rest }) =>
        decide(state, command as any, { ...rest, actor }),
      );
    }

    it.each([1, 2])('neither loses nor doubles one: write %s', async diesAt => {
      const runId = await startParent();
      await work(worker(diesAt));
      await leaseOver();
      await work(worker());
      const [only, ...more] = await childrenOf(runId);
      expect(more).toEqual([]);
      const { state } = await store.load(runId);
      expect(state.children?.['sub/1'].runId).toBe(only.runId);
    });

    it('loses no end of one', async () => {
      const runId = await startParent();
      await work(worker());
      const [only] = await childrenOf(runId);
      await act(only.runId, {
        type: 'complete',
        stepId: 'work',
        taskVersion: only.steps.work.version,
      });
      await work(worker(1));
      expect((await store.load(runId)).state.status).toBe('running');
      await leaseOver();
      await work(worker());
      expect((await store.load(runId)).state.status).toBe('completed');
    });

    it.each([1, 2, 3])(
      'leaves none behind when the parent is cancelled: write %s',
      async diesAt => {
        const runId = await startParent();
        // The child starts, and nobody gets to tell the parent.
        await work(worker(2));
        await act(runId, { type: 'cancel', reason: 'stop' });
        await leaseOver();
        await work(worker(diesAt));
        await leaseOver();
        await work(worker());
        const found = await childrenOf(runId);
        expect(found.map(one => one.status)).toEqual(['cancelled']);
      },
    );
  },
);
