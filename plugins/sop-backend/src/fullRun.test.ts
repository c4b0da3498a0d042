import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { StepView } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

/** One of every type of step. */
const everything: Entity = procedure(
  'everything',
  [
    {
      id: 'write',
      type: 'manual',
      name: 'Write the change',
      role: 'developer',
      instructions: 'For ${{ inputs.ticket }} of ${{ target.name }}',
      evidence: [
        { id: 'link', kind: 'url', required: true },
        { id: 'rows', kind: 'number', integer: true, minimum: 1 },
      ],
      compensation: { type: 'manual', name: 'Undo it', role: 'developer' },
    },
    {
      id: 'review',
      type: 'approval',
      name: 'Peer review',
      role: 'reviewer',
      question: 'Is ${{ steps.write.evidence.link }} right?',
      quorum: 2,
      reason: 'on-reject',
      excludedOwners: ['actor:write'],
      onReject: { returnTo: 'write' },
    },
    {
      id: 'how',
      type: 'switch',
      name: 'How urgent',
      cases: [
        {
          name: 'Urgent',
          if: 'inputs.urgent',
          steps: [
            {
              id: 'page',
              type: 'manual',
              name: 'Page somebody',
              role: 'initiator',
            },
          ],
        },
      ],
      default: {
        steps: [
          { id: 'soak', type: 'wait', name: 'Let it soak', duration: 'PT1S' },
        ],
      },
    },
    {
      id: 'both',
      type: 'parallel',
      name: 'At the same time',
      branches: [
        {
          name: 'Measure',
          steps: [
            {
              id: 'measure',
              type: 'check',
              name: 'Measure',
              action: 'test:measure',
              expect: 'output.value == 7',
            },
          ],
        },
        {
          name: 'Apply',
          steps: [
            {
              id: 'apply',
              type: 'action',
              name: 'Apply',
              action: 'test:apply',
              input: { rows: '${{ steps.write.evidence.rows }}' },
            },
          ],
        },
      ],
    },
    {
      id: 'hand',
      type: 'handoff',
      name: 'Hand over',
      role: 'operator',
      question: 'Take over ${{ target.name }}',
    },
  ],
  {
    appliesTo: { kind: 'Component', 'spec.type': 'service' },
    runTitle: 'Change ${{ inputs.ticket }}',
    inputs: {
      type: 'object',
      required: ['ticket'],
      properties: {
        ticket: { type: 'string', pattern: '^[A-Z]+-[0-9]+$' },
        urgent: { type: 'boolean', default: false },
      },
    },
  },
);

const databases = TestDatabases.create({
  ids: ['SQLITE_3', 'POSTGRES_18'],
});

