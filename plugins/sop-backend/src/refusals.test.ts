import { ConfigReader } from '@backstage/config';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { RunView, SopSpec } from '@handrail/plugin-sop-common';
import { Harness, procedure, startHarness } from './__testUtils__/harness';
import { readSopConfig } from './config';

jest.setTimeout(60_000);

const steps: SopSpec['steps'] = [
  {
    id: 'write',
    type: 'manual',
    name: 'Write it',
    role: 'developer',
    evidence: [
      { id: 'note', kind: 'text', required: true, maxLength: 20 },
      { id: 'log', kind: 'text', maxLength: 65536 },
    ],
  },
  {
    id: 'review',
    type: 'approval',
    name: 'Review',
    role: 'reviewer',
    excludedOwners: ['actor:write'],
  },
];

const plain = procedure('plain', steps, {
  inputs: {
    type: 'object',
    required: ['ticket'],
    properties: {
      ticket: { type: 'string', pattern: '^[A-Z]+-[0-9]+$' },
      level: { type: 'string', enum: ['low', 'high'] },
      nested: {
        type: 'object',
        properties: { n: { type: 'number' } },
        additionalProperties: false,
      },
    },
  },
});
const only = procedure('services', steps, {
  appliesTo: { kind: 'Component', 'spec.type': 'service' },
});
const draft = procedure('draft', steps, { lifecycle: 'draft' });
const later = procedure('later', steps, {
  document: { number: 'SOP-1', revision: '1', effectiveFrom: '2999-01-01' },
});
const forbidden = procedure('forbidden', [
  {
    id: 'all',
    type: 'action',
    name: 'Anything',
    action: 'catalog:unregister-entity',
  },
]);
const invalid: Entity = procedure('invalid', [
  { ...steps[0], role: 'nobody' } as SopSpec['steps'][number],
]);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('refusals', () => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [plain, only, draft, later, forbidden, invalid],
      knex: await databases.init('SQLITE_3'),
    });
  });

  beforeEach(() => {
    harness.denied.clear();
  });

  afterAll(() => harness.stop());

  async function startPlain(by = 'dev'): Promise<RunView> {
    const response = await harness
      .as(by)
      .start('plain', { inputs: { ticket: 'A-1' } });
    expect(response.body.error).toBeUndefined();
    return response.body;
  }

  async function startReviewed(): Promise<RunView> {
    const { runId } = await startPlain('op');
    return harness.as('dev').act(runId, 'write', {
      type: 'complete',
      evidence: { note: 'done' },
    });
  }

  const versionOf = (run: RunView, stepId: string) =>
    run.steps.find(step => step.id === stepId)?.version;

  async function journalLength(runId: string): Promise<number> {
    const response = await harness.as('dev').get(`/runs/${runId}/journal`);
    return response.body.items.length;
  }

  /** Of an attempt that is more than reading. */
  const lastAudit = () => {
    const attempts = harness.audits.filter(
      ({ event }) => event.severityLevel !== 'low',
    );
    return attempts[attempts.length - 1];
  };

  describe('to start', () => {
    const ticket = { ticket: 'A-1' };
    it.each<[string, object, number, string, string[]]>([
      [
        'no such procedure',
        { sopRef: 'sop:default/none' },
        404,
        'There is no procedure "sop:default/none", or you may not see it',
        [],
      ],
      [
        'not a procedure',
        { sopRef: 'component:default/checkout' },
        400,
        'This is not a procedure',
        ['sopRef'],
      ],
      [
        'not a ref',
        { sopRef: '::' },
        400,
        'This is not an entity ref',
        ['sopRef'],
      ],
      [
        'a draft',
        { sopRef: 'sop:default/draft' },
        400,
        'No revision is in force. Revision 1 is a draft: its author wrote spec.lifecycle: draft. It can be rehearsed.',
        ['sopRef'],
      ],
      [
        'one not in force yet',
        { sopRef: 'sop:default/later' },
        400,
        'Revision 1 comes into force on 2999-01-01.',
        ['sopRef'],
      ],
      [
        'an action that steps may not use',
        { sopRef: 'sop:default/forbidden' },
        400,
        '“Anything” uses catalog:unregister-entity',
        ['sopRef'],
      ],
      [
        'an invalid procedure',
        { sopRef: 'sop:default/invalid' },
        400,
        'This procedure is not valid',
        ['spec.steps[0].role'],
      ],
      [
        'no target',
        { sopRef: 'sop:default/services' },
        400,
        'This procedure is about an entity',
        ['targetRef'],
      ],
      [
        'a target that does not exist',
        {
          sopRef: 'sop:default/services',
          targetRef: 'component:default/none',
        },
        404,
        'There is no entity "component:default/none"',
        [],
      ],
      [
        'a target that does not match',
        {
          sopRef: 'sop:default/services',
          targetRef: 'component:default/shop',
        },
        400,
        'This procedure does not govern that entity',
        ['targetRef'],
      ],
      [
        'inputs of the wrong kind',
        { inputs: { ticket: 'no', level: 'mid', nested: { n: 'x' } } },
        400,
        'The inputs are not acceptable',
        ['inputs.ticket', 'inputs.level', 'inputs.nested.n'],
      ],
      ['a missing input', {}, 400, 'required', ['inputs.ticket']],
      [
        'unknown inputs',
        { inputs: { ...ticket, tikcet: 'x', nested: { m: 1 } } },
        400,
        'this procedure has no such input',
        ['inputs.tikcet', 'inputs.nested.m'],
      ],
      [
        'inputs that are too large',
        { inputs: { ticket: 'x'.repeat(100_001) } },
        400,
        'The inputs are too large',
        ['inputs'],
      ],
      [
        'an unknown field',
        { inputs: ticket, priority: 1 },
        400,
        'must NOT have additional properties',
        [],
      ],
      ['a short command id', { commandId: 'x' }, 400, 'fewer than 8', []],
    ])('%s', async (_, body, status, message, paths) => {
      const dev = harness.as('dev');
      const before = (await dev.get('/runs')).body.items.length;
      const response = await dev.start('plain', body);
      expect(response.body.error?.message).toContain(message);
      expect(response.status).toBe(status);
      expect(
        (response.body.error.problems ?? []).map(
          (problem: { path: string }) => problem.path,
        ),
      ).toEqual(paths);
      expect((await dev.get('/runs')).body.items).toHaveLength(before);
    });

    it('a request that is too large', async () => {
      const response = await harness
        .as('dev')
        .start('plain', { inputs: { ticket: 'x'.repeat(600_000) } });
      expect(response.status).toBe(413);
    });

    it('audits what it refuses', async () => {
      await harness.as('dev').start('draft');
      expect(lastAudit()).toMatchObject({
        outcome: 'InputError',
        event: {
          eventId: 'run',
          severityLevel: 'medium',
          meta: { actionType: 'create', sopRef: 'sop:default/draft' },
        },
      });
    });
  });

  it('starts once for one command id', async () => {
    const dev = harness.as('dev');
    const body = { commandId: 'twice-or-more', inputs: { ticket: 'A-1' } };
    const first = await dev.start('plain', body);
    const second = await dev.start('plain', body);
    expect(second.body.runId).toBe(first.body.runId);
    const other = await harness.as('op').start('plain', body);
    expect(other.body.runId).not.toBe(first.body.runId);
  });

  it('carries out a command id once and answers alike', async () => {
    const run = await startPlain();
    const dev = harness.as('dev');
    const command = {
      type: 'claim',
      stepId: 'write',
      taskVersion: versionOf(run, 'write'),
    };
    const first = await dev.command(run.runId, command, 'claim-it-once');
    const second = await dev.command(run.runId, command, 'claim-it-once');
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.version).toBe(first.body.version);
    const other = await harness
      .as('dev2')
      .command(run.runId, command, 'claim-it-once');
    expect(other.status).toBe(409);
  });

  it('tells with a conflict what has changed', async () => {
    const run = await startPlain();
    const taskVersion = versionOf(run, 'write');
    await harness.as('dev').act(run.runId, 'write', { type: 'claim' });
    const length = await journalLength(run.runId);
    const response = await harness.as('dev2').command(run.runId, {
      type: 'complete',
      stepId: 'write',
      taskVersion,
      evidence: { note: 'x' },
    });
    expect(response.status).toBe(409);
    expect(response.body.error).toMatchObject({
      name: 'ConflictError',
      changes: [
        {
          type: 'task.claimed',
          actor: 'user:default/dev',
          text: 'claimed “Write it”',
        },
      ],
    });
    expect(await journalLength(run.runId)).toBe(length);
    expect(lastAudit()).toMatchObject({
      outcome: 'ConflictError',
      event: { eventId: 'task', meta: { actionType: 'complete' } },
    });
  });

  describe('to do a task', () => {
    it.each<[string, string, object, number, string, string[]]>([
      [
        'without its evidence',
        'dev',
        { type: 'complete' },
        400,
        'evidence.note: Required',
        ['evidence.note'],
      ],
      [
        'with more evidence than the field takes',
        'dev',
        { type: 'complete', evidence: { note: 'x'.repeat(21) } },
        400,
        'Too long: 21 characters',
        ['evidence.note'],
      ],
      [
        'with evidence nobody asked for',
        'dev',
        { type: 'complete', evidence: { note: 'x', other: 1 } },
        400,
        'This step does not ask for it',
        ['evidence.other'],
      ],
      [
        'without a role in it',
        'op',
        { type: 'complete', evidence: { note: 'x' } },
        403,
        'Only developer (developers) may do this.',
        [],
      ],
      [
        'without saying which version was seen',
        'dev',
        { type: 'claim', taskVersion: undefined },
        400,
        'required with "claim"',
        ['command.taskVersion'],
      ],
      [
        'with fields of another command',
        'dev',
        { type: 'claim', decision: 'approve' },
        400,
        'not known to "claim"',
        ['command.decision'],
      ],
      [
        'that does not exist',
        'dev',
        { type: 'claim', stepId: 'none' },
        404,
        'The procedure has no step "none"',
        [],
      ],
      [
        'by a command that does not exist',
        'dev',
        { type: 'skip' },
        400,
        'must be equal to one of the allowed values',
        [],
      ],
    ])('%s', async (_, by, command, status, message, paths) => {
      const run = await startPlain();
      const length = await journalLength(run.runId);
      const response = await harness.as(by).command(run.runId, {
        stepId: 'write',
        taskVersion: versionOf(run, 'write'),
        ...command,
      });
      expect(response.body.error?.message).toContain(message);
      expect(response.status).toBe(status);
      expect(
        (response.body.error.problems ?? []).map(
          (problem: { path: string }) => problem.path,
        ),
      ).toEqual(paths);
      expect(await journalLength(run.runId)).toBe(length);
    });
  });

  describe('to vote', () => {
    const vote = { type: 'vote', decision: 'approve', reason: 'Fine' };

    it.each([
      ['who did the work', 'dev', 'you did “Write it”'],
      ['who has no role in it', 'op', 'Only Reviewers (reviewers) may'],
      ['who is only above the group', 'lead', 'Only Reviewers (reviewers) may'],
    ])('somebody %s', async (_, by, message) => {
      const run = await startReviewed();
      const length = await journalLength(run.runId);
      const response = await harness.as(by).command(run.runId, {
        ...vote,
        stepId: 'review',
        taskVersion: versionOf(run, 'review'),
      });
      expect(response.body.error?.message).toContain(message);
      expect(response.status).toBe(403);
      expect(await journalLength(run.runId)).toBe(length);
      expect(lastAudit()).toMatchObject({
        outcome: 'NotAllowedError',
        event: {
          eventId: 'task',
          severityLevel: 'high',
          meta: { actionType: 'vote', decision: 'approve', stepId: 'review' },
        },
      });
    });

    it('a service', async () => {
      const run = await startReviewed();
      const service = harness.asService();
      const response = await service.command(run.runId, {
        ...vote,
        stepId: 'review',
        taskVersion: versionOf(run, 'review'),
      });
      expect(response.status).toBe(403);
      expect(response.body.error.message).toBe(
        'Only people may vote; a service token stands for nobody.',
      );
    });

    it('without a reason', async () => {
      const run = await startReviewed();
      const response = await harness.as('rev1').command(run.runId, {
        ...vote,
        reason: ' ',
        stepId: 'review',
        taskVersion: versionOf(run, 'review'),
      });
      expect(response.status).toBe(400);
      expect(response.body.error.problems[0].path).toBe('reason');
    });
  });

  it('refuses everything once a run is over', async () => {
    const run = await startReviewed();
    const rev1 = harness.as('rev1');
    await rev1.act(run.runId, 'review', {
      type: 'vote',
      decision: 'approve',
      reason: 'Fine',
    });
    const length = await journalLength(run.runId);
    for (const command of [
      { type: 'cancel', reason: 'Late' },
      { type: 'claim', stepId: 'write', taskVersion: 3 },
    ]) {
      const response = await harness.as('op').command(run.runId, command);
      expect(response.status).toBe(409);
      expect(response.body.error.message).toContain('The run is over');
    }
    expect(await journalLength(run.runId)).toBe(length);
  });

  it('leaves control to those who started or own it', async () => {
    const run = await startPlain();
    const cancel = { type: 'cancel', reason: 'No' };
    const refused = await harness.as('op').command(run.runId, cancel);
    expect(refused.status).toBe(403);
    expect(lastAudit().event.severityLevel).toBe('high');
    const ofParentGroup = await harness.as('rev1').command(run.runId, cancel);
    expect(ofParentGroup.status).toBe(200);
    expect(ofParentGroup.body.status).toBe('cancelled');
  });

  it('answers 404 for runs that do not exist', async () => {
    const dev = harness.as('dev');
    const responses = await Promise.all([
      dev.get('/runs/none'),
      dev.get('/runs/none/journal'),
      dev.post('/runs/none/verify'),
      dev.command('none', { type: 'cancel', reason: 'x' }),
    ]);
    expect(responses.map(one => one.status)).toEqual([404, 404, 404, 404]);
  });

  it.each([
    ['/runs?limit=0', 'must be >= 1'],
    ['/runs?limit=many', 'must be integer'],
    ['/runs?status=open', 'must be equal to one of'],
    ['/runs?cursor=nonsense', 'cursor'],
    ['/runs?colour=red', "Unknown query parameter 'colour'"],
    ['/tasks', "must have required property 'scope'"],
    ['/tasks?scope=all', 'must be equal to one of'],
    ['/procedures/by-entity?entityRef=%3A%3A', 'This is not an entity ref'],
  ])('refuses GET %s', async (path, message) => {
    const response = await harness.as('dev').get(path);
    expect(response.body.error?.message).toContain(message);
    expect(response.status).toBe(400);
  });

  it('asks for a sign-in', async () => {
    const nobody = harness.asNobody();
    const responses = await Promise.all([
      nobody.get('/runs'),
      nobody.start('plain'),
      nobody.get('/tasks/count'),
      nobody.post('/procedures/validate', { entity: {} }),
    ]);
    expect(responses.map(one => one.status)).toEqual([401, 401, 401, 401]);
  });

  it('names the problems of a procedure', async () => {
    const dev = harness.as('dev');
    const bad = await dev.post('/procedures/validate', { entity: invalid });
    expect(bad.body.problems).toEqual([
      expect.objectContaining({ path: 'spec.steps[0].role' }),
    ]);
    const good = await dev.post('/procedures/validate', { entity: plain });
    expect(good.body.problems).toEqual([]);
  });

  describe('by permission', () => {
    it.each<[string, (run: RunView) => Promise<{ status: number }>]>([
      ['sop.run.read', run => harness.as('dev').get(`/runs/${run.runId}`)],
      ['sop.run.read', () => harness.as('dev').get('/runs')],
      ['sop.run.read', () => harness.as('dev').get('/tasks?scope=me')],
      ['sop.run.read', () => harness.as('dev').get('/tasks/count')],
      [
        'sop.run.read',
        run => harness.as('dev').get(`/runs/${run.runId}/journal`),
      ],
      [
        'sop.run.read',
        run => harness.as('dev').post(`/runs/${run.runId}/verify`),
      ],
      [
        'sop.run.create',
        () => harness.as('dev').start('plain', { inputs: { ticket: 'A-1' } }),
      ],
      [
        'sop.task.work',
        run =>
          harness.as('dev').command(run.runId, {
            type: 'complete',
            stepId: 'write',
            taskVersion: versionOf(run, 'write'),
            evidence: { note: 'x' },
          }),
      ],
      [
        'sop.task.vote',
        run =>
          harness.as('rev1').command(run.runId, {
            type: 'vote',
            decision: 'approve',
            reason: 'Fine',
            stepId: 'review',
            taskVersion: versionOf(run, 'review'),
          }),
      ],
      [
        'sop.run.control',
        run =>
          harness.as('op').command(run.runId, { type: 'cancel', reason: 'x' }),
      ],
    ])('%s', async (permission, attempt) => {
      const run =
        permission === 'sop.task.vote'
          ? await startReviewed()
          : await startPlain('op');
      const length = await journalLength(run.runId);
      harness.denied.add(permission);
      const refused = await attempt(run);
      expect(refused.status).toBe(403);
      harness.denied.clear();
      expect(await journalLength(run.runId)).toBe(length);
      const allowed = await attempt(run);
      expect([200, 201]).toContain(allowed.status);
    });

    it('offers nothing that it denies', async () => {
      const { runId } = await startReviewed();
      const offered = await harness.as('rev1').run(runId);
      expect(offered.steps[1].act).toEqual({ allowed: true });
      harness.denied.add('sop.task.vote');
      harness.denied.add('sop.run.control');
      const denied = await harness.as('rev1').run(runId);
      expect(denied.steps[1].act).toEqual({
        allowed: false,
        reason:
          'You may not vote in approvals: the permission sop.task.vote is denied to you.',
      });
      expect((await harness.as('op').run(runId)).permits.cancel.allowed).toBe(
        false,
      );
      harness.denied.add('sop.run.create');
      const governing = await harness
        .as('dev')
        .get('/procedures/by-entity?entityRef=component%3Adefault%2Fcheckout');
      expect(governing.body.items[0].canStart.allowed).toBe(false);
    });
  });
});

it('asks for an interactive sign-in when it is configured', async () => {
  const config = { sop: { approvals: { requireInteractive: true } } };
  expect(readSopConfig(new ConfigReader(config)).requireInteractive).toBe(true);
  const harness = await startHarness({
    entities: [plain],
    knex: await databases.init('SQLITE_3'),
    config,
  });
  const started = await harness
    .as('op')
    .start('plain', { inputs: { ticket: 'A-1' } });
  const { runId } = started.body;
  const run = await harness.as('dev').act(runId, 'write', {
    type: 'complete',
    evidence: { note: 'done' },
  });
  // The tokens of the test are no JWTs, so they carry no claim.
  const response = await harness.as('rev1').command(runId, {
    type: 'vote',
    decision: 'approve',
    reason: 'Fine',
    stepId: 'review',
    taskVersion: run.steps[1].version,
  });
  expect(response.status).toBe(403);
  expect(response.body.error.message).toContain('issued at the sign-in page');
  const view = await harness.as('rev1').run(runId);
  expect(view.steps[1].act?.allowed).toBe(false);
  await harness.stop();
});
