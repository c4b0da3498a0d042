import {
  ActionStep,
  ApprovalStep,
  HandoffStep,
  ManualStep,
  ParallelStep,
  SopStep,
  SopWindow,
  WaitStep,
} from '../model/types';
import { pendingWork } from './queries';
import { Play, specOf } from './testUtils';
import { SystemCommand } from './types';

const MINUTE = 60_000;
const manual = (more: Partial<ManualStep> = {}): ManualStep => ({
  id: 'work',
  type: 'manual',
  name: 'Work',
  role: 'dev',
  ...more,
});
const approval = (more: Partial<ApprovalStep> = {}): ApprovalStep => ({
  id: 'go',
  type: 'approval',
  name: 'Go',
  role: 'reviewer',
  reason: 'optional',
  ...more,
});

/** A run whose timers are fired as the worker would, at their time. */
class Timed extends Play {
  /** Moves on to the next timer, before a limit, and fires it. */
  fireNext(): string | undefined {
    const [next] = this.due();
    if (!next) {
      return undefined;
    }
    this.now = Math.max(this.now, Date.parse(next.dueAt ?? '')) - 1000;
    const { slot, stepId, attempt } = next;
    const before = this.events.length;
    this.system({
      type: 'timer-fired',
      stepId,
      attempt,
      ...(slot === 'deadline' || slot === 'reminder' ? { slot } : {}),
    });
    return this.events
      .slice(before)
      .map(event => event.type)
      .join(', ');
  }

  due() {
    return pendingWork(this.state!, this.spec)
      .filter(one => one.dueAt)
      .sort((a, b) => (a.dueAt! < b.dueAt! ? -1 : 1));
  }

  last(type: string) {
    return this.events.filter(event => event.type === type).pop()?.data as any;
  }
}

const start = (steps: SopStep[], more = {}) =>
  new Timed(specOf(steps, more)).start('dev');