describe.each(databases.eachSupportedId())('a whole run, %s', databaseId => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [everything],
      knex: await databases.init(databaseId),
    });
    harness.actions.register({
      name: 'measure',
      title: 'Measure',
      description: 'Measures',
      attributes: { readOnly: true },
      schema: {
        input: z => z.object({}),
        output: z => z.object({ value: z.number() }),
      },
      action: async () => ({ output: { value: 7 } }),
    });
    harness.actions.register({
      name: 'apply',
      title: 'Apply',
      description: 'Applies',
      schema: {
        input: z => z.object({ rows: z.number() }),
        output: z => z.object({ applied: z.number() }),
      },
      action: async ({ input }) => ({ output: { applied: input.rows } }),
    });
  });

  afterAll(() => harness.stop());

  const step = (run: { steps: StepView[] }, id: string) =>
    run.steps.find(one => one.id === id);

  it('goes from start to end by several people', async () => {
    const [dev, rev1, rev2, op] = ['dev', 'rev1', 'rev2', 'op'].map(name =>
      harness.as(name),
    );

    const governing = await dev.get(
      '/procedures/by-entity?entityRef=component%3Adefault%2Fcheckout',
    );
    expect(governing.body.items).toEqual([
      expect.objectContaining({
        sopRef: 'sop:default/everything',
        number: 'SOP-900',
        canStart: { allowed: true },
        openRuns: 0,
      }),
    ]);

    const started = await dev.start('everything', {
      targetRef: 'component:default/checkout',
      inputs: { ticket: 'OPS-1' },
    });
    expect(started.body).not.toHaveProperty('error');
    expect(started.status).toBe(201);
    const { runId } = started.body;
    expect(started.body).toMatchObject({
      title: 'Change OPS-1',
      status: 'running',
      sopTitle: 'Procedure everything',
      number: 'SOP-900',
      inputs: { ticket: 'OPS-1', urgent: false },
      targetRef: 'component:default/checkout',
      targetTitle: 'Checkout',
      headline: 'Waiting for developers to do “Write the change”',
      permits: { cancel: { allowed: true }, fail: { allowed: false } },
    });
    expect(step(started.body, 'write')).toMatchObject({
      status: 'ready',
      instructions: 'For OPS-1 of checkout',
      act: { allowed: true },
    });

    expect(await harness.as('dev2').tasks('groups')).toEqual([
      expect.objectContaining({
        runId,
        stepId: 'write',
        asked: 'Do: Write the change',
        hasEvidence: true,
        through: 'group:default/developers',
      }),
    ]);
    await dev.act(runId, 'write', { type: 'claim' });
    expect(await harness.as('dev2').tasks('groups')).toEqual([]);
    const count = await dev.get('/tasks/count');
    expect(count.body).toEqual({ me: 1, groups: 0 });

    let run = await dev.act(runId, 'write', {
      type: 'complete',
      evidence: { link: 'https://git.test/1', rows: 3 },
    });
    expect(step(run, 'review')).toMatchObject({
      status: 'ready',
      question: 'Is https://git.test/1 right?',
      quorum: '2 of 2 must approve',
      required: 2,
      reasonRule: 'on-reject',
      excludedOwners: ['user:default/dev'],
      act: {
        allowed: false,
        reason:
          'You may not approve this: you did “Write the change”. Ask reviewers.',
      },
    });

    await rev1.act(runId, 'review', { type: 'vote', decision: 'approve' });
    run = await rev2.act(runId, 'review', {
      type: 'vote',
      decision: 'reject',
      reason: 'No test',
    });
    expect(step(run, 'write')).toMatchObject({ status: 'ready', attempt: 2 });
    await dev.act(runId, 'write', {
      type: 'complete',
      evidence: { link: 'https://git.test/2', rows: 3 },
    });
    await rev1.act(runId, 'review', { type: 'vote', decision: 'approve' });
    run = await rev2.act(runId, 'review', {
      type: 'vote',
      decision: 'approve',
    });
    expect(step(run, 'page')).toMatchObject({ status: 'skipped' });
    expect(step(run, 'soak')).toMatchObject({
      status: 'running',
      dueAt: expect.any(String),
    });

    run = await dev.until(runId, one => step(one, 'hand')?.status === 'ready');
    expect(step(run, 'measure')).toMatchObject({ output: { value: 7 } });
    expect(step(run, 'apply')).toMatchObject({ output: { applied: 3 } });
    run = await op.act(runId, 'hand', { type: 'accept' });
    expect(run).toMatchObject({
      status: 'completed',
      headline: 'Completed',
      permits: {
        cancel: { allowed: false, reason: 'The run is over (completed).' },
      },
    });
    expect(run.timeline[run.timeline.length - 1]).toMatchObject({
      seq: 1,
      actor: 'user:default/dev',
      text: 'started the run',
    });

    const journal = await op.get(`/runs/${runId}/journal?limit=3`);
    expect(journal.body.items.map((one: { seq: number }) => one.seq)).toEqual([
      1, 2, 3,
    ]);
    expect(journal.body.items[0].prevHash).toBe(journal.body.genesis);
    const verified = await op.post(`/runs/${runId}/verify`);
    expect(verified.body).toMatchObject({ ok: true, events: run.version });

    const list = await op.get('/runs?status=completed&limit=5');
    expect(list.body.items).toEqual([
      expect.objectContaining({ runId, headline: 'Completed' }),
    ]);
    expect(
      (await op.get('/runs?status=held&status=failed')).body.items,
    ).toEqual([]);
    // Once in each round of the review.
    const done = { runId, stepId: 'review', outcome: 'approved' };
    expect(await rev1.tasks('done')).toEqual([
      expect.objectContaining(done),
      expect.objectContaining(done),
    ]);
  });

  it('tells people, browsers and nobody else', async () => {
    const { notifications, signals } = harness;
    const told = (title: string) =>
      notifications.find(one => one.payload.title.startsWith(title));
    // Delivered behind the commands.
    for (let i = 0; i < 100 && !told('Completed:'); i++) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    const review = told('Is https://git.test/1 right?');
    expect(review).toEqual({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/reviewers'],
        excludeEntityRef: ['user:default/dev'],
      },
      payload: expect.objectContaining({
        link: expect.stringMatching(/^\/sops\/runs\/[\w-]+\?step=review$/),
        scope: expect.stringMatching(/^sop:task:[\w-]+:review$/),
      }),
    });
    expect(
      notifications.filter(one => one.payload.title.startsWith('Completed:')),
    ).toHaveLength(1);
    expect(
      new Set(
        signals.map(one => one.channel.replace(/(run|procedure):.*/, '$1')),
      ),
    ).toEqual(new Set(['sop:procedure', 'sop:run', 'sop:runs', 'sop:tasks']));
    expect(signals.every(one => one.recipients.type === 'user')).toBe(true);
  });

  it('cancels with compensation', async () => {
    const dev = harness.as('dev');
    const started = await dev.start('everything', {
      targetRef: 'component:default/checkout',
      inputs: { ticket: 'OPS-2', urgent: true },
    });
    expect(started.body).not.toHaveProperty('error');
    const { runId } = started.body;
    await dev.act(runId, 'write', {
      type: 'complete',
      evidence: { link: 'https://git.test/1', rows: 1 },
    });
    const cancelled = await dev.command(runId, {
      type: 'cancel',
      reason: 'Not needed',
      compensate: true,
    });
    expect(cancelled.body.status).toBe('compensating');
    expect(step(cancelled.body, 'compensate:write')).toMatchObject({
      status: 'ready',
      compensates: 'write',
    });
    const run = await dev.act(runId, 'compensate:write', { type: 'complete' });
    expect(run).toMatchObject({
      status: 'compensated',
      headline: 'Rolled back: Not needed',
    });
  });
});
