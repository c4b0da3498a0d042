import { evaluateCondition, interpolate } from '../expression';
import {
  ForEachStep,
  ParallelStep,
  SopStep,
  SwitchStep,
  WaitStep,
} from '../model/types';
import { isBlocked, unblock } from './blocks';
import { hasOpenChild, requestChild } from './children';
import { planDeadline } from './deadlines';
import { isClosed } from './evolve';
import { isExpanded } from './expansion';
import { expandForEach } from './forEach';
import { measureAgain, settleApproval } from './freshness';
import { passApproval } from './glass';
import { isHumanStep, resolveExcluded, resolveRole } from './people';
import { Recorder } from './Recorder';
import { planReminders } from './reminders';
import { childLists, compensationId, idsWithin } from './specIndex';
import { instant, nextTimeOfDay, plusDuration } from './time';
import { bypassedWindows } from './windows';
import { OPEN_STEP_STATUSES, OUTCOME_UNKNOWN, RunState } from './types';

/** How far a sequence of steps is. */
type Outcome = 'done' | 'open' | 'failed';

/**
 * Lets the run go on by itself as far as it can: begins steps, ends branches,
 * holds or ends the run. Emits nothing when there is nothing to do.
 */
export function advance(recorder: Recorder): void {
  if (isClosed(recorder.state.status)) {
    return;
  }
  if (recorder.state.compensation) {
    advanceCompensation(recorder);
    return;
  }
  const outcome = advanceList(recorder, recorder.steps);
  if (outcome === 'done') {
    recorder.emit('run.completed', {});
  } else if (outcome === 'failed' && recorder.state.status === 'running') {
    const failed = firstFailed(recorder);
    const reason = `“${failed.name}” failed: ${failed.message}`;
    if (recorder.facts.spec.onFailure?.compensate === 'reverse') {
      startCompensation(recorder, 'failed', reason);
    } else {
      recorder.emit('run.held', { stepId: failed.stepId, reason });
    }
  } else if (outcome !== 'failed' && recorder.state.status === 'held') {
    recorder.emit('run.resumed', { reason: 'No failed step is left' });
  }
}

function firstFailed(recorder: Recorder): {
  stepId: string;
  name: string;
  message: string;
} {
  for (const [stepId, { step }] of recorder.index) {
    const state = recorder.step(stepId);
    if (state.status === 'failed') {
      const message = state.error?.message ?? 'unknown reason';
      return { stepId, name: step.name, message };
    }
  }
  throw new Error('No step has failed');
}

function advanceList(recorder: Recorder, list: SopStep[]): Outcome {
  for (const step of list) {
    if (['pending', 'blocked'].includes(recorder.step(step.id).status)) {
      begin(recorder, step);
    }
    if (step.type === 'approval' && !settleApproval(recorder, step)) {
      return advanceList(recorder, list);
    }
    const { status } = recorder.step(step.id);
    if (status === 'running' && step.type === 'parallel') {
      const outcome = advanceParallel(recorder, step);
      if (outcome !== 'done') {
        return outcome;
      }
    } else if (status === 'running' && step.type === 'forEach') {
      const outcome = advanceForEach(recorder, step.id);
      if (outcome !== 'done') {
        return outcome;
      }
    } else if (status === 'running' && step.type === 'switch') {
      const outcome = advanceSwitch(recorder, step);
      if (outcome !== 'done') {
        return outcome;
      }
    } else if (status === 'failed' || status === 'cancelled') {
      return 'failed';
    } else if (status === 'pending') {
      // A check before it is measured again first.
      return advanceList(recorder, list);
    } else if (status !== 'completed' && status !== 'skipped') {
      return 'open';
    }
  }
  return 'done';
}

function fail(recorder: Recorder, stepId: string, error: unknown): void {
  const { name, message } = error as Error;
  recorder.emit('step.failed', { stepId, error: { name, message } });
}

/**
 * Begins a pending step, or skips it when its condition does not hold, or leaves
 * it blocked.
 */
