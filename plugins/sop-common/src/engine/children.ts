import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { interpolate } from '../expression';
import { RunStep } from '../model/types';
import { stepState } from './context';
import { childKey, isClosed } from './evolve';
import { Recorder } from './Recorder';
import { ChildCommand, ChildRun, RunState, RunStatus } from './types';

/** Greatest number of runs above a run. */
export const MAX_RUN_DEPTH = 5;

const ENDED: Partial<Record<RunStatus, string>> = {
  failed: 'failed',
  cancelled: 'was cancelled',
  compensated: 'was rolled back',
};

/** The run that a step asked for in its present attempt. @public */
export function childOf(state: RunState, stepId: string): ChildRun | undefined {
  const { attempt } = stepState(state, stepId);
  return state.children?.[childKey(stepId, attempt)];
}

/** Whether the step still waits for this run. @public */
export function isAwaited(state: RunState, child: ChildRun): boolean {
  const { status, attempt } = stepState(state, child.stepId);
  return (
    !isClosed(state.status) &&
    status === 'running' &&
    attempt === child.attempt &&
    child.status === undefined
  );
}

/** Whether a run that a step asked for has started and not ended. */
export function hasOpenChild(state: RunState): boolean {
  return Object.values(state.children ?? {}).some(
    child => child.runId !== undefined && child.status === undefined,
  );
}

/**
 * Asks for the run of a step that has just begun.
 * @throws InputError when it cannot be asked for
 */
export function requestChild(recorder: Recorder, step: RunStep): void {
  const { state } = recorder;
  if ((state.depth ?? 0) >= MAX_RUN_DEPTH) {
    throw new InputError(
      `This run is ${state.depth} sub-procedures deep, and at most ${MAX_RUN_DEPTH} are allowed; does a procedure call itself?`,
    );
  }
  const revisionHash =
    step.revision === 'pinned'
      ? step.revisionHash
      : state.procedures?.[step.sop];
  if (!revisionHash) {
    throw new InputError(
      `The revision of ${step.sop} was not recorded when the run started`,
    );
  }
  const context = recorder.context(step.id);
  const target =
    step.target === undefined ? undefined : interpolate(step.target, context);
  if (target !== undefined && (typeof target !== 'string' || target === '')) {
    throw new InputError(
      `target: found ${JSON.stringify(target)}; allowed: an entity ref`,
    );
  }
  recorder.emit('child.requested', {
    stepId: step.id,
    attempt: recorder.step(step.id).attempt,
    sopRef: step.sop,
    revisionHash,
    inputs: interpolate(step.inputs ?? {}, context) as JsonObject,
    targetRef: target,
  });
}

/**
 * What became of the run of a step. A report that comes again, or too late,
 * changes nothing.
 */
export function handleChild(recorder: Recorder, command: ChildCommand): void {
  const { stepId, attempt } = command;
  const child = recorder.state.children?.[childKey(stepId, attempt)];
  if (!child || child.status || isClosed(recorder.state.status)) {
    return;
  }
  const awaited = isAwaited(recorder.state, child);
  if (command.type === 'child-refused') {
    if (awaited && !child.runId) {
      recorder.emit('step.failed', { stepId, error: command.error });
    }
    return;
  }
  const { runId } = command;
  if (child.runId && child.runId !== runId) {
    throw new InputError(
      `command.runId: found ${runId}; allowed: ${child.runId}, the run of this attempt`,
    );
  }
  if (!child.runId) {
    recorder.emit('child.started', { stepId, attempt, runId });
  }
  if (command.type === 'child-started') {
    return;
  }
  const { status, reason, output } = command;
  recorder.emit('child.ended', { stepId, attempt, runId, status });
  if (!awaited) {
    return;
  }
  if (status === 'completed') {
    recorder.emit('step.completed', { stepId, output });
  } else {
    recorder.emit('step.failed', {
      stepId,
      error: {
        name: 'SubProcedureError',
        message: `The run of ${child.sopRef} ${ENDED[status] ?? status}${
          reason ? `: ${reason}` : ''
        }`,
      },
    });
  }
}
