import { SopSpec, SopStep, SopStepType } from '../model/types';
import { isAwaited } from './children';
import { stepState } from './context';
import { isClosed } from './evolve';
import { excludedRefs, isHumanStep } from './people';
import { nextReminderAt } from './reminders';
import { nextDue } from './stepDeadline';
import { childLists, indexRun } from './specIndex';
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
  for (const [id, { step, compensates, review }] of indexRun(state, spec)) {
    if (review) {
      continue;
    }
    const { status } = stepState(state, id);
    const counts = compensates
      ? state.compensation && status !== 'pending'
      : !isContainer(step) || isEmptyForEach(step);
    if (counts && status !== 'skipped' && status !== 'cancelled') {
      total += 1;
      done += status === 'completed' ? 1 : 0;
    }
  }
  return { done, total };
}

/** Consists of other steps. @public */
export function isContainer(step: SopStep): boolean {
  return ['parallel', 'switch', 'forEach'].includes(step.type);
}

/** Without items it is a step like any other. */
function isEmptyForEach(step: SopStep): boolean {
  return step.type === 'forEach' && childLists(step).length === 0;
}

/** A task that waits for people. @public */
export interface OpenTask {
  stepId: string;
  type: SopStepType;
  name: string;
  /** Absent when those who own the procedure are asked. */
  role?: string;
  status: 'ready' | 'reserved' | 'in-doubt';
  version: number;
  since: string;
  dueAt?: string;
  claimedBy?: string;
  potentialOwners: string[];
  excludedOwners: string[];
}

/** Who is asked by a step, where people are. @public */
export function taskRole(
  step: SopStep,
): { role: string; excludedOwners?: string[] } | undefined {
  if (isHumanStep(step)) {
    return step;
  }
  return step.type === 'action' ? step.inDoubt : undefined;
}

/** The tasks that wait for people, in document order. @public */
export function openTasks(state: RunState, spec: SopSpec): OpenTask[] {
  // Reviews go on.
  if (isClosed(state.status) && !state.glass) {
    return [];
  }
  const index = indexRun(state, spec);
  const tasks: OpenTask[] = [];
  for (const current of Object.values(state.steps)) {
    const step = index.get(current.id)?.step;
    const { status } = current;
    const open = status === 'ready' || status === 'reserved';
    const role = step && taskRole(step);
    if (step && ((open && isHumanStep(step)) || status === 'in-doubt')) {
      tasks.push({
        stepId: current.id,
        type: step.type,
        name: step.name,
        role: role?.role,
        status: open ? status : 'in-doubt',
        version: current.version,
        since: current.startedAt ?? state.updatedAt,
        dueAt: current.dueAt,
        claimedBy: current.claimedBy,
        potentialOwners: current.potentialOwners ?? [],
        // What policies add is in the event that began it.
        excludedOwners: [
          ...new Set([
            ...excludedRefs(state, role?.excludedOwners),
            ...(current.excludedOwners ?? []),
          ]),
        ],
      });
    }
  }
  return inDocumentOrder(tasks, state, spec);
}

