import { SopSpec, SopStep } from '@handrail/plugin-sop-common';
import {
  person,
  Play,
  policyOf,
  specOf,
} from '@handrail/plugin-sop-common/testUtils';
import { Event, Procedure, replayRun, Violation } from '..';

const MINUTE = 60_000;
const DAILY = 'FREQ=DAILY;BYHOUR=10;BYMINUTE=0;BYSECOND=0';

const STRICT = policyOf('strict', {
  steps: { types: ['approval', 'manual'] },
  excludedOwners: ['user:default/cho'],
  minQuorum: 2,
  requireReason: true,
  requireEvidence: [{ id: 'ticket', kind: 'text' }],
  windows: [{ name: 'day', effect: 'allow', rrule: DAILY, duration: 'PT8H' }],
});
const ALONE = policyOf('alone', { lock: 'all' });
const KEYED = policyOf('keyed', { lock: '${{ inputs.none }}' });
const SIMPLE = policyOf('simple', {
  windows: [{ name: 'ten', effect: 'deny', rrule: DAILY, duration: 'PT1H' }],
});
const LAX = policyOf('lax', { steps: { types: ['approval'] }, minQuorum: 1 });

/** A run from nine o'clock on, as it is kept. */
class Run extends Play {
  static of(steps: SopStep[], more: Partial<SopSpec> = {}): Run {
    return new Run(specOf(steps, more));
  }

  at(minutes: number): this {
    this.now = Date.parse('2026-11-02T09:00:00.000Z') + minutes * MINUTE;
    return this;
  }

  /** What its timers do. */
  fire(stepId: string, slot?: 'deadline' | 'reminder'): this {
    const { blocked, attempt } = this.step(stepId);
    return this.system({
      type: 'timer-fired',
      stepId,
      attempt: blocked?.attempt ?? attempt,
      ...(slot ? { slot } : {}),
    });
  }

  automate(stepId: string, output: object = { ok: true }): this {
    const at = { stepId, attempt: this.step(stepId).attempt, try: 1 };
    return this.system({ type: 'dispatch-action', ...at }).system({
      type: 'action-succeeded',
      ...at,
      output: output as any,
    });
  }

  /** The first thing that is wrong after a change, as rule and number. */
  verdict(change: (events: Event[]) => Event[] = events => events): string {
    const stored = JSON.parse(JSON.stringify(this.events)) as Event[];
    const events = change(stored).map((event, i) => ({ ...event, seq: i + 1 }));
    const known = new Map(
      [STRICT, LAX, ALONE, KEYED, SIMPLE].map(policy => [policy.hash, policy]),
    );
    try {
      replayRun(this.spec as unknown as Procedure, 'hash', events, known);
      return 'sound';
    } catch (error) {
      const { rule, seq } = error as Violation;
      if (!rule) {
        throw error;
      }
      return `${rule} at ${seq}`;
    }
  }
}

const without = (type: string) => (events: Event[]) =>
  events.filter(event => event.type !== type);
const edit =
  (type: string, change: object | ((data: any) => object)) =>
  (events: Event[]) =>
    events.map(event =>
      event.type === type
        ? {
            ...event,
            data: JSON.parse(
              JSON.stringify({
                ...event.data,
                ...(typeof change === 'function' ? change(event.data) : change),
              }),
            ),
          }
        : event,
    );
const redate = (from: number, at: string) => (events: Event[]) =>
  events.map(event => (event.seq >= from ? { ...event, at } : event));

const go: SopStep = {
  id: 'go',
  type: 'approval',
  name: 'Go',
  role: 'reviewer',
  reason: 'optional',
};
const yes = (by: string, play: Run, reason?: string) =>
  play.do(by, { type: 'vote', stepId: 'go', decision: 'approve', reason });

