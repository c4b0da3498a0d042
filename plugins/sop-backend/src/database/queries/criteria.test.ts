import { TestDatabases } from '@backstage/backend-test-utils';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  matchesTask,
  SopRunQuery,
  SopRunResource,
  SopTaskQuery,
} from '@handrail/plugin-sop-node';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { toRunResource, toTaskResource } from '../../service/access/resources';
import {
  act,
  databaseIds,
  openStore,
  SPEC,
  start,
} from '../__testUtils__/fixtures';
import { DatabaseRunStore } from '../DatabaseRunStore';
import { whereCriteria } from './criteria';

jest.setTimeout(60_000);

type Query = SopRunQuery | SopTaskQuery;

const VALUES: Record<string, string[]> = {
  'run.initiator': ['user:default/ana', 'user:default/dev'],
  'run.potentialOwners': ['group:default/developers', 'group:default/ops'],
  'run.sopOwner': ['group:default/ops', 'group:default/developers'],
  'run.sopRef': ['sop:default/release', 'sop:default/other'],
  'run.status': ['running', 'cancelled', 'completed'],
  'run.targetKind': ['component', 'api', ''],
  'run.targetOwner': ['group:default/developers', ''],
  'run.targetRef': ['component:default/shop', 'api:default/shop', ''],
  'task.claimedBy': ['user:default/dev', 'user:default/ben', ''],
  'task.excludedOwners': ['user:default/ana', 'user:default/dev', 'user:d'],
  'task.potentialOwners': ['group:default/reviewers', 'group:default/dev'],
  'task.stepType': ['manual', 'approval', 'handoff'],
};

/** Criteria over the keys, up to three levels deep. */
function criteriaOf(keys: string[]): fc.Arbitrary<PermissionCriteria<Query>> {
  const query = fc.constantFrom(...keys).chain(name => {
    const [of, key] = name.split('.');
    return fc
      .subarray(VALUES[name])
      .map(values => ({ of, key, values } as unknown as Query));
  });
  const { criteria } = fc.letrec<{ criteria: PermissionCriteria<Query> }>(
    tie => {
      const some = fc.array(tie('criteria'), { maxLength: 3 });
      return {
        criteria: fc.oneof(
          { maxDepth: 3, withCrossShrink: true },
          query,
          some.map(allOf => ({ allOf } as any)),
          some.map(anyOf => ({ anyOf } as any)),
          tie('criteria').map(not => ({ not })),
        ),
      };
    },
  );
  return criteria;
}

function holds<T>(
  criteria: PermissionCriteria<T>,
  one: (t: T) => boolean,
): boolean {
  if (typeof criteria === 'object' && criteria !== null) {
    if ('allOf' in criteria) return criteria.allOf.every(c => holds(c, one));
    if ('anyOf' in criteria) return criteria.anyOf.some(c => holds(c, one));
    if ('not' in criteria) return !holds(criteria.not as any, one);
  }
  return one(criteria as T);
}

const databases = TestDatabases.create({ ids: [...databaseIds] });

describe.each(databases.eachSupportedId())('criteria on %p', id => {
  let knex: Knex;
  let store: DatabaseRunStore;
  const runs: Array<SopRunResource & { stepIds: string[] }> = [];

  beforeAll(async () => {
    knex = await databases.init(id);
    store = await openStore(knex);
    runs.length = 0;
    const targets = ['component:default/shop', 'api:default/shop', undefined];
    const owners = ['group:default/ops', 'group:default/developers'];
    for (const [index, target] of [...targets, ...targets].entries()) {
      const { runId } = await start(store, {
        by: index % 2 ? 'ana' : 'dev',
        target,
        sopRef: index > 3 ? 'sop:default/other' : 'sop:default/release',
        spec: { ...SPEC, owner: owners[index % 2] },
      });
      if (index > 0) {
        await act(store, runId, 'dev', { type: 'claim', stepId: 'prepare' });
      }
      if (index > 1) {
        await act(store, runId, 'dev', { type: 'complete', stepId: 'prepare' });
      }
      if (index === 4) {
        await act(store, runId, 'dev', { type: 'cancel', reason: 'no' });
      }
      const { state, spec } = await store.load(runId);
      runs.push({
        ...toRunResource(state, spec),
        stepIds: Object.keys(state.steps),
      });
    }
  });

  it('say the same of runs in SQL and in memory', async () => {
    const keys = Object.keys(VALUES).filter(key => key.startsWith('run.'));
    await fc.assert(
      fc.asyncProperty(criteriaOf(keys), async criteria => {
        const { items } = await store.listRuns(
          { visible: criteria as PermissionCriteria<SopRunQuery> },
          { limit: 100 },
        );
        const expected = runs.filter(run =>
          holds(criteria as PermissionCriteria<SopRunQuery>, query =>
            matchesTask({ run } as any, query),
          ),
        );
        expect(items.map(run => run.runId).sort()).toEqual(
          expected.map(run => run.runId).sort(),
        );
      }),
      { numRuns: process.env.HANDRAIL_FULL ? 2000 : 150 },
    );
  });

  it('say the same of tasks in SQL and in memory', async () => {
    const tasks = await Promise.all(
      runs.flatMap(({ runId, stepIds }) =>
        stepIds.map(async stepId => {
          const { state, spec } = await store.load(runId);
          return toTaskResource(state, spec, stepId);
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(criteriaOf(Object.keys(VALUES)), async criteria => {
        const found: Array<{ run_id: string; step_id: string }> =
          await whereCriteria(
            knex,
            knex('run_step')
              .join('run', 'run.run_id', 'run_step.run_id')
              .select('run_step.run_id', 'run_step.step_id'),
            criteria,
          );
        const expected = tasks.filter(task =>
          holds(criteria, query => matchesTask(task, query)),
        );
        expect(found.map(row => `${row.run_id}/${row.step_id}`).sort()).toEqual(
          expected.map(task => `${task.run.runId}/${task.stepId}`).sort(),
        );
      }),
      { numRuns: process.env.HANDRAIL_FULL ? 2000 : 150 },
    );
  });
});
