import { InputError } from '@backstage/errors';
import {
  chainEvents,
  ChainedEvent,
  fromRow,
  JournalRow,
} from '@handrail/journal';
import { AnyRunEvent, evolve, RunState } from '@handrail/plugin-sop-common';
import { project, RowChanges } from './projections';
import { Revision } from './RunStore';

/** A run as it is in memory: state, and where its journal stood then. */
export interface RunSnapshot {
  state: RunState;
  revision: Revision;
  /** Number and hash of the last event the state includes. */
  version: number;
  head: string;
}

/** An event of a run with its place in the hash chain. */
export type ChainedRunEvent = ChainedEvent<AnyRunEvent>;

/** All that one transaction writes. */
export interface Transition {
  runId: string;
  /** Version before; 0 for a new run. */
  expected: number;
  after: RunSnapshot;
  events: ChainedRunEvent[];
  changes: RowChanges;
  commandId?: string;
  actorRef?: string;
}

/** Puts a decision's events into their place and derives all rows from them. */
export function prepareTransition(
  runId: string,
  before: RunSnapshot | undefined,
  decided: readonly AnyRunEvent[],
  context: {
    revision: Revision;
    /** Hash that the first of the events follows. */
    prevHash: string;
    commandId?: string;
    actorRef?: string;
  },
): Transition {
  const expected = before?.version ?? 0;
  if (decided[0]?.seq !== expected + 1) {
    throw new InputError(
      `The first event has the number ${decided[0]?.seq}; allowed is ${
        expected + 1
      }`,
    );
  }
  const events = chainEvents(context.prevHash, decided);
  const state = fold(before?.state, decided);
  const last = events[events.length - 1];
  return {
    runId,
    expected,
    events,
    after: {
      state,
      revision: context.revision,
      version: last.seq,
      head: last.hash,
    },
    changes: project(before?.state, state, context.revision.spec, decided),
    commandId: context.commandId,
    actorRef: context.actorRef,
  };
}

/** Folds events on top of a state. There must be at least one. */
export function fold(
  before: RunState | undefined,
  events: readonly AnyRunEvent[],
): RunState {
  let state = before;
  for (const event of events) {
    state = evolve(state, event);
  }
  if (!state) {
    throw new Error('The journal is empty');
  }
  return state;
}

/** Rows of a journal as events of a run, without their hashes. */
export function toRunEvents(rows: readonly JournalRow[]): AnyRunEvent[] {
  return rows.map(row => {
    const { seq, type, at, actor, data } = fromRow(row);
    return {
      seq,
      type,
      at,
      ...(actor ? { actor } : {}),
      data,
    } as unknown as AnyRunEvent;
  });
}

/**
 * Brings a snapshot up to date with journal rows that follow it; without a
 * snapshot the rows are the whole journal.
 *
 * @returns undefined when the rows do not continue this snapshot
 */
export function catchUp(
  snapshot: RunSnapshot | undefined,
  revision: Revision,
  rows: readonly JournalRow[],
  current: { version: number; head: string },
): RunSnapshot | undefined {
  const first = rows[0];
  if (snapshot && first && first.prev_hash !== snapshot.head) {
    return undefined;
  }
  const version = (snapshot?.version ?? 0) + rows.length;
  const head = rows.length ? rows[rows.length - 1].hash : snapshot?.head;
  if (version !== current.version || head !== current.head) {
    return undefined;
  }
  return {
    state: fold(snapshot?.state, toRunEvents(rows)),
    revision,
    version,
    head,
  };
}

/** Whether the snapshot is the run as it is now. */
export function isCurrent(
  snapshot: RunSnapshot,
  current: { version: number; head: string },
): boolean {
  return snapshot.version === current.version && snapshot.head === current.head;
}
