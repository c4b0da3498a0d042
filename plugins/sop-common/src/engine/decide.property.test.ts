import { NotAllowedError } from '@backstage/errors';
import fc from 'fast-check';
import { SopStep } from '../model/types';
import { replay } from './evolve';
import { openTasks, pendingWork } from './queries';
import { MEMBERS, Play, specOf } from './testUtils';
import { AnyRunEvent, HumanCommand } from './types';

const RUNS = process.env.HANDRAIL_FULL ? 100_000 : 1_500;

const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'dia', 'olu', 'zoe'];
const EXPECTED = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** A procedure with every rule that must never be broken. */
const steps: SopStep[] = [
  {
    id: 'script',
    type: 'manual',
    name: 'Script',
    role: 'dev',
    evidence: [{ id: 'rows', kind: 'number', integer: true, required: true }],
    compensation: { type: 'manual', name: 'Undo script', role: 'dev' },
  },
  {
    id: 'review',
    type: 'approval',
    name: 'Review',
    role: 'reviewer',
    quorum: 2,
    veto: false,
    excludedOwners: ['initiator', 'actor:script'],
    onReject: { returnTo: 'script' },
  },
  {
    id: 'fork',
    type: 'parallel',
    name: 'Fork',
    branches: [
      {
        steps: [
          {
            id: 'apply',
            type: 'action',
            name: 'Apply',
            action: 'x:y',
            retry: { limit: 1, backoff: 'PT1S' },
            compensation: { type: 'manual', name: 'Undo apply', role: 'dev' },
          },
        ],
      },
      {
        steps: [
          {
            id: 'take',
            type: 'handoff',
            name: 'Take',
            role: 'ops',
            excludedOwners: ['initiator'],
          },
        ],
      },
    ],
  },
  { id: 'soak', type: 'wait', name: 'Soak', duration: 'PT1M' },
];

const stepId = fc.constantFrom(
  'script',
  'review',
  'take',
  'apply',
  'compensate:script',
  'compensate:apply',
  'nope',
);
const reason = fc.constantFrom('because', '');
const command: fc.Arbitrary<HumanCommand> = fc.oneof<
  fc.MaybeWeightedArbitrary<HumanCommand>[]
>(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('complete' as const),
      stepId,
      taskVersion: fc.nat(60),
      evidence: fc.constantFrom<Record<string, number>>(
        { rows: 3 },
        {},
        { rows: 1.5 },
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('vote' as const),
      stepId: fc.constant('review'),
      taskVersion: fc.nat(60),
      decision: fc.constantFrom('approve' as const, 'reject' as const),
      reason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom(
        'accept' as const,
        'claim' as const,
        'release' as const,
      ),
      stepId,
      taskVersion: fc.nat(60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('return' as const, 'report-failure' as const),
      stepId,
      taskVersion: fc.nat(60),
      reason,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('retry' as const),
      stepId,
      taskVersion: fc.nat(60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constantFrom('compensate' as const, 'fail' as const),
      reason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('cancel' as const),
      reason,
      compensate: fc.boolean(),
    }),
  },
);
/**
 * What somebody tries. Mostly the task at hand (`pick`), as pure chance would
 * hardly ever get past the first step; else anything at all.
 */
