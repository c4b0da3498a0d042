import fc from 'fast-check';
import { SopSpec, SopStep } from '../model/types';
import { replay } from './evolve';
import { openTasks, pendingWork } from './queries';
import { Play, specOf } from './testUtils';
import { AnyRunEvent } from './types';

const RUNS = process.env.HANDRAIL_FULL ? 100_000 : 400;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A procedure with everything that has to do with time. */
const steps: SopStep[] = [
  {
    id: 'probe',
    type: 'check',
    name: 'Probe',
    action: 'test:probe',
    expect: 'output.ok',
    maxAge: 'PT20M',
  },
  {
    id: 'go',
    type: 'approval',
    name: 'Go',
    role: 'reviewer',
    reason: 'optional',
    every: 'PT15M',
    deadline: {
      startWithin: 'PT10M',
      completeWithin: 'PT1H',
      escalations: [
        { after: 'PT5M', to: 'group:default/ops' },
        { after: 'PT30M', to: 'group:default/ops', action: 'widen' },
        { after: 'PT40M', to: 'group:default/ops', unlessStarted: true },
      ],
      onTimeout: 'fail',
    },
  },
  {
    id: 'push',
    type: 'action',
    name: 'Push',
    action: 'test:push',
    windows: ['hours', 'freeze'],
    retry: { limit: 2, backoff: 'PT10M' },
  },
  {
    id: 'soak',
    type: 'wait',
    name: 'Soak',
    duration: 'PT10M',
    guard: {
      action: 'test:errors',
      expect: 'output.ok',
      every: 'PT2M',
      retry: { limit: 1, backoff: 'PT30S' },
    },
  },
  {
    id: 'tell',
    type: 'manual',
    name: 'Tell',
    role: 'dev',
    every: 'PT30M',
    windows: ['hours'],
  },
];
const daily = (hour: number) =>
  `FREQ=DAILY;BYHOUR=${hour};BYMINUTE=0;BYSECOND=0`;
const spec: SopSpec = specOf(steps, {
  windows: [
    {
      name: 'hours',
      effect: 'allow',
      rrule: daily(10),
      duration: 'PT4H',
      timezone: 'Etc/UTC',
    },
    {
      name: 'freeze',
      effect: 'deny',
      rrule: daily(12),
      duration: 'PT1H',
      timezone: 'Etc/UTC',
    },
  ],
});

/** Told without the calendar library. */
const hourOf = (at: string) => new Date(at).getUTCHours();
const isOpenFor = {
  push: (at: string) => [10, 11, 13].includes(hourOf(at)),
  tell: (at: string) => [10, 11, 12, 13].includes(hourOf(at)),
};