function inDocumentOrder<T extends { stepId: string }>(
  items: T[],
  state: RunState,
  spec: SopSpec,
): T[] {
  const index = indexRun(state, spec);
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
  const index = indexRun(state, spec);
  const waiting: WaitingFor[] = [];
  const failed = new Set<string>();
  for (const current of Object.values(state.steps)) {
    const step = index.get(current.id)?.step;
    const { blocked } = current;
    const container = step ? isContainer(step) && !blocked : true;
    const open = OPEN_STEP_STATUSES.includes(current.status);
    const stuck = current.status === 'failed' && state.status === 'held';
    if (step && ((open && !container) || stuck)) {
      const human = isHumanStep(step);
      let owners: string[] = [];
      if (stuck) {
        failed.add(current.id);
        owners = [...new Set([state.initiator, spec.owner])];
      } else if ((human && !blocked) || current.status === 'in-doubt') {
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
  // What holds the run comes first: the headline is about it.
  const ordered = inDocumentOrder(waiting, state, spec);
  return [
    ...ordered.filter(({ stepId }) => failed.has(stepId)),
    ...ordered.filter(({ stepId }) => !failed.has(stepId)),
  ];
}

/**
 * What a step can wait for at the same time. `step`: its own progress, be it a
 * wait, a try, the outcome of a try or the end of a block.
 * @public
 */
export const TIMER_SLOTS = [
  'step',
  'deadline',
  'reminder',
  'guard',
  'child',
  'parent',
  'event',
] as const;

/** @public */
export type TimerSlot = (typeof TIMER_SLOTS)[number];

/** Something the worker must do. @public */
export interface PendingWork {
  /**
   * `wait`: complete the step at `dueAt`. `blocked`: look at `dueAt` whether it
   * still is. `dispatch`: hand out try `try` of an
   * automated step at `dueAt`. `lease`: a try was handed out and its outcome is
   * not known; whoever did it holds a lease. `deadline`, `reminder`: see what is
   * due. `guard`: measure it. `start-child`, `cancel-child`: of
   * the run that a step asked for in this attempt. `link`, `report`: tell the
   * parent that this run has started, or ended. These four stay until the worker
   * takes them off, as what they bring about is in another run. `lock`: begin
   * the step when its lock is free and it is the first in the queue.
   * `find-event`: look among the events that came before the step listened.
   */
  kind:
    | 'wait'
    | 'blocked'
    | 'dispatch'
    | 'lease'
    | 'deadline'
    | 'reminder'
    | 'guard'
    | 'start-child'
    | 'cancel-child'
    | 'link'
    | 'report'
    | 'lock'
    | 'find-event';
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
  const work: PendingWork[] = relatedWork(state);
  if (isClosed(state.status)) {
    return work;
  }
  const index = indexRun(state, spec);
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
    } else if (blocked && current.lock && !current.lock.acquiredAt) {
      work.push({
        kind: 'lock',
        slot: 'step',
        stepId,
        attempt: blocked.attempt,
        dueAt: current.lock.requestedAt,
      });
    } else if (current.status === 'running') {
      if (type === 'listen') {
        work.push({
          kind: 'find-event',
          slot: 'event',
          stepId,
          attempt,
          dueAt: current.startedAt,
        });
      }
      if ((type === 'wait' && !current.guard) || (type === 'listen' && dueAt)) {
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

/** Stands for the parent where work has to name a step; no step has this id. */
const PARENT_STEP = '@parent';

/** What has to be done about the runs above and below this one. */
function relatedWork(state: RunState): PendingWork[] {
  const work: PendingWork[] = [];
  for (const child of Object.values(state.children ?? {})) {
    const { stepId, attempt, runId, status } = child;
    const at = { stepId, attempt, dueAt: state.startedAt };
    if (status === undefined && !isAwaited(state, child)) {
      // Done again once it is known which run it is.
      work.push({
        kind: 'cancel-child',
        slot: 'child',
        ...at,
        try: runId ? 2 : 1,
      });
    } else if (status === undefined && !runId) {
      work.push({ kind: 'start-child', slot: 'step', ...at });
    }
  }
  if (state.parent) {
    work.push({
      kind: isClosed(state.status) ? 'report' : 'link',
      slot: 'parent',
      stepId: PARENT_STEP,
      attempt: state.parent.attempt,
      dueAt: state.startedAt,
    });
  }
  return work;
}

/** A step that waits for an event. @public */
export interface Listener {
  stepId: string;
  attempt: number;
  topic: string;
}

/** The steps that wait for events. @public */
export function listeners(state: RunState, spec: SopSpec): Listener[] {
  if (isClosed(state.status)) {
    return [];
  }
  const index = indexRun(state, spec);
  return Object.values(state.steps).flatMap(({ id, status, attempt }) => {
    const step = index.get(id)?.step;
    return step?.type === 'listen' && status === 'running'
      ? [{ stepId: id, attempt, topic: step.topic }]
      : [];
  });
}

/** A lock that a step waits for, or has. @public */
export interface LockRequest {
  stepId: string;
  attempt: number;
  key: string;
  requestedAt: string;
  acquiredAt?: string;
}

/** The locks that the steps of a run wait for, or have. @public */
export function lockRequests(state: RunState): LockRequest[] {
  if (isClosed(state.status)) {
    return [];
  }
  return Object.values(state.steps).flatMap(({ id, attempt, lock }) =>
    lock ? [{ stepId: id, attempt, ...lock }] : [],
  );
}