describe('windows', () => {
  const push: SopStep = {
    id: 'push',
    type: 'action',
    name: 'Push',
    action: 'x:y',
    windows: ['hours'],
  };
  const windows: SopSpec['windows'] = [
    {
      name: 'hours',
      effect: 'allow',
      rrule: DAILY,
      duration: 'PT1H',
      timezone: 'Etc/UTC',
    },
  ];
  const run = () =>
    Run.of([push], { windows }).start().at(60).fire('push').automate('push');

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['a run that kept to them', 'sound', events => events],
    [
      'one that was not said to be blocked',
      'order at 2',
      without('step.blocked'),
    ],
    [
      'one that was let go too early',
      'window at 3',
      redate(3, '2026-11-02T09:59:59.999Z'),
    ],
    ['one that never was let go', 'order at 3', without('step.unblocked')],
    [
      'another opening',
      'content at 2',
      edit('step.blocked', ({ blocks: [one] }) => ({
        blocks: [{ ...one, until: '2026-11-02T09:30:00.000Z' }],
      })),
    ],
    [
      'an order after they closed',
      'window at 5',
      redate(5, '2026-11-02T11:00:00.000Z'),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('say which of them were passed by', () => {
    const play = Run.of([push], {
      windows: windows!.map(one => ({ ...one, unless: 'inputs.urgent' })),
    }).start('dev', { inputs: { urgent: true } });
    expect(play.automate('push').verdict()).toBe('sound');
    expect(
      play.verdict(edit('action.dispatched', { bypassed: undefined })),
    ).toBe('content at 3');
    expect(
      play.verdict(edit('run.started', { inputs: { urgent: false } })),
    ).toBe('order at 2');
  });
});

describe('locks', () => {
  const deploy: SopStep = {
    id: 'deploy',
    type: 'action',
    name: 'Deploy',
    action: 'x:y',
    lock: 'shop-${{ inputs.part }}',
  };
  const work = { id: 'deploy', type: 'manual', name: 'Deploy', role: 'dev' };
  const grant = {
    type: 'lock-granted' as const,
    stepId: 'deploy',
    attempt: 1,
  };
  const run = () =>
    Run.of([deploy])
      .start('dev', { inputs: { part: 'till' } })
      .system(grant)
      .automate('deploy');

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['a step that waited for its turn', 'sound', events => events],
    ['one that did not ask', 'order at 2', without('step.blocked')],
    ['one that was not granted it', 'lock at 3', without('lock.acquired')],
    ['another lock', 'lock at 3', edit('lock.acquired', { key: 'shop-else' })],
    [
      'one that asked for another',
      'content at 2',
      edit('step.blocked', ({ blocks: [one] }) => ({
        blocks: [{ ...one, ref: 'shop-else' }],
      })),
    ],
    ['another attempt', 'lock at 3', edit('lock.acquired', { attempt: 2 })],
    [
      'a lock by somebody',
      'actor at 3',
      events =>
        events.map(event =>
          event.type === 'lock.acquired'
            ? { ...event, actor: 'user:default/ana' }
            : event,
        ),
    ],
    [
      'a lock twice',
      'lock at 6',
      events => [...events.slice(0, 5), events[2], ...events.slice(5)],
    ],
    ['a lock without a step', 'incomplete at 4', events => events.slice(0, 3)],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('are asked for again by another attempt', () => {
    const play = Run.of([{ ...work, lock: deploy.lock } as SopStep])
      .start('dev', { inputs: { part: 'till' } })
      .system(grant)
      .do('dev', { type: 'report-failure', stepId: 'deploy', reason: 'Broken' })
      .do('dev', { type: 'retry', stepId: 'deploy' })
      .system({ ...grant, attempt: 2 });
    expect(play.verdict()).toBe('sound');
    const [second] = play.events.filter(
      ({ type, data }) =>
        type === 'step.blocked' && 'attempt' in data && data.attempt === 2,
    );
    expect(
      play.verdict(events => events.filter(({ seq }) => seq !== second.seq)),
    ).toBe(`order at ${second.seq}`);
  });

  it('are not granted while a window is closed', () => {
    const windows: SopSpec['windows'] = [
      {
        name: 'hours',
        effect: 'deny',
        rrule: DAILY,
        duration: 'PT1H',
        timezone: 'Etc/UTC',
      },
    ];
    const play = Run.of([{ ...deploy, windows: ['hours'] }], { windows })
      .start('dev', { inputs: { part: 'till' } })
      .at(30)
      .system(grant);
    expect(play.verdict()).toBe('sound');
    expect(play.verdict(redate(3, '2026-11-02T10:30:00.000Z'))).toBe(
      'lock at 3',
    );
  });

  it('of policies are asked for', () => {
    const play = Run.of([{ ...deploy, lock: undefined } as SopStep])
      .under([ALONE])
      .start()
      .system(grant)
      .automate('deploy');
    expect(play.verdict()).toBe('sound');
    expect(play.verdict(without('lock.acquired'))).toBe('lock at 3');
    expect(
      play.verdict(events =>
        edit('lock.acquired', { key: 'else' })(
          edit('step.blocked', ({ blocks: [one] }) => ({
            blocks: [{ ...one, ref: 'else' }],
          }))(events),
        ),
      ),
    ).toBe('content at 2');
  });

  it('with a key that cannot be had end the step', () => {
    const play = Run.of([deploy]).start();
    expect(play.step('deploy').status).toBe('failed');
    expect(play.verdict()).toBe('sound');
    const policy = Run.of([{ ...deploy, lock: undefined } as SopStep])
      .under([KEYED])
      .start();
    expect(policy.step('deploy').status).toBe('failed');
    expect(policy.verdict()).toBe('sound');
    expect(policy.verdict(edit('run.started', { policies: undefined }))).toBe(
      'order at 2',
    );
  });
});

describe('actions in doubt', () => {
  const push: SopStep = {
    id: 'push',
    type: 'action',
    name: 'Push',
    action: 'x:y',
    inDoubt: { role: 'reviewer', excludedOwners: ['user:default/cho'] },
  };
  const at = { stepId: 'push', attempt: 1, try: 1 };
  const run = () =>
    Run.of([push])
      .under([SIMPLE])
      .start()
      .system({ type: 'dispatch-action', ...at })
      .system({
        type: 'action-failed',
        ...at,
        error: { name: 'OutcomeUnknownError', message: 'The process died' },
        retryable: false,
      })
      .do('ben', {
        type: 'resolve-doubt',
        stepId: 'push',
        outcome: 'done',
        reason: 'Seen in the list',
      });
  const by = (actor: string) => (events: Event[]) =>
    events.map(event =>
      event.type === 'doubt.resolved' ? { ...event, actor } : event,
    );

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['that a person looked into', 'sound', events => events],
    ['that nobody was asked about', 'order at 5', without('step.in-doubt')],
    ['that nobody looked into', 'order at 6', without('doubt.resolved')],
    ['by one who may not', 'role at 6', by('user:default/cho')],
    ['without a reason', 'reason at 6', edit('doubt.resolved', { reason: '' })],
    [
      'with others asked',
      'content at 5',
      edit('step.in-doubt', { potentialOwners: ['group:default/ops'] }),
    ],
    [
      'said to be done when they were not',
      'order at 7',
      edit('doubt.resolved', { outcome: 'not-done' }),
    ],
    [
      'without the policies they began under',
      'content at 7',
      edit('step.completed', { policies: undefined }),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });
});