describe('deadlines', () => {
  const deadline: ManualStep['deadline'] = {
    startWithin: 'PT5M',
    completeWithin: 'PT30M',
    escalations: [
      { after: 'PT10M', to: 'group:default/ops' },
      { after: 'PT15M', to: ['group:default/ops'], action: 'widen' },
      { after: 'PT20M', to: 'group:default/ops', unlessStarted: true },
    ],
  };

  it('pass one after the other, each once, and change nothing else', () => {
    const play = start([manual({ deadline })]);
    const begin = Date.parse(play.step('work').startedAt!);
    expect(play.step('work').dueAt).toBe(
      new Date(begin + 5 * MINUTE).toISOString(),
    );
    const { version } = play.step('work');
    const fired = [];
    for (let next = play.fireNext(); next !== undefined; ) {
      fired.push([(play.now - begin) / MINUTE, next]);
      next = play.fireNext();
    }
    expect(fired).toEqual([
      [5, 'deadline.passed'],
      [10, 'task.escalated'],
      [15, 'task.escalated'],
      [20, 'task.escalated'],
      [30, 'deadline.passed'],
    ]);
    expect(play.step('work')).toMatchObject({
      status: 'ready',
      // What somebody is typing is not refused because a deadline passed.
      version,
      escalatedTo: ['group:default/ops'],
      potentialOwners: ['group:default/developers', 'group:default/ops'],
    });
    play.do('olu', { type: 'complete', stepId: 'work' });
    expect(play.last('step.completed').basis).toBe('group:default/ops');
    expect(play.status).toBe('completed');
  });

  it('make up at once, in order, for a time in which nothing ran', () => {
    const play = start([manual({ deadline })]);
    play.wait(60 * MINUTE);
    play.system({
      type: 'timer-fired',
      stepId: 'work',
      attempt: 1,
      slot: 'deadline',
    });
    expect(play.types().slice(2)).toEqual([
      'deadline.passed work',
      'task.escalated work',
      'task.escalated work',
      'task.escalated work',
      'deadline.passed work',
    ]);
    const { length } = play.events;
    play.system({
      type: 'timer-fired',
      stepId: 'work',
      attempt: 1,
      slot: 'deadline',
    });
    expect(play.events).toHaveLength(length);
  });

  it('to begin are over when somebody begins', () => {
    const play = start([manual({ deadline })]);
    play.do('dev', { type: 'claim', stepId: 'work' });
    expect(play.step('work').dueAt).toBe(
      play.step('work').deadline?.completeBy,
    );
    const fired = [play.fireNext(), play.fireNext(), play.fireNext()];
    expect(fired).toEqual([
      'task.escalated',
      'task.escalated',
      'deadline.passed',
    ]);
    expect(play.last('deadline.passed').deadline).toBe('complete');
    expect(play.due()).toEqual([]);
  });

  it('do not let an excluded person in by widening', () => {
    const play = start([
      manual(),
      approval({
        excludedOwners: ['actor:work'],
        role: 'ops',
        deadline: {
          escalations: [
            { after: 'PT1M', to: 'group:default/developers', action: 'widen' },
          ],
        },
      }),
    ]);
    play.do('dev', { type: 'complete', stepId: 'work' });
    const yes = { type: 'vote', stepId: 'go', decision: 'approve' } as const;
    expect(() => play.do('ana', yes)).toThrow('Only ops');
    play.fireNext();
    expect(() => play.do('dev', yes)).toThrow('you did “Work”');
    play.do('ana', yes);
    expect(play.status).toBe('completed');
  });

  it.each<[string, SopStep, string[], string]>([
    [
      'fail the step',
      manual({ deadline: { completeWithin: 'PT30M', onTimeout: 'fail' } }),
      ['deadline.passed', 'step.failed', 'run.held'],
      'held',
    ],
    [
      'reject the approval',
      approval({ deadline: { completeWithin: 'PT30M', onTimeout: 'reject' } }),
      ['deadline.passed', 'step.failed', 'run.held'],
      'held',
    ],
    [
      'reject the approval back to earlier work',
      approval({
        deadline: { completeWithin: 'PT30M', onTimeout: 'reject' },
        onReject: { returnTo: 'first' },
      }),
      ['deadline.passed', 'step.reset', 'step.started'],
      'running',
    ],
    [
      'return the hand-over',
      {
        id: 'over',
        type: 'handoff',
        name: 'Over',
        role: 'ops',
        onReturn: { returnTo: 'first' },
        deadline: { completeWithin: 'PT30M', onTimeout: 'return' },
      } as HandoffStep,
      ['deadline.passed', 'step.reset', 'step.started'],
      'running',
    ],
  ])('on time-out %s', (_, step, events, status) => {
    const play = start([manual({ id: 'first' }), step]);
    play.do('dev', { type: 'complete', stepId: 'first' });
    expect(play.fireNext()).toBe(events.join(', '));
    expect(play.status).toBe(status);
    const reason =
      play.last('step.failed')?.error.message ?? play.last('step.reset').reason;
    expect(reason).toContain('It was not done within 30 minutes');
    expect(play.due()).toEqual([]);
  });

  it('count working days of a calendar', () => {
    const work = manual({
      deadline: { completeWithin: 'P5D', calendar: 'office' },
    });
    // A Monday; the Friday is a holiday.
    const play = start([work], {
      calendars: {
        office: {
          timezone: 'Etc/UTC',
          holidays: [{ date: '2026-11-06' }],
        },
      },
    });
    expect(play.step('work').dueAt).toBe('2026-11-10T09:00:01.000Z');
  });
});

