import { OUTCOME_UNKNOWN } from './doubt';
import { children, idsIn, undoId } from './outline';
import { holds, fillIn } from './expressions';
import { excluded, owners } from './people';
import { OPEN, Replay, TEXT } from './Replay';
import { Step } from './types';
import { after, nextClock, toInstant } from './times';

/** How far a list of steps is. */
type Progress = 'done' | 'open' | 'failed';

const ERROR = { name: TEXT, message: TEXT } as const;

const HUMAN = ['manual', 'approval', 'handoff', 'tour'];

export const isHuman = (step: Step) => HUMAN.includes(step.type);

/** The value, or that it cannot be had. */
function attempt<T>(compute: () => T): { value: T } | undefined {
  try {
    return { value: compute() };
  } catch {
    return undefined;
  }
}

function stepFailed(replay: Replay, id: string): void {
  const { data } = replay.expect('step.failed', { stepId: id, error: ERROR });
  replay.touch(id, {
    status: 'failed',
    claimedBy: undefined,
    dispatched: false,
    dueAt: undefined,
    errorName: (data.error as { name: string }).name,
  });
}

/** What follows by the procedure alone, until somebody or something must act. */
export function settle(replay: Replay): void {
  const { run, procedure } = replay;
  if (replay.closed) {
    return;
  }
  if (run.rollback) {
    settleRollback(replay);
    return;
  }
  const progress = walk(replay, procedure.steps);
  if (progress === 'done') {
    replay.expect('run.completed', {});
    run.status = 'completed';
  } else if (progress === 'failed' && run.status === 'running') {
    if (procedure.onFailure?.compensate === 'reverse') {
      rollBack(replay, 'failed');
    } else {
      const first = [...replay.outline.keys()].find(
        id => replay.step(id).status === 'failed',
      );
      replay.expect('run.held', { stepId: first, reason: TEXT });
      run.status = 'held';
    }
  } else if (progress !== 'failed' && run.status === 'held') {
    replay.expect('run.resumed', { reason: TEXT });
    run.status = 'running';
  }
}

function walk(replay: Replay, list: Step[]): Progress {
  for (const step of list) {
    if (replay.step(step.id).status === 'pending') {
      reach(replay, step);
    }
    const { status } = replay.step(step.id);
    let progress: Progress = 'open';
    if (status === 'completed' || status === 'skipped') {
      progress = 'done';
    } else if (status === 'failed' || status === 'cancelled') {
      progress = 'failed';
    } else if (step.type === 'parallel') {
      progress = walkBranches(replay, step);
    } else if (step.type === 'switch') {
      progress = walkCase(replay, step);
    }
    if (progress !== 'done') {
      return progress;
    }
  }
  return 'done';
}

/** A step whose turn it is: it begins, is skipped, or cannot begin. */
function reach(replay: Replay, step: Step): void {
  const { id } = step;
  if (step.if) {
    const wanted = attempt(() => holds(step.if!, replay.context()));
    if (!wanted) {
      stepFailed(replay, id);
      return;
    }
    if (!wanted.value) {
      const nested = idsIn(children(step).map(child => child.steps));
      replay.expect('step.skipped', {
        stepId: id,
        reason: TEXT,
        nested: nested.length ? nested : undefined,
      });
      [id, ...nested].forEach(one => replay.touch(one, { status: 'skipped' }));
      return;
    }
  }
  if (isHuman(step)) {
    const potentialOwners = owners(replay.run, replay.procedure, step.role!);
    if (potentialOwners.length === 0) {
      stepFailed(replay, id);
      return;
    }
    begins(replay, step, {
      potentialOwners,
      excludedOwners: excluded(replay.run, step),
    });
  } else if (step.type === 'wait') {
    const end = attempt(() => waitEnd(replay, step));
    if (!end) {
      stepFailed(replay, id);
      return;
    }
    begins(replay, step, { dueAt: end.value });
  } else if (step.type === 'parallel') {
    begins(replay, step, {});
  } else if (step.type === 'switch') {
    begins(replay, step, {});
    choose(replay, step);
  } else {
    // Whoever set it off answers for it.
    const { at, actor } = replay.cause;
    begins(replay, step, { dueAt: at }, actor);
    replay.did(id, actor);
  }
}

function begins(
  replay: Replay,
  step: Step,
  data: {
    dueAt?: string;
    potentialOwners?: string[];
    excludedOwners?: string[];
  },
  actor?: string,
): void {
  const number = replay.step(step.id).attempt + 1;
  replay.expect(
    'step.started',
    { stepId: step.id, attempt: number, ...data },
    actor,
  );
  replay.touch(step.id, {
    status: data.potentialOwners ? 'ready' : 'running',
    attempt: number,
    claimedBy: undefined,
    votes: [],
    evidence: undefined,
    output: undefined,
    comment: undefined,
    chosen: undefined,
    errorName: undefined,
    dueAt: data.dueAt,
    dispatched: false,
    tries: 0,
  });
}

function waitEnd(replay: Replay, step: Step): string {
  const { at } = replay.cause;
  if (step.duration) {
    return after(at, step.duration);
  }
  return step.untilTime
    ? nextClock(at, step.untilTime, step.timezone ?? 'Etc/UTC')
    : toInstant(String(fillIn(step.until ?? '', replay.context())));
}