describe('broken glass', () => {
  const deploy: SopStep = {
    id: 'deploy',
    type: 'manual',
    name: 'Deploy',
    role: 'dev',
    lock: 'production',
  };
  const smash = (stepId: string, ...skips: Array<'approval' | 'lock'>) => ({
    type: 'break-glass' as const,
    stepId,
    skips,
    reason: 'Customers cannot pay',
  });
  const run = () =>
    Run.of([go, deploy], {
      breakGlass: { role: 'ops', reviewer: 'reviewer', reviewWithin: 'P1D' },
    })
      .start()
      .do('dev', smash('go', 'approval'))
      .do('olu', smash('deploy', 'lock'))
      .do('dev', { type: 'complete', stepId: 'deploy' })
      .do('ben', {
        type: 'complete',
        stepId: 'review:1',
        evidence: { justified: 'yes', finding: 'The rota was empty' },
      });
  const last = (events: Event[], change: object) =>
    events.map((event, i) =>
      i === events.length - 1 ? { ...event, ...change } : event,
    );

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['by those who may, and reviewed', 'sound', events => events],
    ['that nobody spoke of', 'order at 3', without('glass.broken')],
    [
      'for a gate that kept nothing',
      'glass at 3',
      edit('glass.broken', { skips: ['window'] }),
    ],
    ['for nothing', 'glass at 3', edit('glass.broken', { skips: [] })],
    ['without a reason', 'reason at 3', edit('glass.broken', { reason: ' ' })],
    [
      'by one without the right',
      'role at 3',
      events =>
        events.map(event =>
          event.type === 'glass.broken'
            ? { ...event, actor: 'user:default/eve' }
            : event,
        ),
    ],
    [
      'with reviewers of one’s own',
      'review at 3',
      edit('glass.broken', { reviewers: ['user:default/dev'] }),
    ],
    [
      'that one would review oneself',
      'review at 3',
      edit('glass.broken', { excludedOwners: [] }),
    ],
    [
      'with more time',
      'review at 3',
      edit('glass.broken', { reviewDueAt: '2027-01-01T00:00:00.000Z' }),
    ],
    [
      'reviewed by whoever did it',
      'four-eyes at 11',
      events => last(events, { actor: 'user:default/dev' }),
    ],
    [
      'reviewed without a finding',
      'evidence at 11',
      events =>
        last(events, {
          data: {
            ...events[events.length - 1].data,
            evidence: { justified: 'yes' },
          },
        }),
    ],
    [
      'reviewed twice',
      'order at 12',
      events => [...events, events[events.length - 1]],
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('counts for one attempt', () => {
    const play = Run.of([deploy])
      .start()
      .do('dev', smash('deploy', 'lock'))
      .do('dev', { type: 'report-failure', stepId: 'deploy', reason: 'Broken' })
      .do('dev', { type: 'retry', stepId: 'deploy' });
    expect(play.step('deploy').status).toBe('blocked');
    expect(play.verdict()).toBe('sound');
    expect(play.verdict(events => events.slice(0, -1))).toMatch('incomplete');
  });
});

describe('listening', () => {
  const hear: SopStep = {
    id: 'hear',
    type: 'listen',
    name: 'Hear',
    topic: 'confirmed',
    source: 'registry',
    correlate: 'event.payload.ticket == inputs.ticket',
    timeout: 'PT1H',
  };
  const started = () =>
    Run.of([hear]).start('dev', { inputs: { ticket: 'T1' } });
  const run = () =>
    started().system({
      type: 'event-arrived',
      stepId: 'hear',
      attempt: 1,
      event: {
        id: 'e1',
        source: 'registry',
        topic: 'confirmed',
        receivedAt: '2026-11-02T09:00:01.500Z',
        payload: { ticket: 'T1' },
      },
    });
  const heard = (change: object) => edit('event.received', change);

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['for what came', 'sound', events => events],
    ['for nothing', 'order at 3', without('event.received')],
    ['for another topic', 'listen at 3', heard({ topic: 'refused' })],
    ['for another source', 'listen at 3', heard({ source: 'elsewhere' })],
    ['in another attempt', 'listen at 3', heard({ attempt: 2 })],
    [
      'for what came before the run',
      'listen at 3',
      heard({ receivedAt: '2026-11-02T09:00:00.000Z' }),
    ],
    [
      'for what is of another run',
      'listen at 3',
      edit('step.completed', { output: { ticket: 'T2' } }),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('ends when nothing came in time, and not before', () => {
    const play = started().at(61).fire('hear');
    expect(play.step('hear').status).toBe('failed');
    expect(play.verdict()).toBe('sound');
    expect(play.verdict(redate(3, '2026-11-02T09:59:59.000Z'))).toBe(
      'time at 3',
    );
  });
});

it('lets an agent act for a person', () => {
  const play = Run.of([go]).start();
  play.do(
    { ...person('ben'), via: 'plugin:mcp-actions' },
    { type: 'vote', stepId: 'go', decision: 'approve' },
  );
  expect(play.verdict()).toBe('sound');
});

describe('deadlines', () => {
  const work: SopStep = {
    id: 'work',
    type: 'manual',
    name: 'Work',
    role: 'dev',
    every: 'PT10M',
    deadline: {
      completeWithin: 'PT40M',
      onTimeout: 'fail',
      escalations: [
        { after: 'PT15M', to: 'group:default/ops', action: 'widen' },
        { after: 'PT20M', to: 'group:default/reviewers' },
      ],
    },
  };
  const run = () =>
    Run.of([work])
      .start()
      .at(11)
      .fire('work', 'reminder')
      .at(30)
      .fire('work', 'deadline')
      .do('olu', { type: 'claim', stepId: 'work' })
      .at(41)
      .fire('work', 'deadline');
  const [widened, told] = [4, 5];

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['a run that kept to them', 'sound', events => events],
    [
      'a reminder before its time',
      'reminder at 3',
      redate(3, '2026-11-02T09:10:00.000Z'),
    ],
    [
      'a reminder that changes the rhythm',
      'content at 3',
      edit('task.reminded', { nextAt: '2026-11-02T09:30:01.000Z' }),
    ],
    [
      'an escalation before its time',
      'deadline at 4',
      redate(widened, '2026-11-02T09:15:00.000Z'),
    ],
    [
      'two escalations exchanged',
      'content at 4',
      events => {
        const list = [...events];
        [list[widened - 1], list[told - 1]] = [
          list[told - 1],
          list[widened - 1],
        ];
        return list;
      },
    ],
    [
      'an escalation twice',
      'deadline at 6',
      events => [
        ...events.slice(0, told),
        events[told - 1],
        ...events.slice(told),
      ],
    ],
    [
      'one who was never let in',
      'role at 4',
      events => events.filter((_, i) => i !== widened - 1 && i !== told - 1),
    ],
    [
      'one who was only told',
      'content at 4',
      edit('task.escalated', { action: 'notify' }),
    ],
    [
      'no effect',
      'content at 7',
      edit('deadline.passed', { effect: undefined }),
    ],
    [
      'another effect',
      'content at 7',
      edit('deadline.passed', { effect: 'return' }),
    ],
    [
      'a deadline of one’s own',
      'content at 2',
      edit('step.started', ({ deadline }) => ({
        deadline: { ...deadline, completeBy: '2026-11-02T10:00:00.000Z' },
      })),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });
});

describe('guards', () => {
  const soak: SopStep = {
    id: 'soak',
    type: 'wait',
    name: 'Soak',
    duration: 'PT10M',
    guard: {
      action: 'x:y',
      expect: 'output.errors < 1.0',
      every: 'PT5M',
      retry: { limit: 1, backoff: 'PT1M' },
    },
  };
  const measure = (play: Run, errors: number) =>
    play.system({
      type: 'guard-succeeded',
      stepId: 'soak',
      attempt: 1,
      output: { errors },
    });
  const run = () => {
    const play = Run.of([soak]).start();
    measure(play, 0);
    measure(play.at(6), 0);
    return measure(play.at(12), 0);
  };

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['a wait that was watched', 'sound', events => events],
    ['one that nobody watched', 'guard at 3', without('guard.measured')],
    [
      'one that ended too early',
      'time at 5',
      redate(5, '2026-11-02T09:09:00.000Z'),
    ],
    [
      'a measurement that did not hold',
      'content at 3',
      edit('guard.measured', { output: { errors: 2 } }),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('are measured again as often as the procedure says', () => {
    const play = Run.of([soak]).start();
    const unknown = () =>
      play.system({
        type: 'guard-failed',
        stepId: 'soak',
        attempt: 1,
        error: { name: 'Error', message: 'Not there' },
        retryable: true,
      });
    unknown();
    play.at(3);
    unknown();
    expect(play.verdict()).toBe('sound');
    const again = (events: Event[]) =>
      events.slice(0, 4).map(event =>
        event.seq === 4
          ? {
              ...event,
              data: { ...event.data, nextAt: '2026-11-02T09:04:01.000Z' },
            }
          : event,
      );
    expect(play.verdict(again)).toBe('retry at 4');
  });
});

describe('checks that are too old', () => {
  const probe: SopStep = {
    id: 'probe',
    type: 'check',
    name: 'Probe',
    action: 'x:y',
    expect: 'output.ok',
    maxAge: 'PT10M',
  };
  const run = () =>
    yes('ben', Run.of([probe, go]).start().automate('probe').at(20)).automate(
      'probe',
    );

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['are made again', 'sound', events => events],
    ['are told', 'order at 7', without('approval.deferred')],
    ['are not passed over', 'order at 8', without('check.outdated')],
    [
      'do not grant anything',
      'order at 7',
      events => [
        ...events.slice(0, 6),
        {
          ...events[6],
          type: 'step.completed',
          data: {
            stepId: 'go',
            output: { decision: 'approved', approvals: 1 },
          },
        },
      ],
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });
});

describe('roles that rotate', () => {
  const spec: Partial<SopSpec> = {
    roles: {
      duty: { potentialOwners: ['group:default/reviewers'], rotate: 'P1D' },
    },
  };
  const work: SopStep = { id: 'work', type: 'manual', name: 'W', role: 'duty' };
  const run = () => Run.of([work], spec).start();
  const turn = (change: object) =>
    edit('run.started', ({ roles }) => ({
      roles: { duty: { ...roles.duty, ...change } },
    }));

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['whose turn it is', 'sound', events => events],
    ['somebody else', 'rotation at 1', turn({ member: 'user:default/eve' })],
    [
      'a longer turn',
      'rotation at 1',
      turn({ endsAt: '2027-01-01T00:00:00.000Z' }),
    ],
    ['nobody', 'rotation at 1', edit('run.started', { roles: undefined })],
    [
      'members out of order',
      'rotation at 1',
      turn({ members: ['user:default/dia', 'user:default/ana'] }),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });
});

