import {
  AnyRunEvent,
  indexRun,
  listeners,
  lockRequests,
  openReviews,
  openTasks,
  OpenTask,
  pendingWork,
  PendingWork,
  progress,
  RunState,
  RunStatus,
  SopSpec,
  taskRole,
  TimerSlot,
  waitingFor,
} from '@handrail/plugin-sop-common';
import { TaskOutcome, TimerKind } from './RunStore';

/** Sorts after every deadline. */
export const NO_DEADLINE = '9999-12-31T23:59:59.999Z';

/** What changes in a run's row with most transitions. */
export interface RunChange {
  status: RunStatus;
  updatedAt: string;
  closedAt: string | null;
  done: number;
  total: number;
  /** JSON. */
  waiting: string;
  /** Gates that were skipped in an emergency, and reviews of them to be done. */
  glassBroken: number;
  glassOpen: number;
}

export interface StepRow {
  stepId: string;
  type: string;
  name: string;
  role: string | null;
  status: string;
  attempt: number;
  version: number;
  since: string | null;
  endedAt: string | null;
  dueAt: string | null;
  claimedBy: string | null;
  /** As {@link InboxRow.excluded}; of the attempt that is going on. */
  potentialOwners: string;
  excludedOwners: string;
}

export interface InboxKey {
  principal: string;
  stepId: string;
}

export interface InboxRow extends InboxKey {
  sortDue: string;
  since: string;
  /** `|ref|ref|`, so that a ref can be looked for with its bars; or empty. */
  excluded: string;
}

export interface TimerKey {
  stepId: string;
  slot: TimerSlot;
}

export interface TimerRow extends TimerKey {
  kind: TimerKind;
  attempt: number;
  try: number | null;
  /** Absent for a lease: its time is given when it is written. */
  dueAt?: string;
}

export interface LockRow {
  stepId: string;
  key: string;
  attempt: number;
  requestedAt: string;
  acquiredAt: string | null;
}

export interface ListenerRow {
  stepId: string;
  topic: string;
  attempt: number;
}

export interface DoneRow {
  seq: number;
  actor: string;
  stepId: string;
  outcome: TaskOutcome;
  doneAt: string;
}

/** Row changes of one transition, for everything derived from the journal. */
export interface RowChanges {
  run: RunChange;
  steps: StepRow[];
  inboxPut: InboxRow[];
  inboxRemove: InboxKey[];
  timersPut: TimerRow[];
  timersRemove: TimerKey[];
  locksPut: LockRow[];
  /** Ids of steps. */
  locksRemove: string[];
  listenersPut: ListenerRow[];
  /** Ids of steps. */
  listenersRemove: string[];
  done: DoneRow[];
}

interface Derived {
  inbox: Map<string, InboxRow>;
  timers: Map<string, TimerRow>;
  locks: Map<string, LockRow>;
  listeners: Map<string, ListenerRow>;
}

/** Kept as long as its state: the state after one transition is the state before the next. */
const derivedOf = new WeakMap<RunState, Derived>();

function isHumanType(type: string): boolean {
  return ['manual', 'approval', 'handoff', 'tour'].includes(type);
}

/** Refs with bars between and around them; empty for none. */
function barred(refs: readonly string[] | undefined): string {
  return refs?.length ? `|${refs.join('|')}|` : '';
}

function inboxRows(task: OpenTask): InboxRow[] {
  const common = {
    stepId: task.stepId,
    sortDue: task.dueAt ?? NO_DEADLINE,
    since: task.since,
  };
  if (task.claimedBy) {
    // Nobody else needs to see it until it is released.
    return [{ ...common, principal: task.claimedBy, excluded: '' }];
  }
  const excluded = barred(task.excludedOwners);
  return [...new Set(task.potentialOwners)]
    .filter(ref => !task.excludedOwners.includes(ref))
    .map(principal => ({ ...common, principal, excluded }));
}

function timerRow(work: PendingWork): TimerRow {
  return {
    stepId: work.stepId,
    slot: work.slot,
    kind: work.kind,
    attempt: work.attempt,
    try: work.try ?? null,
    ...(work.kind === 'lease' ? {} : { dueAt: work.dueAt }),
  };
}

function derive(state: RunState, spec: SopSpec): Derived {
  let derived = derivedOf.get(state);
  if (!derived) {
    derived = {
      inbox: new Map(),
      timers: new Map(),
      locks: new Map(),
      listeners: new Map(),
    };
    for (const { acquiredAt = null, ...row } of lockRequests(state)) {
      derived.locks.set(row.stepId, { ...row, acquiredAt });
    }
    for (const row of listeners(state, spec)) {
      derived.listeners.set(row.stepId, row);
    }
    for (const task of openTasks(state, spec)) {
      for (const row of inboxRows(task)) {
        derived.inbox.set(`${row.stepId}\n${row.principal}`, row);
      }
    }
    for (const work of pendingWork(state, spec)) {
      derived.timers.set(`${work.slot}/${work.stepId}`, timerRow(work));
    }
    derivedOf.set(state, derived);
  }
  return derived;
}

