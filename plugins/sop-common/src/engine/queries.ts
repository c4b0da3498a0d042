import { SopSpec, SopStep, SopStepType } from '../model/types';
import { stepState } from './context';
import { isClosed } from './evolve';
import { isHumanStep, resolveExcluded } from './people';
import { nextReminderAt } from './reminders';
import { nextDue } from './stepDeadline';
import { childLists, indexSpec } from './specIndex';
import { OPEN_STEP_STATUSES, RunState, StepBlock } from './types';

/**
 * How much of a run is over. Steps that were skipped or cancelled do not count,
 * nor do parallel and switch themselves.
 * @public
 */
export function progress(
  state: RunState,
  spec: SopSpec,
): { done: number; total: number } {
  let done = 0;
  let total = 0;
  for (const [id, { step, compensates }] of indexSpec(spec)) {
    const { status } = stepState(state, id);
    const counts = compensates
      ? state.compensation && status !== 'pending'
      : childLists(step).length === 0;
    if (counts && status !== 'skipped' && status !== 'cancelled') {
      total += 1;
      done += status === 'completed' ? 1 : 0;
    }
  }
  return { done, total };
}

/** A task that waits for people. @public */
export interface OpenTask {
  stepId: string;
  type: SopStepType;
  name: string;
  role: string;
  status: 'ready' | 'reserved';
  version: number;
  since: string;
  dueAt?: string;
  claimedBy?: string;
  potentialOwners: string[];
  excludedOwners: string[];
}

/** The tasks that wait for people, in document order. @public */
export function openTasks(state: RunState, spec: SopSpec): OpenTask[] {
  if (isClosed(state.status)) {
    return [];
  }
  const index = indexSpec(spec);
  const tasks: OpenTask[] = [];
  for (const current of Object.values(state.steps)) {
    const step = index.get(current.id)?.step;
    if (
      step &&
      isHumanStep(step) &&
      (current.status === 'ready' || current.status === 'reserved')
    ) {
      tasks.push({
        stepId: current.id,
        type: step.type,
        name: step.name,
        role: step.role,
        status: current.status,
        version: current.version,
        since: current.startedAt ?? state.updatedAt,
        dueAt: current.dueAt,
        claimedBy: current.claimedBy,
        potentialOwners: current.potentialOwners ?? [],
        // What policies add is in the event that began it.
        excludedOwners: [
          ...new Set([
            ...resolveExcluded(state, step),
            ...(current.excludedOwners ?? []),
          ]),
        ],
      });
    }
  }
  return inDocumentOrder(tasks, spec);
}

function inDocumentOrder<T extends { stepId: string }>(
  items: T[],
  spec: SopSpec,
): T[] {
  const index = indexSpec(spec);
  const order = (item: T) => index.get(item.stepId)?.order ?? 0;
  return items.sort((a, b) => order(a) - order(b));
}

/** What a run waits for: people, a time, automation, or a decision on a failure. @public */
export interface WaitingFor {
  stepId: string;
  stepName: string;
  type: SopStepType;
  since: string;
  dueAt?: string;
  claimedBy?: string;
  /** What keeps the step from beginning or going on; `dueAt` is when to look again. */
  blocks?: StepBlock[];
  /** Entity refs of those who can move it on; empty for time and automation. */
  owners: string[];
  role?: string;
}

/** What a run waits for, in document order. @public */
export function waitingFor(state: RunState, spec: SopSpec): WaitingFor[] {
  if (isClosed(state.status)) {
    return [];
  }
  const index = indexSpec(spec);
  const waiting: WaitingFor[] = [];
  for (const current of Object.values(state.steps)) {
    const step = index.get(current.id)?.step;
    const { blocked } = current;
    const container = step ? childLists(step).length > 0 && !blocked : true;
    const open = OPEN_STEP_STATUSES.includes(current.status);
    const stuck = current.status === 'failed' && state.status === 'held';
    if (step && ((open && !container) || stuck)) {
      const human = isHumanStep(step);
      let owners: string[] = [];
      if (stuck) {
        owners = [...new Set([state.initiator, spec.owner])];
      } else if (human && !blocked) {
        owners = current.potentialOwners ?? [];
      }
      waiting.push({
        stepId: current.id,
        stepName: step.name,
        type: step.type,
        since:
          blocked?.since ??
          (stuck ? current.endedAt : current.startedAt) ??
          state.updatedAt,
        dueAt: current.dueAt,
        claimedBy: current.claimedBy,
        blocks: blocked?.blocks,
        owners,
        role: human && !stuck ? step.role : undefined,
      });
    }
  }
  return inDocumentOrder(waiting, spec);
}

/**
 * What a step can wait for at the same time. `step`: its own progress, be it a
 * wait, a try, the outcome of a try or the end of a block.
 * @public
 */
export const TIMER_SLOTS = ['step', 'deadline', 'reminder', 'guard'] as const;

/** @public */
export type TimerSlot = (typeof TIMER_SLOTS)[number];

/** Something the worker must do. @public */
export interface PendingWork {
  /**
   * `wait`: complete the step at `dueAt`. `blocked`: look at `dueAt` whether it
   * still is. `dispatch`: hand out try `try` of an
   * automated step at `dueAt`. `lease`: a try was handed out and its outcome is
   * not known; whoever did it holds a lease. `deadline`, `reminder`: see what is
   * due. `guard`: measure it.
   */
  kind:
    | 'wait'
    | 'blocked'
    | 'dispatch'
    | 'lease'
    | 'deadline'
    | 'reminder'
    | 'guard';
  /** A step has at most one timer per slot; see {@link TIMER_SLOTS}. */
  slot: TimerSlot;
  stepId: string;
  attempt: number;
  try?: number;
  dueAt?: string;
}

/** What goes on beside the progress of a step. */
function timedWork(state: RunState, step: SopStep): PendingWork[] {
  const { attempt, deadline, guard } = stepState(state, step.id);
  const due = {
    deadline: nextDue(deadline)?.at,
    reminder: nextReminderAt(state, step),
    guard: guard?.nextAt,
  };
  return (['deadline', 'reminder', 'guard'] as const).flatMap(kind =>
    due[kind]
      ? { kind, slot: kind, stepId: step.id, attempt, dueAt: due[kind] }
      : [],
  );
}

/** What the worker must do for a run, now or later. @public */
export function pendingWork(state: RunState, spec: SopSpec): PendingWork[] {
  if (isClosed(state.status)) {
    return [];
  }
  const index = indexSpec(spec);
  const work: PendingWork[] = [];
  for (const current of Object.values(state.steps)) {
    const step = index.get(current.id)?.step;
    const type = step?.type;
    const { id: stepId, attempt, dueAt, blocked } = current;
    if (step && ['ready', 'reserved', 'running'].includes(current.status)) {
      work.push(...timedWork(state, step));
    }
    if (blocked && dueAt) {
      work.push({
        kind: 'blocked',
        slot: 'step',
        stepId,
        attempt: blocked.attempt,
        dueAt,
      });
    } else if (current.status === 'running') {
      if (type === 'wait' && !current.guard) {
        work.push({ kind: 'wait', slot: 'step', stepId, attempt, dueAt });
      } else if (type === 'check' || type === 'action') {
        work.push(
          current.dispatched
            ? {
                kind: 'lease',
                slot: 'step',
                stepId,
                attempt,
                try: current.tries ?? 1,
              }
            : {
                kind: 'dispatch',
                slot: 'step',
                stepId,
                attempt,
                try: (current.tries ?? 0) + 1,
                dueAt,
              },
        );
      }
    }
  }
  return work;
}
