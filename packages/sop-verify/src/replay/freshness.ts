import { Replay } from './Replay';
import { after } from './times';
import { Step } from './types';

/** Steps between a check and what relies on it. */
const isPassive = ({ type }: Step) => type === 'check' || type === 'wait';

/** Checks that a step relies on and that are too old for it now. */
export function outdatedChecks(replay: Replay, gate: string): string[] {
  const { step, list, position } = replay.outline.get(gate)!;
  if (isPassive(step)) {
    return [];
  }
  const outdated: string[] = [];
  for (let i = position - 1; i >= 0; i--) {
    const { id, maxAge } = list[i];
    const { status, endedAt } = replay.step(id);
    if (status !== 'skipped') {
      if (!isPassive(list[i])) {
        break;
      }
      if (
        list[i].type === 'check' &&
        maxAge &&
        status === 'completed' &&
        endedAt &&
        after(endedAt, maxAge) < replay.cause.at
      ) {
        outdated.unshift(id);
      }
    }
  }
  return outdated;
}

/**
 * Checks that are too old for a step must be made again before it.
 * @returns whether there are any
 */
export function madeAgain(replay: Replay, gate: string): boolean {
  const ids = outdatedChecks(replay, gate);
  for (const id of ids) {
    const measuredAt = replay.step(id).endedAt;
    replay.expect('check.outdated', { stepId: id, gate, measuredAt });
    replay.touch(id, {
      status: 'pending',
      dueAt: undefined,
      errorName: undefined,
    });
  }
  return ids.length > 0;
}

/**
 * Approvals that are in count once the checks before them are fresh.
 * @returns whether they wait for that
 */
export function deferred(
  replay: Replay,
  id: string,
  approvals: number,
): boolean {
  const checks = outdatedChecks(replay, id);
  if (checks.length === 0) {
    return false;
  }
  replay.expect('approval.deferred', { stepId: id, checks, approvals });
  replay.touch(id, { deferred: { approvals } });
  return madeAgain(replay, id);
}

/** @returns false when checks have aged again, so that it waits on */
export function granted(replay: Replay, id: string): boolean {
  const { approvals } = replay.step(id).deferred!;
  if (madeAgain(replay, id)) {
    return false;
  }
  const output = { decision: 'approved', approvals };
  const policies = replay.policies.under(id);
  replay.expect('step.completed', { stepId: id, output, policies });
  replay.complete(id, { output });
  return true;
}
