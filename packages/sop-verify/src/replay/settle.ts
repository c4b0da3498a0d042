import { OUTCOME_UNKNOWN } from './doubt';
import { granted } from './freshness';
import { children, undoId } from './outline';
import { TEXT } from './prediction';
import { reach } from './reach';
import { OPEN, Replay } from './Replay';
import { Step } from './types';

/** How far a list of steps is. */
type Progress = 'done' | 'open' | 'failed';

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
    if (['pending', 'blocked'].includes(replay.step(step.id).status)) {
      reach(replay, step);
    }
    if (
      step.type === 'approval' &&
      replay.step(step.id).deferred &&
      !granted(replay, step.id)
    ) {
      return walk(replay, list);
    }
    const { status } = replay.step(step.id);
    let progress: Progress = 'open';
    if (status === 'pending') {
      // Checks before it are made again.
      return walk(replay, list);
    }
    if (status === 'completed' || status === 'skipped') {
      progress = 'done';
    } else if (status === 'failed' || status === 'cancelled') {
      progress = 'failed';
    } else if (status === 'running' && step.type === 'parallel') {
      progress = walkBranches(replay, step);
    } else if (status === 'running' && step.type === 'switch') {
      progress = walkCase(replay, step);
    }
    if (progress !== 'done') {
      return progress;
    }
  }
  return 'done';
}

function walkCase(replay: Replay, step: Step): Progress {
  const { chosen } = replay.step(step.id);
  const list = children(step).find(child => child.key === chosen)?.steps;
  const progress = list ? walk(replay, list) : 'open';
  if (progress === 'done') {
    replay.expect('step.completed', {
      stepId: step.id,
      policies: replay.policies.under(step.id),
    });
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
        replay.touch(id, { status: 'skipped', lock: undefined });
      } else if (OPEN.includes(status)) {
        cancelled(replay, id);
      }
    }
    replay.expect('step.completed', {
      stepId: step.id,
      policies: replay.policies.under(step.id),
    });
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
    blocked: undefined,
    lock: undefined,
    claimedBy: undefined,
    dueAt: undefined,
    deferred: undefined,
    endedAt: replay.cause.at,
    errorName: 'Cancelled',
  });
}

/** Everything that is open ends. */
export function cancelOpen(replay: Replay): void {
  for (const [id, { reviews }] of replay.outline) {
    if (!reviews && OPEN.includes(replay.step(id).status)) {
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
    if (['pending', 'blocked'].includes(replay.step(undo.id).status)) {
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