const move = fc.record({
  wait: fc.constantFrom(0, 30_000, 2 * MINUTE, 6 * MINUTE, 25 * MINUTE, HOUR),
  by: fc.constantFrom('ben', 'olu', 'dev'),
  act: fc.constantFrom(
    ...['none', 'claim', 'do', 'do', 'do', 'do', 'reject', 'retry'],
  ),
  outcome: fc.constantFrom(
    ...['ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok', 'bad', 'unknown', 'late'],
  ),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

const EXPECTED = ['ConflictError', 'InputError', 'NotAllowedError'];

function person(play: Play, { by, act }: Move): void {
  const [task] = openTasks(play.state!, play.spec);
  const failed = Object.values(play.state!.steps).find(
    one => one.status === 'failed',
  );
  const stepId = task?.stepId ?? failed?.id ?? 'tell';
  const decision = act === 'reject' ? 'reject' : 'approve';
  try {
    if (act === 'retry') {
      play.do(by, { type: 'retry', stepId });
    } else if (act === 'claim') {
      play.do(by, { type: 'claim', stepId });
    } else if (task?.type === 'approval') {
      play.do(by, { type: 'vote', stepId, decision });
    } else if (act !== 'none') {
      play.do(by, { type: 'complete', stepId });
    }
  } catch (error) {
    if (!EXPECTED.includes((error as Error).name)) {
      throw error;
    }
  }
}

function worker(play: Play, { outcome }: Move): void {
  const error = { name: 'E', message: 'm' };
  const output = { ok: outcome !== 'bad' };
  for (const one of pendingWork(play.state!, play.spec)) {
    const { kind, stepId, attempt } = one;
    const at = { stepId, attempt };
    const due = !one.dueAt || Date.parse(one.dueAt) <= play.now;
    if (outcome === 'late' || !due) {
      continue;
    }
    if (kind === 'wait' || kind === 'blocked') {
      play.system({ type: 'timer-fired', ...at });
    } else if (kind === 'deadline' || kind === 'reminder') {
      // Twice, as two replicas might.
      play.system({ type: 'timer-fired', ...at, slot: kind });
      play.system({ type: 'timer-fired', ...at, slot: kind });
    } else if (kind === 'guard') {
      play.system(
        outcome === 'unknown'
          ? { type: 'guard-failed', ...at, error, retryable: true }
          : { type: 'guard-succeeded', ...at, output },
      );
    } else if (kind === 'dispatch') {
      play.system({ type: 'dispatch-action', ...at, try: one.try ?? 1 });
    } else {
      play.system(
        outcome === 'unknown'
          ? {
              type: 'action-failed',
              ...at,
              try: one.try!,
              error,
              retryable: true,
            }
          : { type: 'action-succeeded', ...at, try: one.try!, output },
      );
    }
  }
}

/** The invariants, told from the journal alone. */
function assertTimely(events: AnyRunEvent[]): void {
  /** What has passed in this attempt of a step. */
  const passed: Record<string, string[]> = {};
  const measured: Record<string, { at: string; ok: boolean }[]> = {};
  const dueAt: Record<string, string> = {};
  let probedAt = '';
  for (const event of events) {
    const { at } = event;
    if (event.type === 'step.started') {
      const { stepId } = event.data;
      passed[stepId] = [];
      measured[stepId] = [];
      dueAt[stepId] = event.data.dueAt ?? '';
      // No step begins outside its windows.
      if (stepId === 'push' || stepId === 'tell') {
        expect(isOpenFor[stepId](at)).toBe(true);
      }
    } else if (event.type === 'action.dispatched') {
      if (event.data.stepId === 'push') {
        expect(isOpenFor.push(at)).toBe(true);
      }
    } else if (
      event.type === 'deadline.passed' ||
      event.type === 'task.escalated'
    ) {
      const { stepId } = event.data;
      const key =
        event.type === 'task.escalated'
          ? `escalation ${event.data.index}`
          : event.data.deadline;
      // Nothing passes twice in one attempt.
      expect(passed[stepId]).not.toContain(key);
      passed[stepId].push(key);
    } else if (event.type === 'guard.measured') {
      const { stepId } = event.data;
      measured[stepId].push({ at, ok: event.data.ok });
      dueAt[stepId] = event.data.dueAt ?? dueAt[stepId];
    } else if (event.type === 'step.completed') {
      const { stepId } = event.data;
      if (stepId === 'tell') {
        expect(isOpenFor.tell(at)).toBe(true);
      } else if (stepId === 'soak') {
        const last = measured.soak[measured.soak.length - 1];
        // It ends with a measurement that holds, after its time.
        expect(last).toEqual({ at, ok: true });
        expect(at >= dueAt.soak).toBe(true);
        expect(measured.soak.length).toBeGreaterThan(1);
      } else if (stepId === 'probe') {
        probedAt = at;
      } else if (stepId === 'go') {
        // No approval is granted on a measurement that is too old.
        expect(Date.parse(at) - Date.parse(probedAt)).toBeLessThanOrEqual(
          20 * MINUTE,
        );
      }
    }
  }
}

/** What must happen in some run, or the rules were not put to the test. */
const TO_MEET = [
  'step.blocked',
  'step.unblocked',
  'deadline.passed',
  'task.escalated',
  'task.reminded',
  'guard.measured',
  'check.outdated',
  'approval.deferred',
  'run.completed',
];
/** A run seldom comes to its end by chance: so often it is tried again. */
const ROUNDS = 10;

it('keeps windows, deadlines, guards and ages, whatever happens when', () => {
  const seen = new Set<string>();
  const missing = () => TO_MEET.filter(type => !seen.has(type));
  for (let round = 0; round < ROUNDS && missing().length > 0; round++) {
    fc.assert(
      fc.property(
        // Mostly where a run can come to its end on the same day.
        fc.constantFrom(...[9, 10, 10, 11, 12, 13, 14, 23]),
        fc.array(move, { minLength: 20, maxLength: 60 }),
        (hour, moves) => {
          const play = new Play(spec);
          play.now = Date.parse('2026-11-02T00:00:00Z') + hour * HOUR;
          play.start('ben');
          for (const one of moves) {
            play.wait(one.wait);
            worker(play, one);
            person(play, one);
          }
          assertTimely(play.events);
          expect(replay(play.events)).toEqual(play.state);
          play.events.forEach(({ type }) => seen.add(type));
        },
      ),
      { numRuns: RUNS },
    );
  }
  expect(missing()).toEqual([]);
});
