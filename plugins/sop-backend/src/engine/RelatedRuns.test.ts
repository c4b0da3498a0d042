import { TestDatabases } from '@backstage/backend-test-utils';
import { SopSpec, SopStep } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const work = (id: string, more: object = {}): SopStep =>
  ({ id, type: 'manual', name: id, role: 'developer', ...more } as SopStep);
const sub = (sop: string, more: object = {}): SopStep =>
  ({
    id: 'sub',
    type: 'run',
    name: `Run ${sop}`,
    sop: `sop:default/${sop}`,
    ...more,
  } as SopStep);
const withInput: Partial<SopSpec> = {
  inputs: {
    type: 'object',
    required: ['rows'],
    properties: { rows: { type: 'integer' } },
  },
};

const entities = [
  procedure('child', [
    work('dig', {
      evidence: [{ id: 'depth', kind: 'number', required: true }],
      compensation: { type: 'manual', name: 'Fill', role: 'developer' },
    }),
    work('rest'),
  ]),
  procedure('parent', [sub('child'), work('after')]),
  procedure('grandparent', [sub('parent'), work('last')]),
  procedure('wants-rows', [work('only')], withInput),
  procedure('gives-words', [sub('wants-rows', { inputs: { rows: 'many' } })]),
  procedure('about-website', [work('look')], {
    appliesTo: { kind: 'Component', 'spec.type': 'website' },
  }),
  procedure('about-shop', [
    sub('about-website', { target: 'component:default/${{ "shop" }}' }),
  ]),
  procedure('about-nothing', [sub('about-website')]),
  procedure('ping', [sub('pong')]),
  procedure('pong', [sub('ping')]),
  procedure('lost', [sub('nowhere')]),
  procedure('draft', [work('x')], { lifecycle: 'draft' }),
  procedure('calls-draft', [sub('draft')]),
  ...[1, 2, 3, 4, 5, 6].map(n =>
    procedure(`deep-${n}`, n === 6 ? [work('x')] : [sub(`deep-${n + 1}`)]),
  ),
  procedure('too-deep', [sub('deep-1')]),
];

describe.each(databases.eachSupportedId())('sub-procedures, %s', databaseId => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities,
      knex: await databases.init(databaseId),
    });
  });

  afterAll(() => harness.stop());

  async function start(sop: string, more: object = {}) {
    const started = await harness.as('dev').start(sop, more);
    expect(started.body.error).toBeUndefined();
    return started.body.runId as string;
  }

  /** The run below, once it is there. */
  async function below(runId: string): Promise<string> {
    const view = await harness
      .as('dev')
      .until(runId, one => Boolean(one.steps[0].childRun));
    return view.steps[0].childRun!.runId;
  }

  it('runs, links both ways and ends as the run below does', async () => {
    const dev = harness.as('dev');
    const runId = await start('parent', {
      targetRef: 'component:default/checkout',
    });
    const childId = await below(runId);
    const child = await dev.run(childId);
    expect(child).toMatchObject({
      initiator: 'user:default/dev',
      targetRef: 'component:default/checkout',
      parent: { runId, stepId: 'sub' },
    });
    expect((await dev.run(runId)).headline).toBe(
      'Waiting for the sub-procedure “Run child”',
    );
    await dev.act(childId, 'dig', {
      type: 'complete',
      evidence: { depth: 4 },
    });
    await dev.act(childId, 'rest', { type: 'complete' });
    const view = await dev.until(runId, one => one.steps[1].status === 'ready');
    expect(view.steps[0]).toMatchObject({
      status: 'completed',
      childRun: { runId: childId, status: 'completed' },
      output: {
        runId: childId,
        status: 'completed',
        steps: { dig: { evidence: { depth: 4 } } },
      },
    });
    for (const id of [runId, childId]) {
      const { body } = await dev.post(`/runs/${id}/verify`);
      expect(body).toMatchObject({ ok: true });
    }
  });

  it('fails with the run below, and runs it anew when tried again', async () => {
    const dev = harness.as('dev');
    const runId = await start('parent');
    const first = await below(runId);
    await dev.command(first, { type: 'cancel', reason: 'wrong place' });
    const held = await dev.until(runId, one => one.status === 'held');
    expect(held.steps[0].error?.message).toBe(
      'The run of sop:default/child was cancelled: wrong place',
    );
    await dev.act(runId, 'sub', { type: 'retry' });
    const again = await dev.until(
      runId,
      one => one.steps[0].childRun?.status === 'running',
    );
    expect(again.steps[0].childRun?.runId).not.toBe(first);
  });

  it('cancels everything below, undoing what was done when asked to', async () => {
    const dev = harness.as('dev');
    const runId = await start('grandparent');
    const parentId = await below(runId);
    const childId = await below(parentId);
    await dev.act(childId, 'dig', {
      type: 'complete',
      evidence: { depth: 1 },
    });
    await dev.command(runId, {
      type: 'cancel',
      reason: 'stop',
      compensate: true,
    });
    await dev.until(childId, one => one.status === 'cancelled');
    await dev.until(parentId, one => one.status === 'cancelled');
    expect((await dev.run(childId)).closeReason).toContain('no longer waits');
  });

  it.each([
    ['the inputs', 'gives-words', 'inputs.rows: must be integer'],
    ['the target', 'about-nothing', 'This procedure is about an entity'],
  ])('holds the run when %s of the run below are wrong', async (...args) => {
    const [, sop, message] = args;
    const runId = await start(sop);
    const view = await harness
      .as('dev')
      .until(runId, one => one.status === 'held');
    expect(view.steps[0].error?.message).toContain(message);
  });

  it('is about another entity when the step names one', async () => {
    const runId = await start('about-shop');
    const child = await harness.as('dev').run(await below(runId));
    expect(child.targetRef).toBe('component:default/shop');
  });

  it.each([
    ['a circle', 'ping', 400, 'sop:default/ping → sop:default/pong → sop'],
    ['too many levels', 'too-deep', 400, 'at most 5 levels below'],
    ['an unknown procedure', 'lost', 404, 'sop:default/nowhere'],
    ['a draft', 'calls-draft', 400, 'steps[0].sop: No revision is in force'],
  ])('starts nothing with %s', async (_, sop, status, message) => {
    const dev = harness.as('dev');
    const before = (await dev.get('/runs')).body.items.length;
    const refused = await dev.start(sop);
    expect(refused.status).toBe(status);
    expect(refused.body.error.message).toContain(message);
    expect((await dev.get('/runs')).body.items).toHaveLength(before);
  });
});