function sameInbox(a: InboxRow, b: InboxRow): boolean {
  return (
    a.sortDue === b.sortDue && a.since === b.since && a.excluded === b.excluded
  );
}

function sameTimer(a: TimerRow, b: TimerRow): boolean {
  return (
    a.kind === b.kind &&
    a.attempt === b.attempt &&
    a.try === b.try &&
    a.dueAt === b.dueAt
  );
}

function sameLock(a: LockRow, b: LockRow): boolean {
  return (
    a.key === b.key &&
    a.attempt === b.attempt &&
    a.requestedAt === b.requestedAt &&
    a.acquiredAt === b.acquiredAt
  );
}

function sameListener(a: ListenerRow, b: ListenerRow): boolean {
  return a.topic === b.topic && a.attempt === b.attempt;
}

/** Rows to write and rows to remove to get from one set to another. */
function difference<T>(
  before: Map<string, T> | undefined,
  after: Map<string, T>,
  same: (a: T, b: T) => boolean,
): { put: T[]; remove: T[] } {
  const put: T[] = [];
  const remove: T[] = [];
  for (const [key, row] of after) {
    const old = before?.get(key);
    if (!old || !same(old, row)) {
      put.push(row);
    }
  }
  for (const [key, row] of before ?? []) {
    if (!after.has(key)) {
      remove.push(row);
    }
  }
  return { put, remove };
}

function changedSteps(
  before: RunState | undefined,
  after: RunState,
  spec: SopSpec,
): StepRow[] {
  const index = indexRun(after, spec);
  const rows: StepRow[] = [];
  for (const [stepId, state] of Object.entries(after.steps)) {
    const step = index.get(stepId)?.step;
    if (before?.steps[stepId] !== state && step) {
      rows.push({
        stepId,
        type: step.type,
        name: step.name,
        role: taskRole(step)?.role ?? null,
        status: state.status,
        attempt: state.attempt,
        version: state.version,
        since: state.startedAt ?? null,
        endedAt: state.endedAt ?? null,
        dueAt: state.dueAt ?? null,
        claimedBy: state.claimedBy ?? null,
        potentialOwners: barred(state.potentialOwners),
        excludedOwners: barred(state.excludedOwners),
      });
    }
  }
  return rows;
}

/**
 * What an event says a person did. An approval is over with somebody's vote, so
 * the vote counts and not the end of the step.
 */
function doneRow(
  event: AnyRunEvent,
  state: RunState,
  spec: SopSpec,
): DoneRow | undefined {
  const { seq, actor, at } = event;
  if (
    !actor ||
    (event.type !== 'vote.cast' &&
      event.type !== 'doubt.resolved' &&
      event.type !== 'step.completed' &&
      event.type !== 'step.failed')
  ) {
    return undefined;
  }
  const { stepId } = event.data;
  const base = { seq, actor, stepId, doneAt: at };
  if (event.type === 'vote.cast') {
    const approved = event.data.decision === 'approve';
    return { ...base, outcome: approved ? 'approved' : 'rejected' };
  }
  if (event.type === 'doubt.resolved') {
    return { ...base, outcome: 'completed' };
  }
  const type = indexRun(state, spec).get(stepId)?.step.type ?? '';
  if (!isHumanType(type) || type === 'approval') {
    return undefined;
  }
  return {
    ...base,
    outcome: event.type === 'step.completed' ? 'completed' : 'failed',
  };
}

/**
 * Derives row changes from a transition. Pure, and the only place that says how
 * rows follow from the journal: `project(undefined, state, spec, all events)`
 * gives all rows of a run.
 */
export function project(
  before: RunState | undefined,
  after: RunState,
  spec: SopSpec,
  events: readonly AnyRunEvent[],
): RowChanges {
  const old = before && derive(before, spec);
  const current = derive(after, spec);
  const inbox = difference(old?.inbox, current.inbox, sameInbox);
  const timers = difference(old?.timers, current.timers, sameTimer);
  const locks = difference(old?.locks, current.locks, sameLock);
  const listening = difference(old?.listeners, current.listeners, sameListener);
  const { done, total } = progress(after, spec);
  return {
    run: {
      status: after.status,
      updatedAt: after.updatedAt,
      closedAt: after.closedAt ?? null,
      done,
      total,
      waiting: JSON.stringify(waitingFor(after, spec)),
      glassBroken: after.glass?.length ?? 0,
      glassOpen: openReviews(after),
    },
    steps: changedSteps(before, after, spec),
    inboxPut: inbox.put,
    inboxRemove: inbox.remove,
    timersPut: timers.put,
    timersRemove: timers.remove,
    locksPut: locks.put,
    locksRemove: locks.remove.map(row => row.stepId),
    listenersPut: listening.put,
    listenersRemove: listening.remove.map(row => row.stepId),
    done: events.flatMap(event => doneRow(event, after, spec) ?? []),
  };
}