describe('reminders', () => {
  it('come in their rhythm until the task ends', () => {
    const play = start([manual({ every: 'PT30M' })]);
    const begin = Date.parse(play.step('work').startedAt!);
    expect([play.fireNext(), play.fireNext()]).toEqual([
      'task.reminded',
      'task.reminded',
    ]);
    expect(play.now).toBe(begin + 60 * MINUTE);
    // Missed ones come as one, and the rhythm stays.
    play.wait(100 * MINUTE);
    play.fireNext();
    expect(play.last('task.reminded')).toEqual({
      stepId: 'work',
      count: 3,
      nextAt: new Date(begin + 180 * MINUTE).toISOString(),
    });
    // Too early: nothing.
    const { length } = play.events;
    play.system({
      type: 'timer-fired',
      stepId: 'work',
      attempt: 1,
      slot: 'reminder',
    });
    expect(play.events).toHaveLength(length);
    play.do('dev', { type: 'complete', stepId: 'work' });
    expect(play.due()).toEqual([]);
  });

  it('of a branch stop when the branch is done', () => {
    const both: ParallelStep = {
      id: 'both',
      type: 'parallel',
      name: 'Both',
      branches: [
        { steps: [manual({ id: 'fix' })] },
        { every: 'PT30M', steps: [manual({ id: 'tell' })] },
      ],
    };
    const play = start([both]);
    expect(play.fireNext()).toBe('task.reminded');
    expect(play.last('task.reminded')).toMatchObject({
      stepId: 'both',
      branch: 1,
      count: 1,
    });
    play.do('dev', { type: 'complete', stepId: 'tell' });
    expect(play.due()).toEqual([]);
    expect(play.status).toBe('running');
  });
});

describe('a guard', () => {
  const soak = (more: Partial<WaitStep> = {}): WaitStep => ({
    id: 'soak',
    type: 'wait',
    name: 'Soak',
    duration: 'PT3M',
    guard: {
      action: 'test:errors',
      expect: 'output.rate < 0.01',
      message: 'Error rate ${{ output.rate }}',
      every: 'PT1M',
      retry: { limit: 1, backoff: 'PT10S' },
    },
    ...more,
  });
  const fenced = { stepId: 'soak', attempt: 1 };
  const measure = (play: Timed, rate: number) => {
    const [next] = play.due();
    expect(next).toMatchObject({ kind: 'guard', slot: 'guard' });
    play.now = Math.max(play.now, Date.parse(next.dueAt!) - 1000);
    play.system({ type: 'guard-succeeded', ...fenced, output: { rate } });
  };
  const unknown: SystemCommand = {
    type: 'guard-failed',
    ...fenced,
    error: { name: 'Down', message: 'No answer' },
    retryable: true,
  };

  it('is measured at once, all the time, and once more at the end', () => {
    const play = start([soak()]);
    for (let i = 0; i < 4; i++) {
      expect(play.status).toBe('running');
      measure(play, 0.001);
    }
    expect(play.types().slice(2)).toEqual([
      ...Array(4).fill('guard.measured soak'),
      'step.completed soak',
      'run.completed',
    ]);
    expect(play.step('soak').guard?.last).toMatchObject({
      ok: true,
      output: { rate: 0.001 },
    });
  });

  it('fails the step at once when it does not hold', () => {
    const play = start([soak()]);
    measure(play, 0.001);
    measure(play, 0.5);
    expect(play.step('soak')).toMatchObject({
      status: 'failed',
      error: { name: 'GuardFailed', message: 'Error rate 0.5' },
      guard: { last: { ok: false, output: { rate: 0.5 } } },
    });
    expect(play.status).toBe('held');
  });

  it('that cannot be measured is no permission', () => {
    const play = start([soak()]);
    play.system(unknown);
    expect(play.step('soak')).toMatchObject({
      status: 'running',
      guard: { failures: 1, last: { error: { message: 'No answer' } } },
    });
    measure(play, 0);
    expect(play.step('soak').guard?.failures).toBe(0);
    play.wait(MINUTE);
    play.system(unknown);
    play.wait(MINUTE);
    play.system(unknown);
    expect(play.step('soak').error).toEqual({
      name: 'GuardUnknown',
      message: 'The guard could not be measured: No answer',
    });
  });

  it('fails at once when measuring again can never help', () => {
    const play = start([soak()]);
    play.system({ ...unknown, retryable: false } as SystemCommand);
    expect(play.step('soak').status).toBe('failed');
  });

  it('is not skipped: the clock alone does not end the wait', () => {
    const play = start([soak()]);
    play.wait(10 * MINUTE);
    play.system({ type: 'timer-fired', ...fenced });
    expect(play.step('soak').status).toBe('running');
    // Ten minutes were not watched, so they do not count.
    const before = Date.parse(play.step('soak').dueAt!);
    measure(play, 0);
    const { dueAt } = play.step('soak');
    expect((Date.parse(dueAt!) - before) / MINUTE).toBeGreaterThanOrEqual(10);
    expect(play.step('soak').status).toBe('running');
  });

  it('counts each time once, whoever measured it', () => {
    const play = start([soak()]);
    measure(play, 0);
    const { length } = play.events;
    play.system({ type: 'guard-succeeded', ...fenced, output: { rate: 9 } });
    play.system({
      type: 'guard-succeeded',
      stepId: 'soak',
      attempt: 2,
      output: { rate: 9 },
    });
    expect(play.events).toHaveLength(length);
  });
});