describe('policies', () => {
  const write: SopStep = {
    id: 'write',
    type: 'manual',
    name: 'Write',
    role: 'dev',
  };
  const run = () => {
    const play = Run.of([write, go]).under([STRICT]).start().at(60);
    play.fire('write').do('dev', {
      type: 'complete',
      stepId: 'write',
      evidence: { ticket: 'OPS-1' },
    });
    yes('ben', play, 'Good');
    return yes('ana', play, 'Good');
  };
  const cho = (events: Event[]) =>
    events.map(event =>
      event.actor === 'user:default/ana'
        ? { ...event, actor: 'user:default/cho' }
        : event,
    );

  it.each<[string, string, (events: Event[]) => Event[]]>([
    ['are kept to', 'sound', events => events],
    [
      'demand evidence',
      'evidence at 5',
      edit('step.completed', ({ evidence }) => ({
        evidence: evidence && { other: 1 },
      })),
    ],
    ['exclude people', 'four-eyes at 8', cho],
    ['demand reasons', 'reason at 7', edit('vote.cast', { reason: undefined })],
    ['demand approvals', 'quorum at 7', edit('vote.cast', { required: 1 })],
    [
      'are named from the start',
      'policy at 2',
      edit('run.started', { policies: undefined }),
    ],
    [
      'stay the same while a step lasts',
      'policy at 7',
      edit('vote.cast', { policies: ['hash-lax'] }),
    ],
    [
      'must be there',
      'policy-missing at 1',
      edit('run.started', { policies: ['hash-gone'] }),
    ],
    [
      'keep a step outside their windows',
      'order at 2',
      without('step.blocked'),
    ],
    [
      'are those of the step',
      'policy at 2',
      edit('step.blocked', { policies: ['hash-lax'] }),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(run().verdict(change)).toBe(expected);
  });

  it('with a demand that is not known are not passed over', () => {
    const odd = policyOf('odd', { minSleep: 'PT8H' } as object);
    const events = JSON.parse(
      JSON.stringify(Run.of([go]).under([odd]).start().events),
    );
    const { spec } = Run.of([go]);
    expect(() =>
      replayRun(
        spec as unknown as Procedure,
        'hash',
        events,
        new Map([[odd.hash, odd]]),
      ),
    ).toThrow(
      'has minSleep, which this version of the verifier has no rule for',
    );
  });

  it('count a majority over whom the procedure lets vote', () => {
    const most: SopStep = { ...go, quorum: 'majority' };
    const less = policyOf('strict', {
      excludedOwners: ['group:default/developers', 'user:default/cho'],
    });
    const play = Run.of([most]).under([less]).start('olu');
    yes('ben', play, 'Good');
    const known = new Map([[less.hash, less]]);
    const events = JSON.parse(JSON.stringify(play.events)) as Event[];
    const vote = events.find(({ type }) => type === 'vote.cast')!;
    // Of ana, ben, cho and dia two may vote, and three must.
    expect(vote.data).toMatchObject({ eligible: 2, required: 3 });
    const check = (required: number) =>
      replayRun(
        play.spec as unknown as Procedure,
        'hash',
        events.map(event =>
          event === vote
            ? { ...event, data: { ...event.data, required } }
            : event,
        ),
        known,
      );
    expect(check(3).status).toBe('running');
    expect(() => check(1)).toThrow('it is at least 2 with 2 people');
  });
});
