/** What became of an occurrence for one target. */
export type OccurrenceState =
  /** A run is about to be started. */
  | 'due'
  /** The run before is open, and the schedule queues. */
  | 'waiting'
  | 'started'
  /** The run before was open, and the schedule skips. */
  | 'skipped'
  /** Nobody was there to start it in time. */
  | 'missed'
  /** A run was refused. */
  | 'failed';

/** All states, for checks. */
export const OCCURRENCE_STATES: readonly OccurrenceState[] = [
  'due',
  'waiting',
  'started',
  'skipped',
  'missed',
  'failed',
];

/** Names one occurrence for one target. */
export interface OccurrenceKey {
  sopRef: string;
  /** ISO instant. */
  occursAt: string;
  targetRef?: string;
}

/** An occurrence as it is kept. */
export interface Occurrence extends OccurrenceKey {
  state: OccurrenceState;
  runId?: string;
  reason?: string;
  attempts: number;
  /** When it was started, or left out. */
  settledAt?: string;
}

/** The plan of one procedure. */
export interface Plan {
  sopRef: string;
  fingerprint: string;
  /** ISO instant of the next occurrence. */
  nextAt?: string;
  /** Why there is none. */
  note?: string;
  /** When the procedure was last seen with this fingerprint. */
  checkedAt: string;
}
