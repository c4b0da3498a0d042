import { ConflictError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { evaluateCondition, interpolate, renderText } from '../expression';
import { ActionStep, CheckStep, SopStep } from '../model/types';
import { isBlocked, unblock } from './blocks';
import { passDeadlines } from './deadlines';
import { leaveInDoubt } from './doubt';
import { guardMeasured } from './guards';
import { isHumanStep } from './people';
import { Recorder } from './Recorder';
import { remind } from './reminders';
import { plusDuration } from './time';
import { OUTCOME_UNKNOWN, StepError, StepStatus, SystemCommand } from './types';
import { bypassedWindows } from './windows';

/**
 * A try whose outcome was lost (the process died) is no failure of the action:
 * one that may be repeated is, this often, even if the step asks for no retry.
 */
const LOST_TRIES = 3;

/** Wait before the second try when a step names none. */
const DEFAULT_BACKOFF = 'PT5S';

/**
 * Runs a command of the engine's worker. One that comes too late (another
 * replica was faster, the step was cancelled) changes nothing and is no error.
 */
export function handleSystem(recorder: Recorder, command: SystemCommand): void {
  const step = recorder.index.get(command.stepId)?.step;
  const state = recorder.step(command.stepId);
  if (step && command.type === 'timer-fired' && command.slot !== undefined) {
    if (state.attempt === command.attempt && isTimed(state.status)) {
      timed(recorder, step, command.slot);
    }
    return;
  }
  if (
    step &&
    command.type === 'timer-fired' &&
    state.blocked?.attempt === command.attempt
  ) {
    unblock(recorder, step);
    return;
  }
  if (
    !step ||
    state.status !== 'running' ||
    state.attempt !== command.attempt
  ) {
    return;
  }
  if (command.type === 'guard-succeeded' || command.type === 'guard-failed') {
    if (step.type === 'wait') {
      guardMeasured(recorder, step, command);
    }
    return;
  }
  if (command.type === 'timer-fired') {
    // A guarded wait ends with a measurement.
    if (step.type === 'wait' && !step.guard) {
      assertDue(recorder, command.stepId);
      recorder.emit('step.completed', { stepId: command.stepId });
    } else if (step.type === 'listen' && state.dueAt) {
      assertDue(recorder, command.stepId);
      recorder.emit('step.failed', {
        stepId: command.stepId,
        error: {
          name: 'TimeoutError',
          message: `No event “${step.topic}” came in time that is this run's`,
        },
      });
    }
    return;
  }
  if (!isAutomated(step)) {
    return;
  }
  if (command.type === 'dispatch-action') {
    if (!state.dispatched && (state.tries ?? 0) + 1 === command.try) {
      assertDue(recorder, command.stepId);
      if (!isBlocked(recorder, step, state.attempt)) {
        dispatch(recorder, step, command.try);
      }
    }
    return;
  }
  if (!state.dispatched || state.tries !== command.try) {
    return;
  }
  if (command.type === 'action-failed') {
    failed(recorder, step, command.try, command.error, command.retryable);
    return;
  }
  succeeded(recorder, step, command);
}

function isTimed(status: StepStatus): boolean {
  return ['ready', 'reserved', 'running'].includes(status);
}

/** Deadlines and reminders go beside what the step itself waits for. */
function timed(
  recorder: Recorder,
  step: SopStep,
  slot: 'deadline' | 'reminder',
): void {
  if (slot === 'reminder') {
    remind(recorder, step);
  } else if (isHumanStep(step)) {
    passDeadlines(recorder, step);
  }
}

function isAutomated(step: SopStep): step is CheckStep | ActionStep {
  return step.type === 'check' || step.type === 'action';
}

function assertDue(recorder: Recorder, stepId: string): void {
  const { dueAt } = recorder.step(stepId);
  if (dueAt && recorder.facts.now < dueAt) {
    throw new ConflictError(`"${stepId}" is not due before ${dueAt}`);
  }
}

function dispatch(
  recorder: Recorder,
  step: CheckStep | ActionStep,
  tryNumber: number,
): void {
  let input: JsonObject;
  try {
    input = interpolate(
      step.input ?? {},
      recorder.context(step.id),
    ) as JsonObject;
  } catch (error) {
    const { name, message } = error as Error;
    recorder.emit('step.failed', { stepId: step.id, error: { name, message } });
    return;
  }
  const { attempt } = recorder.step(step.id);
  recorder.emit('action.dispatched', {
    stepId: step.id,
    attempt,
    try: tryNumber,
    // The same for every try of one attempt, so that the receiver can tell a
    // repeat from a new order.
    idempotencyKey: `${recorder.state.runId}/${step.id}/${attempt}`,
    action: step.action,
    input,
    bypassed: bypassedWindows(recorder, step, true),
  });
}

function succeeded(
  recorder: Recorder,
  step: CheckStep | ActionStep,
  command: Extract<SystemCommand, { type: 'action-succeeded' }>,
): void {
  const { output } = command;
  if (step.type === 'check') {
    const context = recorder.context(step.id, { output });
    let error: StepError | undefined;
    try {
      if (!evaluateCondition(step.expect, context)) {
        const message = step.message
          ? renderText(step.message, context).replace(/\s+/g, ' ').trim()
          : `Expected ${step.expect}`;
        error = { name: 'CheckFailed', message };
      }
    } catch (thrown) {
      const { name, message } = thrown as Error;
      error = { name, message };
    }
    if (error) {
      failed(recorder, step, command.try, error, true);
      return;
    }
  }
  recorder.emit('step.completed', { stepId: step.id, output });
}

function failed(
  recorder: Recorder,
  step: CheckStep | ActionStep,
  tryNumber: number,
  error: StepError,
  retryable: boolean,
): void {
  const { attempt } = recorder.step(step.id);
  const limit = Math.max(
    step.retry?.limit ?? 0,
    error.name === OUTCOME_UNKNOWN ? LOST_TRIES : 0,
  );
  const again = retryable && tryNumber <= limit;
  recorder.emit('action.failed', {
    stepId: step.id,
    attempt,
    try: tryNumber,
    error,
    retryAt: again
      ? backoff(recorder.facts.now, step.retry?.backoff, tryNumber)
      : undefined,
  });
  if (again) {
    return;
  }
  if (step.type === 'action' && error.name === OUTCOME_UNKNOWN) {
    leaveInDoubt(recorder, step, error);
  } else {
    recorder.emit('step.failed', { stepId: step.id, error });
  }
}

/** Doubles with each try: backoff × 2^(try − 1). */
function backoff(
  now: string,
  duration: string | undefined,
  tryNumber: number,
): string {
  let due = now;
  for (let i = 0; i < 2 ** Math.min(tryNumber - 1, 10); i++) {
    due = plusDuration(due, duration ?? DEFAULT_BACKOFF);
  }
  return due;
}
