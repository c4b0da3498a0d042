import { CheckStep, SopStep } from '../model/types';
import type { Recorder } from './Recorder';
import { plusDuration } from './time';

/** Steps between a check and its gate: they decide nothing. */
function isPassive(step: SopStep): boolean {
  return step.type === 'check' || step.type === 'wait';
}

/**
 * The checks whose results a step relies on and that are too old for it now.
 * A check is relied on by the first step behind it in its list that is neither
 * check nor wait and is not skipped.
 */
function outdatedChecks(recorder: Recorder, gate: SopStep): CheckStep[] {
  const place = recorder.index.get(gate.id);
  const outdated: CheckStep[] = [];
  if (!place || isPassive(gate)) {
    return outdated;
  }
  const before = place.list.slice(0, place.position).reverse();
  for (const step of before) {
    const { status, endedAt } = recorder.step(step.id);
    if (status === 'skipped') {
      continue;
    }
    if (!isPassive(step)) {
      break;
    }
    if (
      step.type === 'check' &&
      step.maxAge &&
      status === 'completed' &&
      endedAt &&
      plusDuration(endedAt, step.maxAge) < recorder.facts.now
    ) {
      outdated.unshift(step);
    }
  }
  return outdated;
}

/**
 * Puts checks that are too old for a step back, to be measured again before it.
 * @returns whether there are any: then the step must wait
 */
export function measureAgain(recorder: Recorder, gate: SopStep): boolean {
  const checks = outdatedChecks(recorder, gate);
  for (const { id } of checks) {
    recorder.emit('check.outdated', {
      stepId: id,
      gate: gate.id,
      measuredAt: recorder.step(id).endedAt ?? recorder.facts.now,
    });
  }
  return checks.length > 0;
}

/**
 * Puts off granting an approval until the checks before it hold again.
 * @returns whether it was put off
 */
export function deferApproval(
  recorder: Recorder,
  step: SopStep,
  approvals: number,
): boolean {
  const checks = outdatedChecks(recorder, step).map(({ id }) => id);
  if (checks.length === 0) {
    return false;
  }
  recorder.emit('approval.deferred', { stepId: step.id, checks, approvals });
  measureAgain(recorder, step);
  return true;
}

/**
 * Grants an approval that was put off.
 * @returns false when checks have aged again and must be measured before
 */
export function settleApproval(recorder: Recorder, step: SopStep): boolean {
  const { deferred } = recorder.step(step.id);
  if (!deferred) {
    return true;
  }
  if (measureAgain(recorder, step)) {
    return false;
  }
  recorder.emit('step.completed', {
    stepId: step.id,
    output: { decision: 'approved', approvals: deferred.approvals },
  });
  return true;
}