const move = fc.record({
  by: fc.constantFrom(...PEOPLE),
  pick: fc.option(fc.nat(3), { freq: 4 }),
  decision: fc.constantFrom(
    'approve' as const,
    'approve' as const,
    'approve' as const,
    'reject' as const,
  ),
  command,
  stale: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  worker: fc.constantFrom('none', 'succeed', 'succeed', 'fail', 'lose', 'tick'),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

function commandOf(play: Play, { pick, decision, command: any, stale }: Move) {
  const tasks = openTasks(play.state!, play.spec);
  const task = pick === null ? undefined : tasks[pick % (tasks.length || 1)];
  if (!task) {
    const fresh = { ...any };
    if ('stepId' in fresh && !stale && fresh.stepId !== 'nope') {
      fresh.taskVersion = play.step(fresh.stepId).version;
    }
    return fresh;
  }
  const at = { stepId: task.stepId, taskVersion: task.version };
  if (task.type === 'approval') {
    return { type: 'vote' as const, ...at, decision, reason: 'because' };
  }
  if (task.type === 'handoff') {
    return { type: 'accept' as const, ...at };
  }
  const evidence: Record<string, number> =
    task.stepId === 'script' ? { rows: 3 } : {};
  return { type: 'complete' as const, ...at, evidence };
}

function work(play: Play, what: string): void {
  if (what === 'tick') {
    play.wait(60_000);
  }
  for (const one of pendingWork(play.state!, play.spec)) {
    const { stepId: id, attempt } = one;
    const due = !one.dueAt || Date.parse(one.dueAt) <= play.now;
    if (one.kind === 'wait' && due) {
      play.system({ type: 'timer-fired', stepId: id, attempt });
    } else if (one.kind === 'dispatch' && due && what !== 'none') {
      play.system({
        type: 'dispatch-action',
        stepId: id,
        attempt,
        try: one.try!,
      });
    } else if (one.kind === 'lease' && what === 'succeed') {
      play.system({
        type: 'action-succeeded',
        stepId: id,
        attempt,
        try: one.try!,
        output: {},
      });
    } else if (one.kind === 'lease' && (what === 'fail' || what === 'lose')) {
      play.system({
        type: 'action-failed',
        stepId: id,
        attempt,
        try: one.try!,
        error: {
          name: what === 'lose' ? 'OutcomeUnknownError' : 'Error',
          message: 'x',
        },
        retryable: what === 'fail',
      });
    }
  }
}

/** The invariants, told from the journal alone and not by the engine's own helpers. */
function assertSafe(events: AnyRunEvent[]): void {
  const did: Record<string, Set<string>> = {};
  const initiator = events[0].actor!;
  let approvals = new Set<string>();
  const compensated = new Map<string, number>();
  let closed = false;
  for (const event of events) {
    expect(closed).toBe(false);
    if (event.type === 'step.completed') {
      const { stepId: id, evidence } = event.data;
      if (event.actor) {
        (did[id] ??= new Set()).add(event.actor);
      }
      if (id === 'script') {
        expect(Number.isInteger(evidence?.rows)).toBe(true);
        expect(MEMBERS['group:default/developers']).toContain(event.actor);
      }
      if (id === 'review') {
        expect(approvals.size).toBeGreaterThanOrEqual(2);
      }
      if (id === 'take') {
        expect(event.actor).toBe('user:default/olu');
        expect(event.actor).not.toBe(initiator);
      }
    } else if (event.type === 'vote.cast') {
      expect(MEMBERS['group:default/reviewers']).toContain(event.actor);
      expect(event.actor).not.toBe(initiator);
      expect([...(did.script ?? [])]).not.toContain(event.actor);
      if (event.data.decision === 'approve') {
        approvals.add(event.actor!);
      }
    } else if (
      event.type === 'step.started' &&
      event.data.stepId === 'review'
    ) {
      approvals = new Set();
    } else if (event.type === 'step.started' && event.data.stepId === 'fork') {
      // Nothing behind the gate begins before the gate is passed.
      expect(approvals.size).toBeGreaterThanOrEqual(2);
    } else if (event.type === 'step.compensated') {
      const { stepId: id } = event.data;
      compensated.set(id, (compensated.get(id) ?? 0) + 1);
      expect(compensated.get(id)).toBe(1);
    }
    closed = [
      'run.completed',
      'run.failed',
      'run.cancelled',
      'run.compensated',
    ].includes(event.type);
  }
}

/** Whether it was accepted. A refusal must be one of ours and write nothing. */
function tryMove(play: Play, one: Move): boolean {
  const before = play.events.length;
  try {
    play.do(one.by, commandOf(play, one));
    return true;
  } catch (error) {
    if (!EXPECTED.includes((error as Error).name)) {
      throw error;
    }
    if (play.events.length !== before) {
      throw new Error(`A refused command wrote events: ${error}`);
    }
    return false;
  }
}

it('never breaks a rule, whatever people and machines do in whatever order', () => {
  let accepted = 0;
  let refused = 0;
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.constantFrom('dev', 'ana', 'ben', 'olu'),
      fc.array(move, { minLength: 5, maxLength: 40 }),
      (initiator, moves) => {
        const play = new Play(specOf(steps)).start(initiator);
        for (const one of moves) {
          if (tryMove(play, one)) {
            accepted++;
          } else {
            refused++;
          }
          work(play, one.worker);
        }
        assertSafe(play.events);
        expect(replay(play.events)).toEqual(play.state);
        expect(play.events.map(event => event.seq)).toEqual(
          play.events.map((_, i) => i + 1),
        );
        ends.set(play.status!, (ends.get(play.status!) ?? 0) + 1);
      },
    ),
    { numRuns: RUNS },
  );
  // The generator must really reach the interesting states.
  expect(accepted).toBeGreaterThan(RUNS);
  expect(refused).toBeGreaterThan(RUNS);
  for (const status of [
    'completed',
    'held',
    'cancelled',
    'compensated',
    'compensating',
  ]) {
    expect([...ends.keys()]).toContain(status);
  }
});

it('always leaves somebody or something that can move an open run on', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), moves => {
      const play = new Play(specOf(steps)).start('dev');
      for (const one of moves) {
        tryMove(play, one);
        work(play, one.worker);
      }
      const { status } = play.state!;
      const movable =
        openTasks(play.state!, play.spec).length +
        pendingWork(play.state!, play.spec).length;
      expect(
        Boolean(play.state!.closedAt) || status === 'held' || movable > 0,
      ).toBe(true);
    }),
    { numRuns: RUNS / 3 },
  );
});

it('refuses every vote of a person without the right, in every state', () => {
  const play = new Play(specOf(steps))
    .start('dev')
    .do('ana', { type: 'complete', stepId: 'script', evidence: { rows: 1 } });
  for (const by of ['ana', 'dev', 'olu', 'zoe']) {
    expect(() =>
      play.do(by, {
        type: 'vote',
        stepId: 'review',
        decision: 'approve',
        reason: 'x',
      }),
    ).toThrow(NotAllowedError);
  }
});
