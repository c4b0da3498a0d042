import { isAutomated } from './automated';
import { fits } from './prediction';
import { grantedLock, lockOf } from './locks';
import { Replay } from './Replay';
import { Reached } from './PolicyBook';
import { Block, Event, Json, Step } from './types';
import { Tightened } from './tighten';
import { blocksOf, Keeping } from './windows';

/**
 * A step that windows keep must say so, once for each time that what keeps it
 * changes.
 *
 * @param attempt - which attempt of the step is kept
 * @returns whether anything keeps it
 * @throws Error when a window cannot be evaluated
 */
export function kept(
  replay: Replay,
  reached: Reached,
  attempt: number,
): boolean {
  const { hashes, tightened } = reached;
  if (!reached.isTold && mayBeUnknown(replay, tightened.step.id)) {
    throw new Error('What keeps the step cannot be evaluated');
  }
  const { id } = tightened.step;
  const state = replay.step(id);
  const isBegun = attempt === state.attempt;
  const { blocks, by } = blocksOf(replay, tightened, isBegun);
  if (blocks.length === 0) {
    if (!reached.isTold) {
      replay.policies.notKept(id);
    }
    return false;
  }
  const before = state.blocked?.blocks as Json | undefined;
  const next = replay.peekNow();
  const isTold = next?.type === 'step.blocked' && next.data.stepId === id;
  // What is for people may have changed alone.
  const isNews =
    !fits(before, blocks) ||
    (isTold &&
      fits(next.data.blocks, blocks) &&
      !fits(next.data.blocks, before));
  if (isNews) {
    const { data } = replay.expect('step.blocked', {
      stepId: id,
      attempt,
      blocks,
      policies: hashes.length ? hashes : undefined,
    });
    const told = data.blocks as unknown as Block[];
    const untils = told.flatMap(({ until }) => until ?? []).sort();
    replay.touch(id, {
      status: 'blocked',
      lock: lockOf(told, state.lock),
      blocked: { attempt, blocks: told, by },
      dueAt: untils[0],
      endedAt: undefined,
    });
  }
  return true;
}

/**
 * Whether the next event says that a step failed, and some policies that may be
 * in force make that so: the lock they demand cannot be evaluated.
 */
function mayBeUnknown(replay: Replay, id: string): boolean {
  const next = replay.peekNow();
  return (
    next?.type === 'step.failed' &&
    next.data.stepId === id &&
    next.actor === undefined &&
    replay.policies.keep(id, tightened => {
      try {
        blocksOf(replay, tightened, false);
        return false;
      } catch {
        return true;
      }
    })
  );
}

/**
 * Whether a blocked step of which nothing is told may be as it was. Policies
 * that keep it may be in force although nothing names them in this round.
 */
function keptOn(replay: Replay, id: string): boolean {
  const { blocked, attempt } = replay.step(id);
  const next = replay.peekNow();
  const isTold =
    next?.data.stepId === id &&
    ['step.blocked', 'step.unblocked'].includes(next.type);
  if (!blocked || blocked.attempt === attempt || isTold) {
    return false;
  }
  if (mayBeUnknown(replay, id)) {
    return false;
  }
  return replay.policies.keep(id, tightened => {
    const { blocks, by } = blocksOrNone(replay, tightened);
    return (
      by.length === blocked.by.length &&
      by.every(hash => blocked.by.includes(hash)) &&
      fits(blocked.blocks as unknown as Json, blocks)
    );
  });
}

/** Nothing where it cannot be evaluated: then the step is not as it was. */
function blocksOrNone(replay: Replay, tightened: Tightened): Keeping {
  try {
    return blocksOf(replay, tightened, false);
  } catch {
    return { blocks: [], by: [] };
  }
}

/**
 * A blocked step is let go when nothing keeps it any more.
 * @returns whether it is as before it was blocked
 * @throws Error when a window cannot be evaluated
 */
export function freed(replay: Replay, id: string): boolean {
  const { blocked, attempt } = replay.step(id);
  if (!blocked) {
    return true;
  }
  if (
    keptOn(replay, id) ||
    kept(replay, replay.policies.reached(id), blocked.attempt)
  ) {
    return false;
  }
  replay.expect('step.unblocked', { stepId: id });
  replay.touch(id, {
    // Automation that had begun goes on with its next try.
    status: blocked.attempt === attempt ? 'running' : 'pending',
    blocked: undefined,
    // Nobody waits for a lock any more.
    lock: lockOf([], replay.step(id).lock),
    dueAt: replay.cause.at,
  });
  return true;
}

/** The engine looks at a blocked step again, or may not try automation again. */
export function lookedAgain(replay: Replay, event: Event, { id }: Step): void {
  const { blocked, status, dispatched, dueAt, attempt } = replay.step(id);
  const { seq } = replay;
  const tries =
    !blocked &&
    event.type === 'step.blocked' &&
    isAutomated(replay.outline.get(id)!.step) &&
    status === 'running' &&
    !dispatched &&
    !(dueAt && event.at < dueAt);
  try {
    if (blocked) {
      freed(replay, id);
    } else if (tries) {
      kept(replay, replay.policies.reached(id), attempt);
    }
  } catch (error) {
    replay.rethrowViolation(error);
  }
  if (replay.seq === seq) {
    const { lock } = replay.step(id);
    replay.fail(
      lock && !lock.isAcquired ? 'lock' : 'window',
      `Event ${event.seq} is ${event.type} of "${id}"; at ${event.at} nothing in the procedure leads to it`,
    );
  }
}

/** A step has its lock, as nothing else keeps it; settling begins it. */
export function lockAcquired(replay: Replay, event: Event, { id }: Step): void {
  const { key } = grantedLock(replay, event, id);
  let isFree = false;
  try {
    isFree = replay.policies.keep(id, tightened =>
      blocksOf(replay, tightened, false).blocks.every(
        ({ kind, ref }) => kind === 'lock' && ref === key,
      ),
    );
  } catch {
    isFree = false;
  }
  if (!isFree) {
    replay.refuse(
      'lock',
      `Event ${event.seq} grants the lock ${key} to "${id}", which something else keeps`,
    );
  }
  replay.touch(id, { lock: { key, isAcquired: true } });
}
