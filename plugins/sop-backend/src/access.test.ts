import { TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SOP_RUN,
  RunView,
  sopRunReadPermission,
  SopSpec,
  sopTaskReadPermission,
  sopTaskVotePermission,
} from '@handrail/plugin-sop-common';
import {
  createSopRunConditionalDecision,
  createSopTaskConditionalDecision,
  sopRunConditions,
  sopTaskConditions,
} from '@handrail/plugin-sop-node';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

const steps: SopSpec['steps'] = [
  { id: 'write', type: 'manual', name: 'Write', role: 'developer' },
  {
    id: 'review',
    type: 'approval',
    name: 'Review',
    role: 'reviewer',
    excludedOwners: ['initiator'],
    reason: 'optional',
  },
];
const open = procedure('open', steps);
const secret = procedure('secret', steps, {
  owner: 'group:default/operators',
  appliesTo: { kind: 'Component' },
});

/** Operators and initiators see runs of secret procedures; nobody else does. */
const policy: PermissionPolicy = {
  async handle({ permission }, user): Promise<PolicyDecision> {
    const claims = user?.info.ownershipEntityRefs ?? [];
    if (isPermission(permission, sopTaskReadPermission)) {
      return createSopTaskConditionalDecision(permission, {
        not: sopTaskConditions.isExcludedOwner({ claims }),
      });
    }
    if (isPermission(permission, sopTaskVotePermission)) {
      return createSopTaskConditionalDecision(permission, {
        anyOf: [
          sopTaskConditions.isPotentialOwner({ claims }),
          sopTaskConditions.hasSop({ sopRefs: ['sop:default/open'] }),
        ],
      });
    }
    if (isResourcePermission(permission, RESOURCE_TYPE_SOP_RUN)) {
      return createSopRunConditionalDecision(permission, {
        anyOf: [
          { not: sopRunConditions.hasSop({ sopRefs: ['sop:default/secret'] }) },
          sopRunConditions.isSopOwner({ claims }),
          sopRunConditions.isInitiator({ userRefs: claims }),
        ],
      });
    }
    return { result: AuthorizeResult.ALLOW };
  },
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())('a conditional policy on %p', id => {
  let harness: Harness;
  let visible: RunView;
  let hidden: RunView;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [open, secret],
      knex: await databases.init(id),
      policy,
    });
    visible = (await harness.as('dev2').start('open')).body;
    const response = await harness
      .as('dev2')
      .start('secret', { targetRef: 'component:default/checkout' })
      .expect(201);
    hidden = response.body;
  });

  afterAll(() => harness.stop());

  const listed = async (name: string, query = '') =>
    (await harness.as(name).get(`/runs${query}`)).body.items.map(
      (run: RunView) => run.sopRef,
    );

  it('decides what a list of runs shows', async () => {
    expect(await listed('dev2')).toEqual([
      'sop:default/secret',
      'sop:default/open',
    ]);
    expect(await listed('op')).toHaveLength(2);
    expect(await listed('dev')).toEqual(['sop:default/open']);
    expect(
      await listed('dev', '?status=running&sopRef=sop%3Adefault%2Fsecret'),
    ).toEqual([]);
  });

  it('decides what the procedures of an entity tell about runs', async () => {
    const of = async (name: string) =>
      (
        await harness
          .as(name)
          .get('/procedures/by-entity?entityRef=component%3Adefault%2Fcheckout')
      ).body.items[0];
    expect(await of('op')).toMatchObject({
      openRuns: 1,
      latestRun: { runId: hidden.runId },
    });
    const other = await of('dev');
    expect(other).toMatchObject({ openRuns: 0 });
    expect(other.latestRun).toBeUndefined();
  });

  it('lets a run that may not be seen not exist', async () => {
    const dev = harness.as('dev');
    const paths = [`/runs/${hidden.runId}`, `/runs/${hidden.runId}/journal`];
    for (const path of paths) {
      expect((await dev.get(path)).status).toBe(404);
      expect((await harness.as('op').get(path)).status).toBe(200);
    }
    expect((await dev.post(`/runs/${hidden.runId}/verify`)).status).toBe(404);
    const command = await dev.command(hidden.runId, {
      type: 'claim',
      stepId: 'write',
      taskVersion: hidden.steps[0].version,
    });
    expect(command.status).toBe(404);
    const unknown = await dev.get('/runs/unknown');
    const denied = await dev.get(`/runs/${hidden.runId}`);
    expect(denied.body.error.message.replace(hidden.runId, 'unknown')).toBe(
      unknown.body.error.message,
    );
  });

  it('decides what lists and counts of tasks show', async () => {
    // Both runs wait for developers; only one of them may be seen by dev.
    const tasks = await harness.as('dev').tasks('groups');
    expect(tasks.map(task => task.runId)).toEqual([visible.runId]);
    expect((await harness.as('dev').get('/tasks/count')).body).toEqual({
      me: 0,
      groups: 1,
    });
    expect((await harness.as('dev2').get('/tasks/count')).body).toEqual({
      me: 0,
      groups: 2,
    });
  });

  it('decides single acts, and what pages offer', async () => {
    const { runId } = (
      await harness.as('op').start('secret', {
        targetRef: 'component:default/checkout',
      })
    ).body as RunView;
    // Not seen by the developers, so by nobody who could do it but a service.
    const service = await harness.asService().run(runId);
    expect(service.steps[0].status).toBe('ready');
    await harness.as('dev2').act(hidden.runId, 'write', { type: 'complete' });
    const seen = await harness.as('op').run(hidden.runId);
    expect(seen.steps[1].act?.allowed).toBe(false);
    const vote = await harness.as('op').command(hidden.runId, {
      type: 'vote',
      stepId: 'review',
      decision: 'approve',
      taskVersion: seen.steps[1].version,
    });
    expect(vote.status).toBe(403);
    expect(vote.body.error.message).toBe(
      'You may not vote in approvals here: the permission sop.task.vote is granted to you under conditions that this task does not meet.',
    );
  });

  it('resolves conditions for the permission back end', async () => {
    const ask = async (resourceRef: string, decision: object) => {
      const response = await harness
        .asService()
        .post('/.well-known/backstage/permissions/apply-conditions', {
          items: [{ id: '1', resourceRef, ...decision }],
        });
      expect(response.body).not.toHaveProperty('error');
      return response.body.items[0].result;
    };
    const owned = (ref: string) =>
      createSopRunConditionalDecision(
        sopRunReadPermission,
        sopRunConditions.isSopOwner({ claims: [ref] }),
      );
    expect(await ask(hidden.runId, owned('group:default/operators'))).toBe(
      'ALLOW',
    );
    expect(await ask(hidden.runId, owned('group:default/leads'))).toBe('DENY');
    expect(await ask('unknown', owned('group:default/leads'))).toBe('DENY');
    const reviewer = createSopTaskConditionalDecision(
      sopTaskVotePermission,
      sopTaskConditions.isPotentialOwner({
        claims: ['group:default/reviewers'],
      }),
    );
    expect(await ask(`${hidden.runId}/review`, reviewer)).toBe('ALLOW');
    expect(await ask(`${hidden.runId}/write`, reviewer)).toBe('DENY');
  });

  it('tells policies which rules there are', async () => {
    const { body } = await harness
      .asService()
      .get('/.well-known/backstage/permissions/metadata');
    const rules = body.rules.map(
      (rule: { name: string; resourceType: string }) =>
        `${rule.resourceType} ${rule.name}`,
    );
    expect(rules).toEqual(
      expect.arrayContaining([
        'sop-run IS_INITIATOR',
        'sop-run HAS_TARGET_KIND',
        'sop-task IS_EXCLUDED_OWNER',
      ]),
    );
    // An empty schema would accept any parameters.
    for (const rule of body.rules) {
      expect(Object.keys(rule.paramsSchema.properties)).toHaveLength(1);
    }
  });
});