describe('a check with maxAge', () => {
  const check: SopStep = {
    id: 'probe',
    type: 'check',
    name: 'Probe',
    action: 'test:probe',
    expect: 'output.ok',
    maxAge: 'PT10M',
  };
  const probe = (play: Timed, ok = true, attempt = 1) => {
    play.system({ type: 'dispatch-action', stepId: 'probe', attempt, try: 1 });
    play.system({
      type: 'action-succeeded',
      stepId: 'probe',
      attempt,
      try: 1,
      output: { ok },
    });
  };
  const yes = { type: 'vote', stepId: 'go', decision: 'approve' } as const;

  it('is measured again before an approval is granted', () => {
    const play = start([check, approval()]);
    probe(play);
    play.wait(11 * MINUTE);
    play.do('ben', yes);
    expect(play.types().slice(-4)).toEqual([
      'vote.cast go',
      'approval.deferred go',
      'check.outdated probe',
      'step.started probe',
    ]);
    expect(() => play.do('cho', yes)).toThrow(
      'it is granted when “Probe” holds again',
    );
    probe(play, true, 2);
    expect(play.types().slice(-3)).toEqual([
      'step.completed probe',
      'step.completed go',
      'run.completed',
    ]);
    expect(play.last('step.completed')).toMatchObject({
      output: { decision: 'approved', approvals: 1 },
    });
  });

  it('that fails now keeps the approval from being granted', () => {
    const play = start([check, approval()]);
    probe(play);
    play.wait(11 * MINUTE);
    play.do('ben', yes);
    probe(play, false, 2);
    expect(play.status).toBe('held');
    expect(play.step('go').status).toBe('ready');
    play.do('dev', { type: 'retry', stepId: 'probe' });
    probe(play, true, 3);
    expect(play.status).toBe('completed');
  });

  it('that ages again while another is measured is measured again at once', () => {
    const second = { ...check, id: 'second', name: 'Second' };
    const play = start([check, second, approval()]);
    const answer = (stepId: string, attempt: number) => {
      const at = { stepId, attempt, try: 1 };
      play.system({ type: 'dispatch-action', ...at });
      play.system({ type: 'action-succeeded', ...at, output: { ok: true } });
    };
    answer('probe', 1);
    answer('second', 1);
    play.wait(11 * MINUTE);
    play.do('ben', yes);
    answer('probe', 2);
    play.wait(11 * MINUTE);
    answer('second', 2);
    expect(play.types().slice(-3)).toEqual([
      'step.completed second',
      'check.outdated probe',
      'step.started probe',
    ]);
    answer('probe', 3);
    expect(play.status).toBe('completed');
  });

  it('does not bring back an approval whose time is up meanwhile', () => {
    const deadline = { completeWithin: 'PT30M', onTimeout: 'fail' } as const;
    const play = start([check, approval({ deadline })]);
    probe(play);
    play.wait(25 * MINUTE);
    play.do('ben', yes);
    expect(play.last('approval.deferred')).toMatchObject({ approvals: 1 });
    play.wait(10 * MINUTE);
    play.system({
      type: 'timer-fired',
      stepId: 'go',
      attempt: 1,
      slot: 'deadline',
    });
    expect(play.step('go').status).toBe('failed');
    probe(play, true, 2);
    expect(play.step('go').status).toBe('failed');
    expect(play.status).toBe('held');
  });

  it('that is fresh stays', () => {
    const play = start([check, approval()]);
    probe(play);
    play.wait(9 * MINUTE);
    play.do('ben', yes);
    expect(play.status).toBe('completed');
  });

  it('is measured again before other work begins, waits left out', () => {
    const wait: WaitStep = {
      id: 'pause',
      type: 'wait',
      name: 'Pause',
      duration: 'PT1H',
    };
    const play = start([check, wait, manual()]);
    probe(play);
    play.fireNext();
    expect(play.types().slice(-3)).toEqual([
      'step.completed pause',
      'check.outdated probe',
      'step.started probe',
    ]);
    expect(play.step('work').status).toBe('pending');
    probe(play, true, 2);
    expect(play.step('work').status).toBe('ready');
    // Behind its gate its age no longer counts.
    play.wait(60 * MINUTE);
    play.do('dev', { type: 'complete', stepId: 'work' });
    expect(play.status).toBe('completed');
  });
});

