import fc from 'fast-check';
import { SopStep } from '../model/types';
import { replay } from './evolve';
import { lockRequests, openTasks, pendingWork } from './queries';
import { Play, specOf } from './testUtils';
import { AnyRunEvent } from './types';

const RUNS = process.env.HANDRAIL_FULL ? 30_000 : 400;
const PEOPLE = ['ana', 'dev', 'ben', 'cho', 'olu', 'zoe'];
const EXPECTED = [
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
];

/** Items, an action that must not happen twice, a lock, a sub-procedure. */
const branches: SopStep[] = [
  {
    id: 'each',
    type: 'forEach',
    name: 'Each',
    in: 'inputs.items',
    as: 'item',
    maxParallel: 2,
    steps: [
      { id: 'decide', type: 'manual', name: 'Decide', role: 'dev' },
      {
        id: 'apply',
        type: 'action',
        name: 'Apply',
        action: 'x:y',
        input: { item: '${{ item }}' },
        inDoubt: { role: 'reviewer' },
        compensation: { type: 'action', name: 'Undo', action: 'x:undo' },
      },
    ],
  },
  {
    id: 'deploy',
    type: 'manual',
    name: 'Deploy',
    role: 'dev',
    lock: 'production',
    compensation: { type: 'manual', name: 'Undo deploy', role: 'dev' },
  },
  { id: 'sub', type: 'run', name: 'Sub', sop: 'sop:default/sub' },
];
/** Side by side, so that each is reached. */
const steps: SopStep[] = [
  {
    id: 'fork',
    type: 'parallel',
    name: 'Fork',
    branches: branches.map(step => ({ steps: [step] })),
  },
];
const ITEMS = ['a', 'b', 'c'];

const move = fc.record({
  run: fc.nat(2),
  by: fc.constantFrom(...PEOPLE),
  pick: fc.nat(5),
  kind: fc.constantFrom(
    ...['task', 'task', 'task', 'task', 'fail', 'retry'],
    ...['cancel', 'undo', 'work', 'work', 'work'],
  ),
  outcome: fc.constantFrom(
    'done' as const,
    'done' as const,
    'not-done' as const,
    'compensate' as const,
  ),
  end: fc.constantFrom('succeed', 'succeed', 'succeed', 'lose', 'break'),
});
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

function act(play: Play, one: Move): void {
  const state = play.state!;
  const tasks = openTasks(state, play.spec);
  const task = tasks[one.pick % (tasks.length || 1)];
  const failed = Object.values(state.steps).find(s => s.status === 'failed');
  if (one.kind === 'cancel' && one.pick === 0) {
    play.do(one.by, { type: 'cancel', reason: 'x', compensate: true });
  } else if (one.kind === 'undo') {
    play.do(one.by, { type: 'compensate', reason: 'x' });
  } else if (one.kind === 'retry' && failed) {
    play.do(one.by, { type: 'retry', stepId: failed.id });
  } else if (task?.status === 'in-doubt') {
    play.do(one.by, {
      type: 'resolve-doubt',
      stepId: task.stepId,
      outcome: one.outcome,
      reason: 'seen',
    });
  } else if (task && one.kind === 'fail') {
    play.do(one.by, {
      type: 'report-failure',
      stepId: task.stepId,
      reason: 'x',
    });
  } else if (task) {
    play.do(one.by, { type: 'complete', stepId: task.stepId });
  }
}

