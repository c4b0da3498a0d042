import { SopSpec, SopStepType } from '../model/types';
import { stepState } from './context';
import { isClosed } from './evolve';
import { isHumanStep, resolveExcluded } from './people';
import { childLists, indexSpec } from './specIndex';
import { RunState } from './types';

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
        excludedOwners: resolveExcluded(state, step),
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
    const container = step ? childLists(step).length > 0 : true;
    const open = ['ready', 'reserved', 'running'].includes(current.status);
    const stuck = current.status === 'failed' && state.status === 'held';
    if (step && ((open && !container) || stuck)) {
      const human = isHumanStep(step);
      let owners: string[] = [];
      if (stuck) {
        owners = [...new Set([state.initiator, spec.owner])];
      } else if (human) {
        owners = current.potentialOwners ?? [];
      }
      waiting.push({
        stepId: current.id,
        stepName: step.name,
        type: step.type,
        since: (stuck ? current.endedAt : current.startedAt) ?? state.updatedAt,
        dueAt: current.dueAt,
        claimedBy: current.claimedBy,
        owners,
        role: human && !stuck ? step.role : undefined,
      });
    }
  }
  return inDocumentOrder(waiting, spec);
}

/** Something the worker must do. @public */
export interface PendingWork {
  /**
   * `wait`: complete the step at `dueAt`. `dispatch`: hand out try `try` of an
   * automated step at `dueAt`. `lease`: a try was handed out and its outcome is
   * not known; whoever did it holds a lease.
   */
  kind: 'wait' | 'dispatch' | 'lease';
  stepId: string;
  attempt: number;
  try?: number;
  dueAt?: string;
}

/** What the worker must do for a run, now or later. @public */
export function pendingWork(state: RunState, spec: SopSpec): PendingWork[] {
  if (isClosed(state.status)) {
    return [];
  }
  const index = indexSpec(spec);
  const work: PendingWork[] = [];
  for (const current of Object.values(state.steps)) {
    const type = index.get(current.id)?.step.type;
    if (current.status === 'running') {
      const { id: stepId, attempt, dueAt } = current;
      if (type === 'wait') {
        work.push({ kind: 'wait', stepId, attempt, dueAt });
      } else if (type === 'check' || type === 'action') {
        work.push(
          current.dispatched
            ? { kind: 'lease', stepId, attempt, try: current.tries ?? 1 }
            : {
                kind: 'dispatch',
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