describe('windows', () => {
  // The runs of these tests start on Monday, 2026-11-02, at 09:00 UTC.
  const hours: SopWindow = {
    name: 'hours',
    effect: 'allow',
    rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=14;BYMINUTE=0;BYSECOND=0',
    timezone: 'Etc/UTC',
    duration: 'PT4H',
    unless: 'inputs.hotfix',
  };
  const freeze: SopWindow = {
    name: 'freeze',
    effect: 'deny',
    rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=0;BYMINUTE=0;BYSECOND=0',
    timezone: 'Etc/UTC',
    duration: 'P1D',
  };
  const deploy = (more: Partial<ActionStep> = {}): ActionStep => ({
    id: 'deploy',
    type: 'action',
    name: 'Deploy',
    action: 'test:deploy',
    windows: ['hours'],
    ...more,
  });
  const run = (steps: SopStep[], windows: SopWindow[], hotfix = false) =>
    new Timed(specOf(steps, { windows })).start('dev', { inputs: { hotfix } });
  const dispatch = (play: Timed, n = 1) =>
    play.system({
      type: 'dispatch-action',
      stepId: 'deploy',
      attempt: 1,
      try: n,
    });

  it('keep a step until they open', () => {
    const play = run([deploy()], [hours]);
    expect(play.step('deploy').blocked?.blocks).toEqual([
      {
        kind: 'window',
        sentence: 'the window “hours” is closed',
        until: '2026-11-02T14:00:00.000Z',
        ref: 'hours',
      },
    ]);
    dispatch(play);
    expect(play.step('deploy').dispatched).toBeFalsy();
    expect(play.fireNext()).toBe('step.unblocked, step.started');
    dispatch(play);
    expect(play.step('deploy').dispatched).toBe(true);
  });

  it('deny wins over allow', () => {
    const play = run(
      [deploy({ windows: ['hours', 'freeze'] })],
      [hours, freeze],
      true,
    );
    expect(play.step('deploy').blocked?.blocks).toMatchObject([
      { sentence: 'the window “freeze” forbids it now', ref: 'freeze' },
    ]);
  });

  it('that are waived let it begin, and the record says so', () => {
    const play = run([deploy()], [hours], true);
    expect(play.last('step.started')).toMatchObject({
      stepId: 'deploy',
      bypassed: ['hours'],
    });
    dispatch(play);
    expect(play.last('action.dispatched').bypassed).toEqual(['hours']);
  });

  it('that are open need no waiving', () => {
    const play = new Timed(specOf([deploy()], { windows: [hours] }));
    play.now = Date.parse('2026-11-02T15:00:00Z');
    play.start('dev', { inputs: { hotfix: true } });
    expect(play.last('step.started').bypassed).toBeUndefined();
  });

  it.each([
    [false, 'blocked'],
    [true, 'running'],
  ])('with overrun %s: a retry after closing is %s', (overrun, status) => {
    const play = run(
      [deploy({ retry: { limit: 3, backoff: 'PT1M' } })],
      [{ ...hours, overrun }],
    );
    play.fireNext();
    dispatch(play);
    play.now = Date.parse('2026-11-02T18:00:00Z');
    play.system({
      type: 'action-failed',
      stepId: 'deploy',
      attempt: 1,
      try: 1,
      error: { name: 'E', message: 'm' },
      retryable: true,
    });
    play.wait(2 * MINUTE);
    dispatch(play, 2);
    expect(play.step('deploy').status).toBe(status);
    expect(play.step('deploy').tries).toBe(overrun ? 2 : 1);
  });

  it('keep the work of people from taking effect outside them', () => {
    const play = run([manual({ windows: ['hours'] })], [hours]);
    play.fireNext();
    play.do('dev', { type: 'claim', stepId: 'work' });
    play.now = Date.parse('2026-11-02T18:00:00Z');
    expect(() => play.do('dev', { type: 'complete', stepId: 'work' })).toThrow(
      'Blocked because the window “hours” is closed; it opens at 2026-11-03T14:00:00.000Z.',
    );
    // To say that it cannot be done is always possible.
    play.do('dev', {
      type: 'report-failure',
      stepId: 'work',
      reason: 'Too late',
    });
    expect(play.status).toBe('held');
  });

  it('whose unless cannot be evaluated fail the step', () => {
    const play = run(
      [deploy()],
      [{ ...hours, unless: 'inputs.missing == true' }],
    );
    expect(play.step('deploy').status).toBe('failed');
  });
});

