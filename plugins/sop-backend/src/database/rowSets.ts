import { JournalRow, toRow } from '@handrail/journal';
import { RowChanges } from './projections';
import { Transition } from './transition';

/** A value as both drivers take it. */
export type Cell = string | number | null;

/** Rows for one table in one transition; each row's cells in column order. */
export type RowSet = Cell[][];

/** Room for claims between two transitions; see {@link firstFence}. */
const FENCES_PER_EVENT = 1_000_000;

/**
 * Fence of a timer that a transition writes. Grows with the run, so no earlier
 * claim of a timer of this step can have it or a higher one.
 */
export function firstFence(version: number): number {
  return version * FENCES_PER_EVENT;
}

export interface RowSets {
  events: RowSet;
  steps: RowSet;
  inboxPut: RowSet;
  inboxRemove: RowSet;
  timersPut: RowSet;
  timersRemove: RowSet;
  locksPut: RowSet;
  locksRemove: RowSet;
  listenersPut: RowSet;
  listenersRemove: RowSet;
  done: RowSet;
}

export type RowSetName = keyof RowSets;

/** Columns after `run_id`, with their PostgreSQL types, in the order of cells. */
export const COLUMNS: Record<RowSetName, ReadonlyArray<[string, string]>> = {
  events: [
    ['seq', 'int'],
    ['type', 'text'],
    ['at', 'text'],
    ['actor', 'text'],
    ['data', 'text'],
    ['prev_hash', 'text'],
    ['hash', 'text'],
    ['command_id', 'text'],
  ],
  steps: [
    ['step_id', 'text'],
    ['type', 'text'],
    ['name', 'text'],
    ['role', 'text'],
    ['status', 'text'],
    ['attempt', 'int'],
    ['version', 'int'],
    ['since', 'timestamptz'],
    ['ended_at', 'timestamptz'],
    ['due_at', 'timestamptz'],
    ['claimed_by', 'text'],
    ['potential_owners', 'text'],
    ['excluded_owners', 'text'],
  ],
  inboxPut: [
    ['principal', 'text'],
    ['step_id', 'text'],
    ['sort_due', 'text'],
    ['since', 'text'],
    ['excluded', 'text'],
  ],
  inboxRemove: [
    ['principal', 'text'],
    ['step_id', 'text'],
  ],
  timersPut: [
    ['step_id', 'text'],
    ['slot', 'text'],
    ['kind', 'text'],
    ['attempt', 'int'],
    ['try', 'int'],
    ['due_at', 'timestamptz'],
    ['fence', 'bigint'],
  ],
  timersRemove: [
    ['step_id', 'text'],
    ['slot', 'text'],
  ],
  locksPut: [
    ['step_id', 'text'],
    ['key', 'text'],
    ['attempt', 'int'],
    ['requested_at', 'text'],
    ['acquired_at', 'text'],
  ],
  locksRemove: [['step_id', 'text']],
  listenersPut: [
    ['step_id', 'text'],
    ['topic', 'text'],
    ['attempt', 'int'],
  ],
  listenersRemove: [['step_id', 'text']],
  done: [
    ['seq', 'int'],
    ['actor', 'text'],
    ['step_id', 'text'],
    ['outcome', 'text'],
    ['done_at', 'timestamptz'],
  ],
};

function eventCells(row: JournalRow): Cell[] {
  return [
    row.seq,
    row.type,
    row.at,
    row.actor,
    row.data,
    row.prev_hash,
    row.hash,
    row.command_id,
  ];
}

/**
 * The rows of a transition, flat.
 * @param leaseDue - when a lease ends unless it is extended
 */
export function rowSets(transition: Transition, leaseDue: string): RowSets {
  const { events, changes, after, commandId } = transition;
  const last = events.length - 1;
  return {
    events: events.map((event, index) =>
      eventCells(toRow(event, index === last ? commandId : undefined)),
    ),
    ...projectionSets(changes, { version: after.version, leaseDue }),
  };
}