/** What the back end does: grants, calls, runs below. Some of it gets lost. */
function work(plays: Play[], play: Play, end: string): void {
  for (const { kind, stepId, attempt, try: n } of pendingWork(
    play.state!,
    play.spec,
  )) {
    const at = { stepId, attempt };
    if (kind === 'dispatch') {
      play.system({ type: 'dispatch-action', ...at, try: n! });
    } else if (kind === 'lease' && end === 'succeed') {
      play.system({ type: 'action-succeeded', ...at, try: n!, output: {} });
    } else if (kind === 'lease') {
      play.system({
        type: 'action-failed',
        ...at,
        try: n!,
        error: {
          name: end === 'lose' ? 'OutcomeUnknownError' : 'Error',
          message: 'x',
        },
        retryable: false,
      });
    } else if (kind === 'lock') {
      const held = plays.some(other =>
        lockRequests(other.state!).some(one => one.acquiredAt),
      );
      if (!held) {
        play.system({ type: 'lock-granted', ...at });
      }
    } else if (kind === 'start-child') {
      play.system({
        type: 'child-ended',
        ...at,
        runId: `${stepId}-${attempt}`,
        status: end === 'succeed' ? 'completed' : 'failed',
        output: {},
      });
    }
  }
}

/** Told from the journals alone. */
function assertSafe(events: AnyRunEvent[]): void {
  const ordered = new Map<string, number>();
  const allowed = new Map<string, number>();
  const compensated = new Set<string>();
  const done = new Set<string>();
  for (const event of events) {
    if (event.type === 'action.dispatched') {
      // The first time, and once more for each word of a person.
      const id = event.data.stepId;
      ordered.set(id, (ordered.get(id) ?? 0) + 1);
      expect(ordered.get(id)).toBeLessThanOrEqual(1 + (allowed.get(id) ?? 0));
    } else if (
      (event.type === 'doubt.resolved' && event.data.outcome === 'not-done') ||
      (event.type === 'step.reset' && event.actor)
    ) {
      const ids =
        'stepIds' in event.data ? event.data.stepIds : [event.data.stepId];
      for (const id of ids) {
        allowed.set(id, (allowed.get(id) ?? 0) + 1);
      }
    } else if (event.type === 'step.compensated') {
      expect(compensated).not.toContain(event.data.stepId);
      compensated.add(event.data.stepId);
    } else if (event.type === 'step.completed') {
      done.add(event.data.stepId);
      if (event.data.stepId === 'each') {
        ITEMS.forEach((_, n) => expect(done).toContain(`each[${n}].apply`));
      }
    }
  }
}

/** Times at which somebody has the lock, over all runs, never overlap. */
function assertExclusive(plays: Play[]): void {
  const holders = plays.filter(play =>
    lockRequests(play.state!).some(one => one.acquiredAt),
  );
  expect(holders.length).toBeLessThanOrEqual(1);
}

it('keeps items apart, locks to one holder, and effects to one, whatever happens', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(fc.array(move, { minLength: 20, maxLength: 90 }), moves => {
      const plays = [0, 1, 2].map(() =>
        new Play(specOf(steps)).start('dev', {
          inputs: { items: ITEMS },
          procedures: { 'sop:default/sub': 'a'.repeat(64) },
        }),
      );
      for (const one of moves) {
        const play = plays[one.run];
        try {
          if (one.kind === 'work') {
            work(plays, play, one.end);
          } else {
            act(play, one);
          }
        } catch (error) {
          if (!EXPECTED.includes((error as Error).name)) {
            throw error;
          }
        }
        assertExclusive(plays);
        const open = Object.keys(play.state!.steps).filter(
          id =>
            id.startsWith('each[') &&
            ['ready', 'reserved', 'running', 'in-doubt'].includes(
              play.step(id).status,
            ),
        );
        expect(open.length).toBeLessThanOrEqual(2);
      }
      for (const play of plays) {
        assertSafe(play.events);
        expect(replay(play.events)).toEqual(play.state);
        for (const { type } of play.events) {
          seen.set(type, (seen.get(type) ?? 0) + 1);
        }
      }
    }),
    { numRuns: RUNS },
  );
  // The generator must really reach what this is about.
  for (const type of [
    'step.in-doubt',
    'doubt.resolved',
    'lock.acquired',
    'child.ended',
    'step.compensated',
  ]) {
    expect([...seen.keys()]).toContain(type);
  }
});
