import { isAutomated } from './automated';
import { fits } from './prediction';
import { Replay } from './Replay';
import { Reached } from './PolicyBook';
import { Block, Event, Json, Step } from './types';
import { blocksOf } from './windows';

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
      blocked: { attempt, blocks: told, by },
      dueAt: untils[0],
      endedAt: undefined,
    });
  }
  return true;
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
  return replay.policies.keep(id, tightened => {
    const { blocks, by } = blocksOf(replay, tightened, false);
    return (
      by.length === blocked.by.length &&
      by.every(hash => blocked.by.includes(hash)) &&
      fits(blocked.blocks as unknown as Json, blocks)
    );
  });
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
    replay.fail(
      'window',
      `Event ${event.seq} is ${event.type} of "${id}"; at ${event.at} nothing in the procedure leads to it`,
    );
  }
}
