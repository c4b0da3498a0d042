import { Play, person, specOf } from '../engine/testUtils';
import { AnyRunEvent, RunEventData, RunEventType } from '../engine/types';
import { ApprovalStep, SopStep } from '../model/types';
import {
  describeAsked,
  describeEvent,
  describeHeadline,
  describeQuorum,
  describeRun,
  describeTask,
  HeadlineSubject,
  sayName,
} from '.';

const steps: SopStep[] = [
  {
    id: 'write',
    type: 'manual',
    name: 'Write it',
    role: 'dev',
    instructions: 'See ${{ inputs.ticket }} and ${{ steps.write.evidence.x }}',
    evidence: [
      {
        id: 'link',
        kind: 'url',
        required: true,
        description: 'Of ${{ inputs.ticket }}',
      },
    ],
    compensation: { type: 'manual', name: 'Undo it', role: 'dev' },
  },
  {
    id: 'go',
    type: 'approval',
    name: 'Go',
    role: 'reviewer',
    question: 'Release ${{ steps.write.evidence.link }}?',
    quorum: 'majority',
    excludedOwners: ['actor:write'],
  },
];

const revision = { title: 'Procedure', number: 'SOP-1', label: '2' };

function view(play: Play, who: string, more: object = {}) {
  const state = play.state;
  if (!state) {
    throw new Error('Not started');
  }
  return describeRun(state, play.spec, {
    actor: person(who),
    revision,
    timeline: [],
    ...more,
  });
}

describe('describeHeadline', () => {
  const waiting = (
    more: Partial<HeadlineSubject['waiting'][number]>,
  ): HeadlineSubject['waiting'][number] => ({
    stepName: 'Go',
    type: 'approval',
    owners: ['group:default/release-managers'],
    ...more,
  });

  it.each<[string, HeadlineSubject]>([
    [
      'Waiting for release managers to approve “Go”',
      { status: 'running', waiting: [waiting({})] },
    ],
    [
      'Waiting for dev or ops to do “Go”, and 1 more step',
      {
        status: 'running',
        waiting: [
          waiting({
            type: 'manual',
            owners: ['user:default/dev', 'group:default/ops'],
          }),
          waiting({}),
        ],
      },
    ],
    [
      'dev works on “Go”, and 2 more steps',
      {
        status: 'running',
        waiting: [
          waiting({ type: 'manual', claimedBy: 'user:default/dev' }),
          waiting({}),
          waiting({}),
        ],
      },
    ],
    [
      '“Go” failed; dev or ops must decide how to go on; 1 more step is open',
      {
        status: 'held',
        waiting: [
          waiting({
            type: 'check',
            owners: ['user:default/dev', 'group:default/ops'],
          }),
          waiting({}),
        ],
      },
    ],
    [
      'Waiting for release managers to take over “Go”',
      { status: 'running', waiting: [waiting({ type: 'handoff' })] },
    ],
    [
      'Waiting for the time of “Go”',
      { status: 'running', waiting: [waiting({ type: 'wait', owners: [] })] },
    ],
    [
      'Checking “Go”',
      { status: 'running', waiting: [waiting({ type: 'check', owners: [] })] },
    ],
    [
      'Rolling back: running “Go”',
      {
        status: 'compensating',
        waiting: [waiting({ type: 'action', owners: [] })],
      },
    ],
    [
      '“Go” failed; dev or ops must decide how to go on',
      {
        status: 'held',
        waiting: [
          waiting({ owners: ['user:default/dev', 'group:default/ops'] }),
        ],
      },
    ],
    ['In progress', { status: 'running', waiting: [] }],
    ['Rolling back', { status: 'compensating', waiting: [] }],
    ['Completed', { status: 'completed', waiting: [] }],
    [
      'Failed: No way',
      { status: 'failed', waiting: [], closeReason: 'No way' },
    ],
    ['Cancelled', { status: 'cancelled', waiting: [] }],
    [
      'Rolled back: x',
      { status: 'compensated', waiting: [], closeReason: 'x' },
    ],
  ])('%s', (expected, subject) => {
    expect(describeHeadline(subject)).toBe(expected);
  });
});

