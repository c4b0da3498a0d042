import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { SopPolicySpec } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';
import { databaseIds } from '../database/__testUtils__/fixtures';

jest.setTimeout(60_000);

function policy(name: string, spec: Partial<SopPolicySpec>): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOPPolicy',
    metadata: { name, namespace: 'default', title: `Policy ${name}` },
    spec: {
      owner: 'group:default/developers',
      targets: { kind: 'Component', 'spec.type': 'service' },
      ...spec,
    } as unknown as Entity['spec'],
  };
}

const release = procedure(
  'release',
  [
    { id: 'notes', type: 'manual', name: 'Notes', role: 'developer' },
    {
      id: 'go',
      type: 'approval',
      name: 'Go',
      role: 'reviewer',
      reason: 'optional',
    },
  ],
  { appliesTo: { kind: 'Component' } },
);

const notes = {
  type: 'complete',
  stepId: 'notes',
};

describe('policies of resource owners', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });
  let harness: Harness | undefined;
  let database: Knex | undefined;

  afterEach(async () => {
    await harness?.stop();
    harness = undefined;
  });

  async function start(
    entities: Entity[],
    id = databases.eachSupportedId()[0][0],
  ) {
    database = await databases.init(id);
    harness = await startHarness({
      entities: [release, ...entities],
      knex: database,
    });
    return harness;
  }

  async function run(one: Harness, target = 'component:default/checkout') {
    const started = await one.as('dev').post('/runs', {
      commandId: `start-${Math.random()}`,
      sopRef: 'sop:default/release',
      targetRef: target,
    });
    expect(started.status).toBe(201);
    return started.body.runId as string;
  }

  async function send(
    one: Harness,
    who: string,
    runId: string,
    command: { stepId: string; [key: string]: unknown },
  ) {
    const { body } = await one.as(who).get(`/runs/${runId}`);
    const step = body.steps.find(
      (each: { id: string }) => each.id === command.stepId,
    );
    return one.as(who).post(`/runs/${runId}/commands`, {
      commandId: `command-${Math.random()}`,
      command: { taskVersion: step.version, ...command },
    });
  }

  it.each(databases.eachSupportedId())(
    'binds a run on what its owner owns, and is on record, on %p',
    async id => {
      const one = await start(
        [policy('two', { minQuorum: 2, requireReason: true })],
        id,
      );
      const knex = database as Knex;
      const runId = await run(one);
      await send(one, 'dev', runId, notes);
      const vote = { type: 'vote', stepId: 'go', decision: 'approve' };
      const silent = await send(one, 'rev1', runId, vote);
      expect(silent.status).toBe(400);
      expect(silent.body.error.message).toContain('A reason is required');
      const first = await send(one, 'rev1', runId, { ...vote, reason: 'ok' });
      expect(first.body.status).toBe('running');
      const go = first.body.steps[1];
      expect(go).toMatchObject({
        status: 'ready',
        required: 2,
        policies: [
          {
            ref: 'soppolicy:default/two',
            title: 'Policy two',
            owner: 'group:default/developers',
            demands: [
              'At least 2 approvals needed.',
              'Every vote needs a reason.',
            ],
          },
        ],
      });
      const second = await send(one, 'rev2', runId, { ...vote, reason: 'ok' });
      expect(second.body.status).toBe('completed');

      const { body: journal } = await one
        .as('dev')
        .get(`/runs/${runId}/journal`);
      const [{ hash }] = go.policies;
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      const under = journal.items
        .filter((event: { data: object }) => 'policies' in event.data)
        .map((event: { type: string; data: { policies: string[] } }) => [
          event.type,
          event.data.policies,
        ]);
      expect(under).toEqual([
        ['run.started', [hash]],
        ['step.started', [hash]],
        ['vote.cast', [hash]],
        ['vote.cast', [hash]],
        ['step.completed', [hash]],
      ]);
      const verify = async () =>
        (await one.as('dev').post(`/runs/${runId}/verify`, {})).body;
      expect((await verify()).ok).toBe(true);

      // Somebody with access to the database makes the policy say less.
      await knex('sop_policy').update({ spec: '{"minQuorum":1}' });
      expect(await verify()).toMatchObject({
        ok: false,
        reason: 'policy-edited',
        seq: 1,
      });
      await knex('sop_policy').delete();
      expect(await verify()).toMatchObject({ reason: 'policy-missing' });
    },
  );

  it('binds nobody on what its owner does not own, and says so', async () => {
    const one = await start([
      policy('foreign', { owner: 'group:default/operators', minQuorum: 3 }),
      policy('own', { excludedOwners: ['group:default/operators'] }),
    ]);
    const { body } = await one
      .as('dev')
      .get('/policies/by-entity?entityRef=component%3Adefault%2Fcheckout');
    expect(body.items).toEqual([
      expect.objectContaining({
        policyRef: 'soppolicy:default/own',
        inForce: true,
        demands: ['May not act: group:default/operators.'],
      }),
      expect.objectContaining({
        policyRef: 'soppolicy:default/foreign',
        inForce: false,
        reason:
          'Not in force, because group:default/operators, who own the policy, own neither component:default/checkout nor its system or domain. group:default/developers can make one.',
      }),
    ]);
    const runId = await run(one);
    const { body: view } = await one.as('dev').get(`/runs/${runId}`);
    expect(view.steps[1].policies).toMatchObject([
      { ref: 'soppolicy:default/own' },
    ]);
  });

  it('binds through the owner of the system and groups above', async () => {
    const system: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: { name: 'money', namespace: 'default' },
      spec: { owner: 'group:default/reviewers' },
    };
    const part: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'ledger', namespace: 'default' },
      spec: {
        type: 'service',
        owner: 'group:default/developers',
        system: 'money',
      },
    };
    const one = await start([
      system,
      part,
      policy('above', { owner: 'group:default/leads', minQuorum: 2 }),
    ]);
    const ask = (name: string) =>
      one
        .as('dev')
        .get(`/policies/by-entity?entityRef=component%3Adefault%2F${name}`);
    expect((await ask('ledger')).body.items[0].inForce).toBe(true);
    expect((await ask('checkout')).body.items[0].inForce).toBe(false);
    const targets = await one
      .as('dev')
      .get('/policies/targets?policyRef=soppolicy%3Adefault%2Fabove');
    expect(
      targets.body.items.map(
        (item: { entityRef: string; inForce: boolean }) => [
          item.entityRef,
          item.inForce,
        ],
      ),
    ).toEqual([
      ['component:default/checkout', false],
      ['component:default/ledger', true],
    ]);
  });

  it('says that a policy is about nothing', async () => {
    const one = await start([
      policy('nothing', { targets: { kind: 'Robot' }, minQuorum: 2 }),
    ]);
    const { body } = await one
      .as('dev')
      .get('/policies/targets?policyRef=soppolicy%3Adefault%2Fnothing');
    expect(body).toEqual({ items: [], total: 0 });
  });

  it('leaves out those whom policies exclude, from votes and from inboxes', async () => {
    const one = await start([
      policy('apart', { excludedOwners: ['group:default/developers'] }),
    ]);
    const runId = await run(one);
    await send(one, 'dev', runId, notes);
    const refused = await send(one, 'dev', runId, {
      type: 'vote',
      stepId: 'go',
      decision: 'approve',
    });
    expect(refused.status).toBe(403);
    const { body } = await one.as('dev').get('/tasks?scope=groups');
    expect(body.items).toEqual([]);
    expect(
      (await one.as('rev1').get('/tasks?scope=groups')).body.items,
    ).toHaveLength(1);
  });

  it('needs its permission, and refs that mean something', async () => {
    const one = await start([policy('two', { minQuorum: 2 })]);
    const get = (path: string) => one.as('dev').get(path);
    expect((await get('/policies/by-entity?entityRef=x')).status).toBe(400);
    expect(
      (await get('/policies/by-entity?entityRef=component%3Adefault%2Fno'))
        .status,
    ).toBe(404);
    expect(
      (await get('/policies/targets?policyRef=component%3Adefault%2Fcheckout'))
        .status,
    ).toBe(400);
    one.denied.add('sop.run.read');
    expect(
      (await get('/policies/targets?policyRef=soppolicy%3Adefault%2Ftwo'))
        .status,
    ).toBe(403);
  });
});

