import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { ActionStep } from '../model/types';
import { startCompensation } from './advance';
import { assertFresh, requiredReason } from './commandChecks';
import { doubtOwners, doubtRefusal, excludedRefs, rightBasis } from './people';
import { Recorder } from './Recorder';
import { Actor, DoubtOutcome, HumanCommand, StepError } from './types';

const OUTCOMES: readonly DoubtOutcome[] = ['done', 'not-done', 'compensate'];

/** Asks people what became of an action. */
export function leaveInDoubt(
  recorder: Recorder,
  step: ActionStep,
  error: StepError,
): void {
  const { state, facts } = recorder;
  recorder.emit('step.in-doubt', {
    stepId: step.id,
    attempt: recorder.step(step.id).attempt,
    error,
    potentialOwners: doubtOwners(state, facts.spec, step),
    excludedOwners: excludedRefs(state, step.inDoubt?.excludedOwners),
  });
}

/**
 * A person says what became of an action in doubt.
 * @throws NotFoundError, ConflictError, NotAllowedError, InputError
 */
export function resolveDoubt(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: 'resolve-doubt' }>,
  actor: Actor,
): void {
  const { state, facts, index } = recorder;
  const { stepId, outcome } = command;
  const place = index.get(stepId);
  if (!place) {
    throw new NotFoundError(`The procedure has no step "${stepId}"`);
  }
  const { step } = place;
  if (step.type !== 'action') {
    throw new InputError(
      `"${stepId}" is a ${step.type} step; only an action can be in doubt`,
    );
  }
  const { status, attempt, error } = recorder.step(stepId);
  const refusal = doubtRefusal(state, facts.spec, step, actor);
  if (refusal && status === 'in-doubt') {
    throw new NotAllowedError(refusal);
  }
  assertFresh(recorder, command);
  if (status !== 'in-doubt') {
    throw new ConflictError(`"${step.name}" is ${status}, not in doubt`);
  }
  if (!OUTCOMES.includes(outcome)) {
    throw new InputError(
      `outcome: found "${outcome}"; allowed: ${OUTCOMES.join(', ')}`,
    );
  }
  if (outcome === 'compensate' && state.compensation) {
    throw new ConflictError('The run is being rolled back already');
  }
  const reason = requiredReason(command.reason);
  const basis =
    rightBasis(doubtOwners(state, facts.spec, step), actor) ?? actor.ref;
  const byActor = { byActor: true };
  recorder.emit(
    'doubt.resolved',
    { stepId, attempt, outcome, reason, basis },
    byActor,
  );
  if (outcome === 'done') {
    recorder.emit('step.completed', {
      stepId,
      output: { confirmed: true },
      comment: reason,
    });
  } else if (outcome === 'not-done') {
    recorder.emit('step.reset', {
      stepIds: [stepId],
      reason: `It did not take effect: ${reason}`,
    });
  } else {
    startCompensation(
      recorder,
      'failed',
      `${error?.message ?? 'Outcome unknown'}: ${reason}`,
    );
  }
}