describe('describeEvent', () => {
  const event = <T extends RunEventType>(
    type: T,
    data: RunEventData[T],
    actor?: string,
  ) => ({ seq: 7, type, at: '2026-01-01T00:00:00.000Z', actor, data });
  const error = { name: 'X', message: 'Why' };
  const dev = 'user:default/dev';
  const on = { stepId: 'go' };

  it.each<[string, string | undefined, ReturnType<typeof event>]>([
    ['claimed “Go”', undefined, event('task.claimed', on, dev)],
    ['released “Go”', undefined, event('task.released', on, dev)],
    [
      'approved “Go”',
      'Fine',
      event(
        'vote.cast',
        {
          ...on,
          decision: 'approve',
          reason: 'Fine',
          basis: dev,
          required: 1,
          eligible: 1,
        },
        dev,
      ),
    ],
    [
      'rejected “Go”',
      undefined,
      event(
        'vote.cast',
        { ...on, decision: 'reject', basis: dev, required: 1, eligible: 1 },
        dev,
      ),
    ],
    [
      'completed “Go”',
      'Hm',
      event('step.completed', { ...on, comment: 'Hm' }, dev),
    ],
    ['“Go” is done', undefined, event('step.completed', on)],
    [
      '“Go” is approved',
      undefined,
      event('step.completed', { ...on, output: { decision: 'approved' } }),
    ],
    [
      'took over “Go”',
      undefined,
      event('step.completed', { ...on, output: { decision: 'accepted' } }, dev),
    ],
    [
      'reported that “Go” cannot be done',
      'Why',
      event('step.failed', { ...on, error }, dev),
    ],
    ['“Go” failed', 'Why', event('step.failed', { ...on, error })],
    ['“Go” began', undefined, event('step.started', { ...on, attempt: 1 })],
    ['“Go” began', 'Attempt 2', event('step.started', { ...on, attempt: 2 })],
    ['“Go” was skipped', 'No', event('step.skipped', { ...on, reason: 'No' })],
    [
      '“Go” was cancelled',
      'No',
      event('step.cancelled', { ...on, reason: 'No' }),
    ],
    [
      'sent back 2 steps',
      'No',
      event('step.reset', { stepIds: ['write', 'go'], reason: 'No' }, dev),
    ],
    [
      'Sent back “Go”',
      'No',
      event('step.reset', { stepIds: ['go'], reason: 'No' }),
    ],
    [
      '“Go” called a:b',
      'Try 2',
      event('action.dispatched', {
        ...on,
        attempt: 1,
        try: 2,
        idempotencyKey: 'k',
        action: 'a:b',
        input: {},
      }),
    ],
    [
      'Try 2 of “Go” failed',
      'Why',
      event('action.failed', { ...on, attempt: 1, try: 2, error }),
    ],
    [
      '“Go” chose case 1',
      undefined,
      event('switch.chosen', { ...on, chosen: 0, skipped: [] }),
    ],
    [
      '“Go” chose its default',
      undefined,
      event('switch.chosen', { ...on, chosen: 'default', skipped: [] }),
    ],
    ['The run is on hold', 'No', event('run.held', { ...on, reason: 'No' })],
    ['The run goes on', 'No', event('run.resumed', { reason: 'No' })],
    ['resumed the run', 'No', event('run.resumed', { reason: 'No' }, dev)],
    ['The run is completed', undefined, event('run.completed', {})],
    [
      'ended the run as failed',
      'No',
      event('run.failed', { reason: 'No' }, dev),
    ],
    ['cancelled the run', 'No', event('run.cancelled', { reason: 'No' }, dev)],
    [
      'began to roll back 1 step',
      'No',
      event(
        'compensation.started',
        { cause: 'cancelled', reason: 'No', queue: ['go'] },
        dev,
      ),
    ],
    ['“Go” was rolled back', undefined, event('step.compensated', on)],
    [
      'The run was rolled back',
      'No',
      event('run.compensated', { cause: 'failed', reason: 'No' }),
    ],
  ])('%s', (text, detail, one) => {
    expect(describeEvent(one as AnyRunEvent, specOf(steps))).toMatchObject({
      seq: 7,
      text,
      detail,
      actor: one.actor,
    });
  });

  it('names steps it does not know by their id', () => {
    const one = event('task.claimed', { stepId: 'old' }, dev) as AnyRunEvent;
    expect(describeEvent(one, specOf(steps)).text).toBe('claimed “old”');
  });
});