/** The rows of what is derived from the journal, flat. */
export function projectionSets(
  changes: RowChanges,
  options: { version: number; leaseDue: string; minimumFence?: number },
): Omit<RowSets, 'events'> {
  const { leaseDue, minimumFence = 0 } = options;
  const fence = Math.max(firstFence(options.version), minimumFence);
  return {
    steps: changes.steps.map(row => [
      row.stepId,
      row.type,
      row.name,
      row.role,
      row.status,
      row.attempt,
      row.version,
      row.since,
      row.endedAt,
      row.dueAt,
      row.claimedBy,
      row.potentialOwners,
      row.excludedOwners,
    ]),
    inboxPut: changes.inboxPut.map(row => [
      row.principal,
      row.stepId,
      row.sortDue,
      row.since,
      row.excluded,
    ]),
    inboxRemove: changes.inboxRemove.map(row => [row.principal, row.stepId]),
    timersPut: changes.timersPut.map(row => [
      row.stepId,
      row.slot,
      row.kind,
      row.attempt,
      row.try,
      row.dueAt ?? leaseDue,
      fence,
    ]),
    timersRemove: changes.timersRemove.map(row => [row.stepId, row.slot]),
    locksPut: changes.locksPut.map(row => [
      row.stepId,
      row.key,
      row.attempt,
      row.requestedAt,
      row.acquiredAt,
    ]),
    locksRemove: changes.locksRemove.map(stepId => [stepId]),
    listenersPut: changes.listenersPut.map(row => [
      row.stepId,
      row.topic,
      row.attempt,
    ]),
    listenersRemove: changes.listenersRemove.map(stepId => [stepId]),
    done: changes.done.map(row => [
      row.seq,
      row.actor,
      row.stepId,
      row.outcome,
      row.doneAt,
    ]),
  };
}

/** Cells of a run's row that most transitions change. */
export function runChangeCells(
  journal: { version: number; head: string },
  { run }: RowChanges,
): Cell[] {
  return [
    journal.version,
    journal.head,
    run.status,
    run.updatedAt,
    run.closedAt,
    run.done,
    run.total,
    run.waiting,
    run.glassBroken,
    run.glassOpen,
  ];
}

/** Columns of {@link runChangeCells}. */
export const RUN_CHANGE_COLUMNS: ReadonlyArray<[string, string]> = [
  ['version', 'int'],
  ['head', 'text'],
  ['status', 'text'],
  ['updated_at', 'timestamptz'],
  ['closed_at', 'timestamptz'],
  ['done', 'int'],
  ['total', 'int'],
  ['waiting', 'text'],
  ['glass_broken', 'int'],
  ['glass_open', 'int'],
];

/** What only the start of a run writes. */
export interface NewRun {
  startKey: string;
  sopTitle: string;
  genesis: string;
}

/** Columns of {@link newRunCells}. */
export const NEW_RUN_COLUMNS: ReadonlyArray<[string, string]> = [
  ['start_key', 'text'],
  ['sop_ref', 'text'],
  ['sop_title', 'text'],
  ['revision_hash', 'text'],
  ['engine_version', 'int'],
  ['genesis', 'text'],
  ['title', 'text'],
  ['target_ref', 'text'],
  ['target_owner', 'text'],
  ['initiator', 'text'],
  ['started_at', 'timestamptz'],
  ['mode', 'text'],
];

export function newRunCells(transition: Transition, run: NewRun): Cell[] {
  const { state } = transition.after;
  return [
    run.startKey,
    state.sopRef,
    run.sopTitle,
    state.revisionHash,
    state.engineVersion,
    run.genesis,
    state.title,
    state.target?.entityRef ?? null,
    state.target?.owner ?? null,
    state.initiator,
    state.startedAt,
    state.mode ?? null,
  ];
}
