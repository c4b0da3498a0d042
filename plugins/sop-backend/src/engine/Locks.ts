import {
  hasPolicies,
  indexSpec,
  RunState,
  SopSpec,
  stepState,
} from '@handrail/plugin-sop-common';
import { ClaimedTimer, RunStore } from '../database/RunStore';
import { RunCommitter } from '../service/RunCommitter';

/** Before a step that waits is looked at again, unless its turn comes sooner. */
const WAIT_MS = 300_000;
/** When somebody else was faster. */
const LOST_RACE_MS = 200;

/**
 * Grants locks: a step begins when nobody holds its lock and it is the first in
 * the queue. Who holds a lock, and who waits since when, is written with the
 * transitions of the runs; that no two hold it at once, the database sees to.
 */
export class Locks {
  readonly #store: RunStore;
  readonly #committer: RunCommitter;

  constructor(options: { store: RunStore; committer: RunCommitter }) {
    this.#store = options.store;
    this.#committer = options.committer;
  }

  /** The turn of a step may have come. */
  async handle(timer: ClaimedTimer): Promise<void> {
    const { runId, stepId, attempt, id, fence } = timer;
    const { state } = await this.#store.load(runId);
    const { lock } = stepState(state, stepId);
    if (!lock || lock.acquiredAt) {
      return;
    }
    const [first] = await this.#store.listLocks({
      keys: [lock.key],
      limit: 1,
    });
    const isFirst = first?.runId === runId && first.stepId === stepId;
    if (!isFirst || first.acquiredAt) {
      await this.#store.extendTimer(id, fence, WAIT_MS);
      return;
    }
    try {
      await this.#committer.execute(
        runId,
        {},
        { type: 'lock-granted', stepId, attempt },
      );
    } catch (error) {
      if (!isHeldAlready(error)) {
        throw error;
      }
      await this.#store.extendTimer(id, fence, LOST_RACE_MS);
    }
  }

  /** After a step may have given a lock back, and regularly as a net. */
  async release(): Promise<void> {
    await this.#store.wakeLockQueues();
  }
}

/** The database refused a second holder. */
function isHeldAlready(error: unknown): boolean {
  const { constraint, message = '' } = error as {
    constraint?: string;
    message?: string;
  };
  return (
    constraint === 'lock_request_holder_uq' ||
    message.includes('lock_request_holder_uq') ||
    message.includes('lock_request.key')
  );
}

/** Whether transitions of a run may give a lock back: its own, or a policy's. */
export function usesLocks(state: RunState, spec: SopSpec): boolean {
  return (
    hasPolicies(state) ||
    [...indexSpec(spec).values()].some(({ step }) => step.lock)
  );
}
