import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { cancelOpenSteps, startCompensation } from './advance';
import { assertFresh, requiredReason, text } from './commandChecks';
import { isClosed } from './evolve';
import { controlBasis, ControlCommand, controlRefusal } from './people';
import { Recorder } from './Recorder';
import { Actor, HumanCommand, ParentEndedCommand } from './types';

/** @returns the ref that gives the right, for the record */
function assertControl(
  recorder: Recorder,
  actor: Actor,
  command: ControlCommand,
  stepId?: string,
): string | undefined {
  const { state, facts } = recorder;
  const refusal = controlRefusal(state, facts.spec, actor, command, stepId);
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
  return controlBasis(state, facts.spec, actor, stepId);
}

/** Cancels, rolls back or gives up a run. */
export function control(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: ControlCommand; reason: string }>,
  actor: Actor,
): void {
  const byActor = { byActor: true };
  if (command.type !== 'cancel' && recorder.state.status !== 'held') {
    throw new ConflictError(
      `The run is ${recorder.state.status}; this is possible only while it is on hold`,
    );
  }
  if (command.type !== 'fail' && recorder.state.compensation) {
    throw new ConflictError('The run is being rolled back already');
  }
  const basis = assertControl(recorder, actor, command.type);
  const reason = requiredReason(command.reason);
  if (command.type === 'compensate') {
    startCompensation(recorder, 'failed', reason, { ...byActor, basis });
  } else if (command.type === 'fail') {
    cancelOpenSteps(recorder, reason);
    recorder.emit('run.failed', { reason, basis }, byActor);
  } else if (command.compensate) {
    startCompensation(recorder, 'cancelled', reason, { ...byActor, basis });
  } else {
    cancelOpenSteps(recorder, reason);
    recorder.emit('run.cancelled', { reason, basis }, byActor);
  }
}

/** Tries a failed step again. */
export function retry(
  recorder: Recorder,
  command: Extract<HumanCommand, { type: 'retry' }>,
  actor: Actor,
): void {
  const { stepId } = command;
  if (!recorder.index.has(stepId)) {
    throw new NotFoundError(`The procedure has no step "${stepId}"`);
  }
  assertFresh(recorder, command);
  if (recorder.step(stepId).status !== 'failed') {
    throw new ConflictError(
      `Only a failed step can be tried again; "${stepId}" is ${
        recorder.step(stepId).status
      }`,
    );
  }
  const basis = assertControl(recorder, actor, 'retry', stepId);
  const reason = text(command.reason, 'reason') || 'Retry';
  recorder.emit(
    'step.reset',
    { stepIds: [stepId], reason, basis },
    { byActor: true },
  );
}

/** Ends a run whose parent no longer waits for it. */
export function handleParentEnded(
  recorder: Recorder,
  command: ParentEndedCommand,
): void {
  const { state } = recorder;
  if (isClosed(state.status) || state.compensation) {
    return;
  }
  const { reason, compensate } = command;
  if (compensate) {
    startCompensation(recorder, 'cancelled', reason);
  } else {
    cancelOpenSteps(recorder, reason);
    recorder.emit('run.cancelled', { reason });
  }
}