describe('a role that rotates', () => {
  const rotating = (rotate: any) =>
    specOf([manual({ role: 'captain' })], {
      roles: {
        captain: { potentialOwners: ['group:default/reviewers'], rotate },
      },
    });

  it('is whose turn it is when the run starts, to its end', () => {
    const play = new Timed(rotating('P1W')).start('ana');
    const { member, members, startsAt, endsAt } = play.state!.roles!.captain;
    expect(members).toEqual([
      'user:default/ana',
      'user:default/ben',
      'user:default/cho',
      'user:default/dia',
    ]);
    expect([startsAt, endsAt]).toEqual([
      '2026-11-02T00:00:00.000Z',
      '2026-11-09T00:00:00.000Z',
    ]);
    expect(play.step('work').potentialOwners).toEqual([member]);
    play.wait(14 * 24 * 60 * MINUTE);
    const other = members.find(one => one !== member)!.split('/')[1];
    expect(() => play.do(other, { type: 'complete', stepId: 'work' })).toThrow(
      'Only captain',
    );
    play.do(member.split('/')[1], { type: 'complete', stepId: 'work' });
    expect(play.status).toBe('completed');
  });

  it('follows a rotation of its own', () => {
    const play = new Timed(
      rotating({
        every: 'P1D',
        from: '2026-11-01T08:00',
        timezone: 'Europe/Berlin',
      }),
    ).start('ana');
    expect(play.state!.roles!.captain).toMatchObject({
      member: 'user:default/ben',
      startsAt: '2026-11-02T07:00:00.000Z',
    });
  });

  it('among nobody refuses the start', () => {
    const play = new Timed(rotating('P1W'), {});
    expect(() => play.start('ana')).toThrow(
      'The role "captain" rotates among nobody: group:default/reviewers has no members. Add a member, then start again.',
    );
  });
});