describe('the change gate and policies', () => {
  let harness: Harness | undefined;

  afterEach(async () => {
    await harness?.stop();
    harness = undefined;
  });

  const always = {
    effect: 'deny' as const,
    duration: 'P1D',
    timezone: 'Etc/UTC',
  };
  const gate = (one: Harness) =>
    one.as('dev').get('/gate?entityRef=component%3Adefault%2Fcheckout');

  it('closes in a denied window, and says when it opens and who can help', async () => {
    const now = new Date();
    harness = await startHarness({
      entities: [
        policy('freeze', {
          windows: [
            {
              ...always,
              name: 'today',
              rrule: `FREQ=YEARLY;BYMONTH=${
                now.getUTCMonth() + 1
              };BYMONTHDAY=${now.getUTCDate()}`,
            },
          ],
        }),
      ],
    });
    const { body } = await gate(harness);
    const tomorrow = new Date(
      Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1),
    ).toISOString();
    expect(body).toMatchObject({
      allowed: false,
      opensAt: tomorrow,
      sentence:
        'Checkout must not be changed now. The policy Policy freeze denies it in the window “today”.',
      reasons: [
        {
          source: 'Policies',
          code: 'policy-window',
          until: tomorrow,
          unblockers: ['group:default/developers'],
          href: '/catalog/default/soppolicy/freeze',
        },
      ],
    });
  });

  it('stays open for a policy of somebody who does not own it', async () => {
    harness = await startHarness({
      entities: [
        policy('foreign', {
          owner: 'group:default/operators',
          windows: [{ ...always, name: 'daily', rrule: 'FREQ=DAILY' }],
        }),
      ],
    });
    expect((await gate(harness)).body).toMatchObject({
      allowed: true,
      reasons: [],
    });
  });
});