function begin(recorder: Recorder, step: SopStep): void {
  const stepId = step.id;
  try {
    if (
      !unblock(recorder, step) ||
      // Goes on with the attempt it had begun.
      recorder.step(stepId).status !== 'pending'
    ) {
      return;
    }
    const attempt = recorder.step(stepId).attempt + 1;
    if (step.if && !evaluateCondition(step.if, recorder.context(stepId))) {
      const nested = idsWithin(childLists(step).map(child => child.steps));
      recorder.emit('step.skipped', {
        stepId,
        reason: `Its condition does not hold: ${step.if}`,
        nested: nested.length ? nested : undefined,
      });
      return;
    }
    if (isBlocked(recorder, step, attempt)) {
      return;
    }
    // An approval relies on them when it is granted and not when it is asked for.
    if (step.type !== 'approval' && measureAgain(recorder, step)) {
      return;
    }
    const { now } = recorder.facts;
    const bypassed = bypassedWindows(recorder, step, false);
    const reminders = planReminders(step, now);
    if (isHumanStep(step)) {
      const { state, facts } = recorder;
      const potentialOwners = resolveRole(state, facts.spec, step.role);
      if (potentialOwners.length === 0) {
        fail(recorder, stepId, {
          name: 'NobodyError',
          message: `The role “${step.role}” stands for nobody in this run`,
        });
        return;
      }
      recorder.emit('step.started', {
        stepId,
        attempt,
        potentialOwners,
        excludedOwners: resolveExcluded(state, step),
        deadline: planDeadline(facts.spec, step.deadline, now),
        reminders,
        bypassed,
      });
      if (step.type === 'approval') {
        passApproval(recorder, stepId);
      }
    } else if (step.type === 'wait') {
      recorder.emit('step.started', {
        stepId,
        attempt,
        dueAt: waitEnd(recorder, step),
        guardAt: step.guard ? now : undefined,
        bypassed,
      });
    } else if (step.type === 'listen') {
      recorder.emit('step.started', {
        stepId,
        attempt,
        dueAt: step.timeout
          ? plusDuration(recorder.facts.now, step.timeout)
          : undefined,
      });
    } else if (step.type === 'parallel') {
      recorder.emit('step.started', { stepId, attempt, reminders, bypassed });
    } else if (step.type === 'switch') {
      recorder.emit('step.started', { stepId, attempt, bypassed });
      choose(recorder, step);
    } else if (step.type === 'forEach') {
      recorder.emit('step.started', { stepId, attempt });
      expandForEach(recorder, step);
    } else if (step.type === 'run') {
      recorder.emit('step.started', { stepId, attempt });
      requestChild(recorder, step);
    } else {
      recorder.emit(
        'step.started',
        { stepId, attempt, dueAt: now, bypassed },
        { byActor: true },
      );
    }
  } catch (error) {
    fail(recorder, stepId, error);
  }
}

function waitEnd(recorder: Recorder, step: WaitStep): string {
  const { now } = recorder.facts;
  if (step.duration) {
    return plusDuration(now, step.duration);
  }
  if (step.untilTime) {
    return nextTimeOfDay(now, step.untilTime, step.timezone ?? 'Etc/UTC');
  }
  return instant(
    String(interpolate(step.until ?? '', recorder.context(step.id))),
  );
}

function choose(recorder: Recorder, step: SwitchStep): void {
  const context = recorder.context(step.id);
  const index = step.cases.findIndex(one => evaluateCondition(one.if, context));
  let chosen: number | 'default' | undefined = index < 0 ? undefined : index;
  if (chosen === undefined && step.default) {
    chosen = 'default';
  }
  if (chosen === undefined) {
    fail(recorder, step.id, {
      name: 'NoCaseError',
      message: 'No case applies and there is no default',
    });
    return;
  }
  recorder.emit('switch.chosen', {
    stepId: step.id,
    chosen,
    skipped: idsWithin(
      childLists(step)
        .filter(child => child.key !== chosen)
        .map(child => child.steps),
    ),
  });
}

function advanceSwitch(recorder: Recorder, step: SwitchStep): Outcome {
  const { chosen } = recorder.step(step.id);
  const child = childLists(step).find(one => one.key === chosen);
  const outcome = child ? advanceList(recorder, child.steps) : 'open';
  if (outcome === 'done') {
    recorder.emit('step.completed', { stepId: step.id });
  }
  return outcome;
}

/** How many of the lists must be done for the step to be done. */
function needed(join: ParallelStep['join'], lists: number): number {
  if (join === 'any') {
    return Math.min(1, lists);
  }
  return typeof join === 'object' ? Math.min(join.atLeast, lists) : lists;
}

function advanceParallel(recorder: Recorder, step: ParallelStep): Outcome {
  const lists = step.branches.map(branch => branch.steps);
  return advanceLists(recorder, step, lists, lists.length);
}

/** The steps of the items only exist since the step has begun. */
function advanceForEach(recorder: Recorder, stepId: string): Outcome {
  const step = recorder.index.get(stepId)?.step;
  if (!step || !isExpanded(step)) {
    return 'open';
  }
  const lists = step.expanded.map(({ steps }) => steps);
  return advanceLists(recorder, step, lists, step.maxParallel ?? lists.length);
}

/**
 * Lists of steps side by side.
 * @param most - how many of them may be open at the same time
 */
