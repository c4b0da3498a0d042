import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { decide, SopSpec } from '@handrail/plugin-sop-common';
import { noPolicies } from '../__testUtils__/noPolicies';
import { DatabaseRunStore } from '../database';
import { RunStore } from '../database/RunStore';
import { RunCommitter } from '../service';
import { Locks } from './Locks';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const spec: SopSpec = {
  type: 'test',
  owner: 'group:default/leads',
  lifecycle: 'effective',
  steps: [
    { id: 'work', type: 'manual', name: 'Work', role: 'initiator', lock: 'it' },
  ],
};
const actor = {
  ref: 'user:default/dev',
  kind: 'user' as const,
  ownershipEntityRefs: ['user:default/dev'],
};
const RUNS = process.env.HANDRAIL_FULL ? 300 : 12;

describe.each(databases.eachSupportedId())(
  'a lock that replicas grant at the same time, %s',
  databaseId => {
    let stores: RunStore[];

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      const create = () =>
        DatabaseRunStore.create({
          database: mockServices.database({ knex }),
          logger: mockServices.logger.mock(),
        });
      stores = [await create(), await create()];
    });

    async function start(runId: string): Promise<void> {
      const [store] = stores;
      const sopRef = 'sop:default/test';
      const { hash } = await store.saveRevision({
        sopRef,
        title: 'Test',
        spec,
      });
      const at = { runId, sopRef, revisionHash: hash };
      await store.startRun({
        ...at,
        startKey: runId,
        sopTitle: 'Test',
        events: decide(
          undefined,
          { type: 'start', ...at, title: runId, inputs: {} },
          { now: store.now(), actor, spec },
        ),
      });
    }

    /** One look of a replica; some die in the middle of their work. */
    async function look(store: RunStore, dies: boolean): Promise<void> {
      const logger = mockServices.logger.mock();
      const locks = new Locks({
        store,
        committer: new RunCommitter({ store, logger, policies: noPolicies }),
      });
      await locks.release();
      const timers = await store.claimTimers({
        owner: 'w',
        limit: 5,
        leaseMs: 20,
      });
      if (!dies) {
        await Promise.all(
          timers.map(timer => locks.handle(timer).catch(() => undefined)),
        );
      }
    }

    it('is held by at most one, and by everybody in the end, in order', async () => {
      const ids = Array.from({ length: RUNS }, (_, n) => `run-${n + 100}`);
      for (const id of ids) {
        await start(id);
      }
      const held: string[] = [];
      for (let round = 0; held.length < RUNS && round < RUNS * 20; round++) {
        await Promise.all(
          stores.map((store, n) => look(store, (round + n) % 3 === 0)),
        );
        const places = await stores[0].listLocks({ keys: ['it'], limit: 1000 });
        const holders = places.filter(one => one.acquiredAt);
        expect(holders.length).toBeLessThanOrEqual(1);
        const [holder] = holders;
        if (holder) {
          held.push(holder.runId);
          await stores[1].transact(holder.runId, {}, ({ state, ...rest }) =>
            decide(
              state,
              {
                type: 'complete',
                stepId: 'work',
                taskVersion: state.steps.work.version,
              },
              { ...rest, actor },
            ),
          );
        } else {
          await new Promise(resolve => setTimeout(resolve, 25));
        }
      }
      expect(held).toEqual(ids);
    });

    it('cannot be written as held twice, whoever decides so', async () => {
      await start('twin-1');
      await start('twin-2');
      const grant = (store: RunStore, runId: string) =>
        store.transact(runId, {}, ({ state, ...rest }) =>
          decide(
            state,
            { type: 'lock-granted', stepId: 'work', attempt: 1 },
            rest,
          ),
        );
      const results = await Promise.allSettled([
        grant(stores[0], 'twin-1'),
        grant(stores[1], 'twin-2'),
      ]);
      expect(results.map(one => one.status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      const places = await stores[0].listLocks({ keys: ['it'], limit: 10 });
      expect(places.map(one => Boolean(one.acquiredAt))).toEqual([true, false]);
      for (const { runId } of places) {
        expect(await stores[0].verify(runId)).toMatchObject({ ok: true });
      }
    });
  },
);