describe('a forecast', () => {
  let harness: Harness | undefined;

  afterEach(async () => {
    await harness?.stop();
    harness = undefined;
  });

  const ask = (one: Harness, body: object = {}, who = 'dev') =>
    one.as(who).post('/procedures/sop%3Adefault%2Frelease/simulation', {
      targetRef: 'component:default/checkout',
      startAt: '2026-11-05T09:00:00.000Z',
      ...body,
    });

  it('tells people, policies and the earliest end, and writes nothing', async () => {
    harness = await startHarness({
      entities: [
        release,
        policy('two', { minQuorum: 2, excludedOwners: ['initiator'] }),
      ],
    });
    const { body } = await ask(harness);
    expect(body).toMatchObject({
      outcome: 'completed',
      startsAt: '2026-11-05T09:00:00.000Z',
      finishesAt: '2026-11-05T09:30:00.000Z',
    });
    expect(body.steps[1]).toMatchObject({
      beginsAt: '2026-11-05T09:15:00.000Z',
      people: {
        eligible: ['user:default/rev1', 'user:default/rev2'],
        excluded: [{ ref: 'user:default/dev' }],
        required: 2,
      },
      policies: [
        'Policy two: At least 2 approvals needed.',
        'Policy two: May not act: who started the run.',
      ],
    });
    expect((await harness.as('dev').get('/runs')).body.items).toEqual([]);
  });

  it('says who is missing', async () => {
    harness = await startHarness({
      entities: [release, policy('four', { minQuorum: 4 })],
    });
    const { body } = await ask(harness);
    expect(body.outcome).toBe('stuck');
    expect(body.finishesAt).toBeUndefined();
    expect(body.reason).toContain('“Go” needs 4 people, but 3 may act.');
  });

  it('is for those who may start runs, and refuses what makes no sense', async () => {
    harness = await startHarness({ entities: [release] });
    const bad = await ask(harness, { assumptions: { person: 'soon' } });
    expect(bad.status).toBe(400);
    expect(bad.body.error.problems[0].path).toBe('assumptions.person');
    expect((await ask(harness, { targetRef: undefined })).status).toBe(400);
    expect((await ask(harness, { nothing: 1 })).status).toBe(400);
    harness.denied.add('sop.run.create');
    expect((await ask(harness)).status).toBe(403);
  });
});
