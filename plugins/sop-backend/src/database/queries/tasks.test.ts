import { TestDatabases } from '@backstage/backend-test-utils';
import { SopSpec } from '@handrail/plugin-sop-common';
import {
  act,
  CLAIM_SPEC,
  createStore,
  databaseIds,
  query,
  SPEC,
  start,
} from '../__testUtils__/fixtures';
import { RunStore, TaskRow } from '../RunStore';

jest.setTimeout(120_000);

type Scope = 'me' | 'groups' | 'done';

async function tasksOf(
  store: RunStore,
  name: string,
  scope: Scope,
  limit = 200,
): Promise<TaskRow[]> {
  const rows: TaskRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.listTasks(
      { ...query(name), scope },
      { limit, cursor },
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return rows;
}

const stepsOf = async (store: RunStore, name: string, scope: Scope) =>
  (await tasksOf(store, name, scope)).map(task => task.stepId);

describe('lists of tasks', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    const create = () =>
      createStore(databases, id as (typeof databaseIds)[number]);

    it('follow a task from its groups to its claimer and to what is done', async () => {
      const { store } = await create();
      const { runId } = await start(store, {
        target: 'component:default/shop',
      });
      const [task] = await tasksOf(store, 'dev', 'groups');
      expect(task).toEqual({
        runId,
        stepId: 'prepare',
        stepType: 'manual',
        stepName: 'Prepare',
        role: 'dev',
        status: 'ready',
        version: 2,
        sopRef: 'sop:default/release',
        sopTitle: 'Release',
        runTitle: 'Release 1.2.3',
        runStatus: 'running',
        targetRef: 'component:default/shop',
        initiator: 'user:default/dev',
        since: expect.stringMatching(/Z$/),
        dueAt: undefined,
        claimedBy: undefined,
        through: 'group:default/developers',
      });
      expect(await stepsOf(store, 'ana', 'groups')).toEqual(['prepare']);
      expect(await stepsOf(store, 'olu', 'groups')).toEqual([]);
      expect(await stepsOf(store, 'dev', 'me')).toEqual([]);

      await act(store, runId, 'ana', { type: 'claim', stepId: 'prepare' });
      expect(await stepsOf(store, 'dev', 'groups')).toEqual([]);
      expect(await stepsOf(store, 'ana', 'groups')).toEqual([]);
      expect(await tasksOf(store, 'ana', 'me')).toEqual([
        expect.objectContaining({
          stepId: 'prepare',
          status: 'reserved',
          version: 3,
          claimedBy: 'user:default/ana',
          through: 'user:default/ana',
        }),
      ]);

      await act(store, runId, 'ana', { type: 'release', stepId: 'prepare' });
      expect(await stepsOf(store, 'dev', 'groups')).toEqual(['prepare']);
      expect(await stepsOf(store, 'ana', 'me')).toEqual([]);

      await act(store, runId, 'ana', { type: 'complete', stepId: 'prepare' });
      expect(await stepsOf(store, 'dev', 'groups')).toEqual([]);
      expect(await tasksOf(store, 'ana', 'done')).toEqual([
        expect.objectContaining({
          stepId: 'prepare',
          outcome: 'completed',
          status: 'completed',
          doneAt: expect.stringMatching(/Z$/),
        }),
      ]);
      expect(await stepsOf(store, 'dev', 'done')).toEqual([]);
    });

    it('leave out who is excluded, and show a task of two groups once', async () => {
      const { store } = await create();
      const { runId } = await start(store);
      await act(store, runId, 'ana', { type: 'complete', stepId: 'prepare' });
      // Ana is a reviewer, but she did the work; Ben is in both groups.
      expect(await stepsOf(store, 'ana', 'groups')).toEqual([]);
      expect(await stepsOf(store, 'dev', 'groups')).toEqual([]);
      expect(await tasksOf(store, 'ben', 'groups')).toEqual([
        expect.objectContaining({
          stepId: 'review',
          through: 'group:default/ops',
        }),
      ]);
      expect(await store.countTasks(query('ana'))).toEqual({
        me: 0,
        groups: 0,
      });
      expect(await store.countTasks(query('ben'))).toEqual({
        me: 0,
        groups: 1,
      });

      await act(store, runId, 'ben', {
        type: 'vote',
        stepId: 'review',
        decision: 'approve',
      });
      expect(await tasksOf(store, 'ben', 'done')).toEqual([
        expect.objectContaining({ stepId: 'review', outcome: 'approved' }),
      ]);
    });

    it('leave out whole groups that are excluded', async () => {
      const { store } = await create();
      const spec: SopSpec = {
        ...SPEC,
        roles: {
          both: {
            potentialOwners: [
              'group:default/reviewers',
              'group:default/ops',
              'user:default/dev',
            ],
          },
        },
        steps: [
          {
            id: 'vote',
            type: 'approval',
            name: 'Vote',
            role: 'both',
            excludedOwners: ['group:default/ops'],
          },
        ],
      };
      await start(store, { spec, by: 'ana' });
      expect(await stepsOf(store, 'ben', 'groups')).toEqual([]);
      expect(await stepsOf(store, 'olu', 'groups')).toEqual([]);
      expect(await stepsOf(store, 'cho', 'groups')).toEqual(['vote']);
      // Named in person: no group is needed.
      expect(await stepsOf(store, 'dev', 'me')).toEqual(['vote']);
      expect(await stepsOf(store, 'dev', 'groups')).toEqual([]);
    });

    it('take tasks of the initiator for the person', async () => {
      const { store } = await create();
      const spec: SopSpec = {
        ...SPEC,
        steps: [
          { id: 'accept', type: 'handoff', name: 'Accept', role: 'initiator' },
        ],
      };
      const { runId } = await start(store, { spec, by: 'cho' });
      expect(await stepsOf(store, 'cho', 'me')).toEqual(['accept']);
      expect(await store.countTasks(query('cho'))).toEqual({
        me: 1,
        groups: 0,
      });
      await act(store, runId, 'cho', { type: 'accept', stepId: 'accept' });
      expect(await stepsOf(store, 'cho', 'me')).toEqual([]);
      expect(await store.countTasks(query('cho'))).toEqual({
        me: 0,
        groups: 0,
      });
    });

    it('drop the tasks of a run that is over', async () => {
      const { store, knex } = await create();
      const { runId } = await start(store);
      await act(store, runId, 'dev', { type: 'cancel', reason: 'not needed' });
      expect(await stepsOf(store, 'dev', 'groups')).toEqual([]);
      expect(await knex('task_inbox')).toEqual([]);
    });

    it('have every task once, oldest first, page by page; counts stop at 100', async () => {
      const { store } = await create();
      const runIds = [];
      for (let i = 0; i < 104; i++) {
        const { runId } = await start(store, {
          spec: CLAIM_SPEC,
          at: `2026-11-02T09:00:0${9 - (i % 10)}.000Z`,
        });
        runIds.push(runId);
      }
      const whole = await tasksOf(store, 'ana', 'groups');
      expect(whole).toHaveLength(104);
      expect(whole.map(task => task.since)).toEqual(
        whole.map(task => task.since).sort(),
      );
      expect(await tasksOf(store, 'ana', 'groups', 9)).toEqual(whole);
      expect(await store.countTasks(query('ana'))).toEqual({
        me: 0,
        groups: 100,
      });

      for (const runId of runIds.slice(0, 12)) {
        await act(store, runId, 'ana', { type: 'complete', stepId: 'work' });
      }
      const done = await tasksOf(store, 'ana', 'done');
      expect(done).toHaveLength(12);
      expect(await tasksOf(store, 'ana', 'done', 5)).toEqual(done);
      expect(done.map(task => task.doneAt)).toEqual(
        done
          .map(task => task.doneAt)
          .sort()
          .reverse(),
      );
      for (const scope of ['me', 'groups', 'done'] as const) {
        await expect(
          store.listTasks({ ...query('ana'), scope }, { cursor: 'x' }),
        ).rejects.toThrow('cursor is "x"; allowed is the nextCursor');
      }
    });

    it('serve people in hundreds of groups', async () => {
      const { store } = await create();
      await start(store, { spec: CLAIM_SPEC });
      const groupRefs = Array.from(
        { length: 450 },
        (_, i) => `group:default/${i}`,
      );
      const asked = {
        userRef: 'user:default/x',
        groupRefs: [...groupRefs, 'group:default/developers'],
        scope: 'groups' as const,
      };
      expect((await store.listTasks(asked, {})).items).toHaveLength(1);
      expect(await store.countTasks(asked)).toEqual({ me: 0, groups: 1 });
      const few = { ...asked, groupRefs: asked.groupRefs.slice(200) };
      expect((await store.listTasks(few, {})).items).toHaveLength(1);
    });
  });
});
