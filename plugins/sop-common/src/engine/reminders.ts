import { Duration } from 'luxon';
import { ParallelStep, SopStep } from '../model/types';
import { stepState } from './context';
import { isHumanStep } from './people';
import type { Recorder } from './Recorder';
import { plusDuration } from './time';
import { RunState, StepState } from './types';

/** How often a step reminds, itself or by branch. */
function intervals(step: SopStep): Array<{ branch?: number; every: string }> {
  if (isHumanStep(step)) {
    return step.every ? [{ every: step.every }] : [];
  }
  return step.type === 'parallel'
    ? step.branches.flatMap(({ every }, branch) =>
        every ? [{ branch, every }] : [],
      )
    : [];
}

/** The first reminders of a step that begins. */
export function planReminders(
  step: SopStep,
  now: string,
): Array<{ branch?: number; at: string }> | undefined {
  const planned = intervals(step).map(({ branch, every }) => ({
    ...(branch === undefined ? {} : { branch }),
    at: plusDuration(now, every),
  }));
  return planned.length ? planned : undefined;
}

/** Whether nothing of a branch is left to do. */
function isBranchOver(
  state: RunState,
  step: ParallelStep,
  branch: number,
): boolean {
  return step.branches[branch].steps.every(({ id }) =>
    ['completed', 'skipped', 'cancelled'].includes(stepState(state, id).status),
  );
}

/** Reminders that are still of use: the task, or the branch, is open. */
function openReminders(
  state: RunState,
  step: SopStep,
): NonNullable<StepState['reminders']> {
  const current = stepState(state, step.id);
  const isOpen = ['ready', 'reserved', 'running'].includes(current.status);
  return (isOpen ? current.reminders ?? [] : []).filter(
    ({ branch }) =>
      branch === undefined ||
      (step.type === 'parallel' && !isBranchOver(state, step, branch)),
  );
}

/** When somebody must be reminded next. */
export function nextReminderAt(
  state: RunState,
  step: SopStep,
): string | undefined {
  return openReminders(state, step)
    .map(({ nextAt }) => nextAt)
    .sort()[0];
}

/**
 * Reminds where it is due. What was missed while nobody could remind is made up
 * for by one reminder, and the rhythm stays.
 */
export function remind(recorder: Recorder, step: SopStep): void {
  const { now } = recorder.facts;
  for (const { branch, nextAt, count } of openReminders(recorder.state, step)) {
    const every = intervals(step).find(one => one.branch === branch)?.every;
    if (every && nextAt <= now) {
      recorder.emit('task.reminded', {
        stepId: step.id,
        branch,
        count: count + 1,
        nextAt: following(nextAt, every, now),
      });
    }
  }
}

/** The first instant after `now` in the rhythm of `every` that `at` belongs to. */
function following(at: string, every: string, now: string): string {
  const length = Duration.fromISO(every).toMillis();
  const missed = Math.floor((Date.parse(now) - Date.parse(at)) / length);
  return new Date(Date.parse(at) + (missed + 1) * length).toISOString();
}
