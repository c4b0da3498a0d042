import { JsonObject, JsonValue } from '@backstage/types';
import { evaluateCondition, interpolate, renderText } from '../expression';
import { SopGuard, SopSpec, WaitStep } from '../model/types';
import { expressionContext } from './context';
import type { Recorder } from './Recorder';
import { indexRun } from './specIndex';
import { plusDuration } from './time';
import { RunState, StepError, SystemCommand } from './types';

const DEFAULT_RETRIES = 2;
const DEFAULT_BACKOFF = 'PT5S';

/**
 * What must be called to measure the guard of a step.
 * @throws InputError when its input cannot be filled in
 * @public
 */
export function guardCall(
  state: RunState,
  spec: SopSpec,
  stepId: string,
): (Pick<SopGuard, 'action' | 'timeout'> & { input: JsonObject }) | undefined {
  const step = indexRun(state, spec).get(stepId)?.step;
  const guard = step?.type === 'wait' ? step.guard : undefined;
  return (
    guard && {
      action: guard.action,
      timeout: guard.timeout,
      input: interpolate(
        guard.input ?? {},
        expressionContext(state, spec, stepId),
      ) as JsonObject,
    }
  );
}

type Measured = Extract<
  SystemCommand,
  { type: 'guard-succeeded' | 'guard-failed' }
>;

/**
 * Records a measurement of a guard. One that does not hold fails the wait; one
 * that holds when the time is up ends it, so no wait ends unwatched.
 */
export function guardMeasured(
  recorder: Recorder,
  step: WaitStep,
  command: Measured,
): void {
  const { guard } = step;
  const current = recorder.step(step.id);
  // Another replica has measured it already.
  if (!guard || !current.guard || recorder.facts.now < current.guard.nextAt) {
    return;
  }
  if (command.type === 'guard-failed') {
    cannotMeasure(recorder, step, guard, command);
    return;
  }
  const { output } = command;
  const error = verdict(recorder, step.id, guard, output);
  if (error) {
    measured(recorder, step, { ok: false, output });
    recorder.emit('step.failed', { stepId: step.id, error });
    return;
  }
  holds(recorder, step, guard, output);
}

/** Why an output does not satisfy a guard; nothing when it does. */
function verdict(
  recorder: Recorder,
  stepId: string,
  guard: SopGuard,
  output: JsonValue,
): StepError | undefined {
  const context = recorder.context(stepId, { output });
  try {
    if (evaluateCondition(guard.expect, context)) {
      return undefined;
    }
    const message = guard.message
      ? renderText(guard.message, context).replace(/\s+/g, ' ').trim()
      : `Expected ${guard.expect}`;
    return { name: 'GuardFailed', message };
  } catch (thrown) {
    const { name, message } = thrown as Error;
    return { name, message };
  }
}

function holds(
  recorder: Recorder,
  step: WaitStep,
  guard: SopGuard,
  output: JsonValue,
): void {
  const { now } = recorder.facts;
  const current = recorder.step(step.id);
  const dueAt = watchedUntil(recorder, step, guard);
  const isOver = dueAt <= now;
  const next = plusDuration(now, guard.every);
  measured(recorder, step, {
    ok: true,
    output,
    ...(isOver ? {} : { nextAt: next < dueAt ? next : dueAt }),
    ...(dueAt === current.dueAt ? {} : { dueAt }),
  });
  if (isOver) {
    recorder.emit('step.completed', { stepId: step.id, output });
  }
}

/**
 * When the wait ends. Time during which nobody could measure does not count
 * towards a duration: as soon as a whole measurement was missed, the end moves
 * by the delay.
 */
function watchedUntil(
  recorder: Recorder,
  step: WaitStep,
  guard: SopGuard,
): string {
  const { now } = recorder.facts;
  const { dueAt = now, guard: state } = recorder.step(step.id);
  const expected = state?.nextAt ?? now;
  const late = Date.parse(now) - Date.parse(expected);
  return step.duration && now > plusDuration(expected, guard.every)
    ? new Date(Date.parse(dueAt) + late).toISOString()
    : dueAt;
}

function cannotMeasure(
  recorder: Recorder,
  step: WaitStep,
  guard: SopGuard,
  command: Extract<Measured, { type: 'guard-failed' }>,
): void {
  const { error, retryable } = command;
  const failures = (recorder.step(step.id).guard?.failures ?? 0) + 1;
  const again =
    retryable && failures <= (guard.retry?.limit ?? DEFAULT_RETRIES);
  const backoff = guard.retry?.backoff ?? DEFAULT_BACKOFF;
  measured(recorder, step, {
    ok: false,
    error,
    ...(again ? { nextAt: plusDuration(recorder.facts.now, backoff) } : {}),
  });
  if (!again) {
    recorder.emit('step.failed', {
      stepId: step.id,
      error: {
        name: 'GuardUnknown',
        message: `The guard could not be measured: ${error.message}`,
      },
    });
  }
}

function measured(
  recorder: Recorder,
  step: WaitStep,
  result: {
    ok: boolean;
    output?: JsonValue;
    error?: StepError;
    nextAt?: string;
    dueAt?: string;
  },
): void {
  const { attempt } = recorder.step(step.id);
  recorder.emit('guard.measured', { stepId: step.id, attempt, ...result });
}