function advanceLists(
  recorder: Recorder,
  step: ParallelStep | ForEachStep,
  lists: SopStep[][],
  most: number,
): Outcome {
  const count = needed(step.join, lists.length);
  let done = 0;
  let failed = 0;
  let open = lists.filter(list => hasBegun(recorder, list)).length;
  for (const list of lists) {
    const begun = hasBegun(recorder, list);
    if (begun || open < most) {
      open += begun ? 0 : 1;
      const outcome = advanceList(recorder, list);
      done += outcome === 'done' ? 1 : 0;
      failed += outcome === 'failed' ? 1 : 0;
      open -= outcome === 'done' ? 1 : 0;
    }
  }
  if (done >= count) {
    endLosers(recorder, step, lists);
    recorder.emit('step.completed', { stepId: step.id });
    return 'done';
  }
  return failed > lists.length - count ? 'failed' : 'open';
}

function hasBegun(recorder: Recorder, list: SopStep[]): boolean {
  return list.some(({ id }) => recorder.step(id).status !== 'pending');
}

function endLosers(
  recorder: Recorder,
  step: ParallelStep | ForEachStep,
  lists: SopStep[][],
): void {
  const reason = `Enough ${
    step.type === 'forEach' ? 'items' : 'branches'
  } of “${step.name}” are done`;
  for (const stepId of idsWithin(lists)) {
    const { status } = recorder.step(stepId);
    if (status === 'pending') {
      recorder.emit('step.skipped', { stepId, reason });
    } else if (OPEN_STEP_STATUSES.includes(status)) {
      recorder.emit('step.cancelled', { stepId, reason });
    }
  }
}

/** Steps whose effect stands and can be undone, latest first. */
export function compensationQueue(
  state: RunState,
  recorder: Recorder,
): string[] {
  const undoable = (stepId: string) =>
    Boolean(recorder.index.get(stepId)?.step.compensation) &&
    !state.steps[stepId]?.compensated;
  // A try that was handed out may have taken effect although nobody knows.
  const inDoubt = Object.values(state.steps)
    .filter(step => step.dispatched || step.error?.name === OUTCOME_UNKNOWN)
    .map(step => step.id)
    .filter(id => !state.completionOrder.includes(id));
  return [...inDoubt, ...[...state.completionOrder].reverse()].filter(undoable);
}

/**
 * Ends everything that is open and begins to undo what was done; without
 * anything to undo the run ends at once.
 */
export function startCompensation(
  recorder: Recorder,
  cause: 'failed' | 'cancelled',
  reason: string,
  options: { byActor?: boolean; basis?: string } = {},
): void {
  const { basis } = options;
  const queue = compensationQueue(recorder.state, recorder);
  cancelOpenSteps(recorder, 'The run is being rolled back');
  if (queue.length === 0) {
    const type = cause === 'failed' ? 'run.failed' : 'run.cancelled';
    recorder.emit(type, { reason, basis }, options);
    return;
  }
  recorder.emit(
    'compensation.started',
    { cause, reason, queue, basis },
    options,
  );
  advanceCompensation(recorder);
}

/** Cancels every step that waits or runs. */
export function cancelOpenSteps(recorder: Recorder, reason: string): void {
  for (const [stepId, { review }] of recorder.index) {
    if (review) {
      continue;
    }
    if (OPEN_STEP_STATUSES.includes(recorder.step(stepId).status)) {
      recorder.emit('step.cancelled', { stepId, reason });
    }
  }
}

/** One compensation after the other, in the order of the queue. */
function advanceCompensation(recorder: Recorder): void {
  if (hasOpenChild(recorder.state)) {
    // What they did came last, so they are undone first.
    return;
  }
  for (;;) {
    const { compensation, status } = recorder.state;
    const stepId = compensation?.queue[0];
    if (!compensation || !stepId) {
      break;
    }
    const undo = recorder.index.get(compensationId(stepId))?.step;
    if (!undo) {
      throw new Error(`Step ${stepId} has no compensation`);
    }
    if (['pending', 'blocked'].includes(recorder.step(undo.id).status)) {
      begin(recorder, undo);
    }
    const current = recorder.step(undo.id);
    if (current.status === 'failed') {
      if (status !== 'held') {
        recorder.emit('run.held', {
          stepId: undo.id,
          reason: `“${undo.name}” failed: ${current.error?.message}`,
        });
      }
      return;
    }
    if (status === 'held') {
      recorder.emit('run.resumed', { reason: 'No failed step is left' });
    }
    if (current.status !== 'completed' && current.status !== 'skipped') {
      return;
    }
    recorder.emit('step.compensated', { stepId });
  }
  const { compensation } = recorder.state;
  if (compensation) {
    const { cause, reason } = compensation;
    recorder.emit('run.compensated', { cause, reason });
  }
}