function choose(replay: Replay, step: Step): void {
  const context = replay.context();
  const found = attempt(() =>
    step.cases.findIndex((one: { if: string }) => holds(one.if, context)),
  );
  let chosen: number | 'default' | undefined = found?.value;
  if (chosen === -1) {
    chosen = step.default ? 'default' : undefined;
  }
  if (chosen === undefined) {
    stepFailed(replay, step.id);
    return;
  }
  const skipped = idsIn(
    children(step)
      .filter(child => child.key !== chosen)
      .map(child => child.steps),
  );
  replay.expect('switch.chosen', { stepId: step.id, chosen, skipped });
  skipped.forEach(id => replay.touch(id, { status: 'skipped' }));
  replay.touch(step.id, { chosen });
}

function walkCase(replay: Replay, step: Step): Progress {
  const { chosen } = replay.step(step.id);
  const list = children(step).find(child => child.key === chosen)?.steps;
  const progress = list ? walk(replay, list) : 'open';
  if (progress === 'done') {
    replay.expect('step.completed', { stepId: step.id });
    replay.complete(step.id);
  }
  return progress;
}

function walkBranches(replay: Replay, step: Step): Progress {
  const { branches, join = 'all' } = step;
  let needed = branches.length;
  if (join === 'any') {
    needed = 1;
  } else if (typeof join === 'object') {
    needed = Math.min(join.atLeast, branches.length);
  }
  const progress: Progress[] = branches.map((branch: { steps: Step[] }) =>
    walk(replay, branch.steps),
  );
  const done = progress.filter(one => one === 'done').length;
  if (done >= needed) {
    for (const { id } of replay.inside(step)) {
      const { status } = replay.step(id);
      if (status === 'pending') {
        replay.expect('step.skipped', { stepId: id, reason: TEXT });
        replay.touch(id, { status: 'skipped' });
      } else if (OPEN.includes(status)) {
        cancelled(replay, id);
      }
    }
    replay.expect('step.completed', { stepId: step.id });
    replay.complete(step.id);
    return 'done';
  }
  const failed = progress.filter(one => one === 'failed').length;
  return failed > branches.length - needed ? 'failed' : 'open';
}

function cancelled(replay: Replay, id: string): void {
  replay.expect('step.cancelled', { stepId: id, reason: TEXT });
  replay.touch(id, {
    status: 'cancelled',
    claimedBy: undefined,
    dueAt: undefined,
    errorName: 'Cancelled',
  });
}

/** Everything that is open ends. */
export function cancelOpen(replay: Replay): void {
  for (const id of replay.outline.keys()) {
    if (OPEN.includes(replay.step(id).status)) {
      cancelled(replay, id);
    }
  }
}

/** What can be undone, in the order in which it must be. */
export function undoQueue(replay: Replay): string[] {
  const { run, outline } = replay;
  const uncertain = [...run.steps]
    .filter(
      ([id, state]) =>
        (state.dispatched || state.errorName === OUTCOME_UNKNOWN) &&
        !run.done.includes(id),
    )
    .map(([id]) => id);
  return [...uncertain, ...[...run.done].reverse()].filter(
    id => outline.get(id)?.step.compensation && !replay.step(id).compensated,
  );
}

/** The end of a run that failed or was cancelled, with what undoes it. */
export function rollBack(
  replay: Replay,
  cause: 'failed' | 'cancelled',
  by?: { actor?: string; basis?: string },
): void {
  const queue = undoQueue(replay);
  cancelOpen(replay);
  const data = { reason: TEXT, basis: by?.basis } as const;
  if (queue.length === 0) {
    replay.expect(`run.${cause}`, data, by?.actor);
    replay.run.status = cause;
    return;
  }
  replay.expect('compensation.started', { cause, queue, ...data }, by?.actor);
  replay.run.status = 'compensating';
  replay.run.rollback = { cause, queue };
  settleRollback(replay);
}

function settleRollback(replay: Replay): void {
  const { run, outline } = replay;
  const rollback = run.rollback!;
  while (rollback.queue.length > 0) {
    const [id] = rollback.queue;
    const undo = outline.get(undoId(id))!.step;
    if (replay.step(undo.id).status === 'pending') {
      reach(replay, undo);
    }
    const { status } = replay.step(undo.id);
    if (status === 'failed') {
      if (run.status !== 'held') {
        replay.expect('run.held', { stepId: undo.id, reason: TEXT });
        run.status = 'held';
      }
      return;
    }
    if (run.status === 'held') {
      replay.expect('run.resumed', { reason: TEXT });
      run.status = 'compensating';
    }
    if (status !== 'completed' && status !== 'skipped') {
      return;
    }
    if (replay.step(id).compensated) {
      replay.fail('compensation', `"${id}" is compensated a second time`);
    }
    replay.expect('step.compensated', { stepId: id });
    replay.touch(id, { compensated: true });
    rollback.queue = rollback.queue.slice(1);
  }
  replay.expect('run.compensated', { cause: rollback.cause, reason: TEXT });
  run.status = 'compensated';
}