describe('describeQuorum', () => {
  const step = (quorum: ApprovalStep['quorum']) =>
    ({
      id: 'a',
      type: 'approval',
      name: 'A',
      role: 'r',
      quorum,
    } as ApprovalStep);
  it.each([
    [undefined, undefined, '1 must approve'],
    [2, undefined, '2 must approve'],
    ['all' as const, undefined, 'Everybody eligible must approve'],
    ['majority' as const, undefined, 'More than half of those eligible must'],
    [2, { required: 2, eligible: 3 }, '2 of 3 must approve'],
    [2, { required: 2, eligible: 0 }, '2 must approve'],
  ])('%s with %j: %s', (quorum, count, expected) => {
    expect(describeQuorum(step(quorum), count)).toContain(expected);
  });
});

describe('sayName', () => {
  it.each([
    ['user:default/dev-1', 'dev-1'],
    ['group:default/release-managers', 'release managers'],
    ['service:plugin:x', 'plugin:x'],
    ['', ''],
  ])('%s: %s', (ref, expected) => {
    expect(sayName(ref)).toBe(expected);
  });
});

describe('describeRun', () => {
  const started = () =>
    new Play(specOf(steps)).start('dev', { inputs: { ticket: 'T-1' } });

  it('shows what is asked of whom', () => {
    const run = view(started(), 'dev');
    expect(run).toMatchObject({
      number: 'SOP-1',
      revision: '2',
      sopTitle: 'Procedure',
      done: 0,
      total: 2,
      headline: 'Waiting for developers to do “Write it”',
      permits: {
        cancel: { allowed: true },
        fail: { allowed: false },
        compensate: { allowed: false },
      },
    });
    const [write, go] = run.steps;
    expect(write).toMatchObject({
      status: 'ready',
      instructions: 'See T-1 and …',
      evidenceFields: [{ id: 'link', description: 'Of T-1' }],
      act: { allowed: true },
    });
    expect(go).toMatchObject({
      status: 'pending',
      question: 'Release …?',
      potentialOwners: ['group:default/reviewers'],
      quorum: 'More than half of those eligible must approve',
      reasonRule: 'always',
    });
    expect(go.act).toBeUndefined();
    // The compensation shows once the run rolls back.
    expect(run.steps.map(step => step.id)).toEqual(['write', 'go']);
  });

  it('counts the electorate when it is known, and keeps who worked out of it', () => {
    const play = started();
    play.do('ana', {
      type: 'complete',
      stepId: 'write',
      evidence: { link: 'https://a.test' },
    });
    const members = play.members;
    const [, go] = view(play, 'ben', { members }).steps;
    expect(go).toMatchObject({
      question: 'Release https://a.test?',
      quorum: '2 of 3 must approve',
      required: 2,
      excludedOwners: ['user:default/ana'],
      act: { allowed: true },
    });
    const refused = view(play, 'ben', { members, voteRefusal: 'No token.' });
    expect(refused.steps[1].act).toEqual({
      allowed: false,
      reason: 'No token.',
    });
    // Reasons in the run come before reasons in the token.
    const excluded = view(play, 'ana', { members, voteRefusal: 'No token.' });
    expect(excluded.steps[1].act?.reason).toContain('you did “Write it”');
  });

  it('offers a retry of what failed', () => {
    const play = started();
    play.do('dev', {
      type: 'report-failure',
      stepId: 'write',
      reason: 'Broken',
    });
    const run = view(play, 'dev');
    expect(run.headline).toBe(
      '“Write it” failed; dev or ops must decide how to go on',
    );
    expect(run.steps[0]).toMatchObject({
      status: 'failed',
      error: { message: 'Broken' },
      retry: { allowed: true },
    });
    expect(run.permits.fail).toEqual({ allowed: true });
  });

  it('describes tasks', () => {
    const play = started();
    const state = play.state;
    if (!state) {
      throw new Error('Not started');
    }
    expect(describeAsked(state, play.spec, 'write')).toBe('Do: Write it');
    expect(describeAsked(state, play.spec, 'compensate:write')).toBe(
      'Roll back: Undo it',
    );
    expect(describeAsked(state, play.spec, 'none')).toBe('');
    const task = describeTask(
      {
        runId: 'run-1',
        stepId: 'write',
        stepType: 'manual',
        stepName: 'Write it',
        sopRef: 'sop:default/test',
        sopTitle: 'Procedure',
        runTitle: 'Test run',
        initiator: 'user:default/dev',
        status: 'ready',
        version: 2,
        since: state.startedAt,
      },
      state,
      play.spec,
      { actor: person('olu') },
    );
    expect(task).toMatchObject({
      asked: 'Do: Write it',
      hasEvidence: true,
      act: { allowed: false },
    });
    expect(task.act?.reason).toContain('developers');
  });
});
