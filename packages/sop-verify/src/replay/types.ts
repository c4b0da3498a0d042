/**
 * What a journal and a procedure look like to this program. Written from the
 * documents, not taken from the portal's code.
 */

export type Json =
  | null
  | boolean
  | number
  | string
  | Json[]
  | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

/** An event as it stands in a journal. */
export interface Event {
  seq: number;
  type: string;
  at: string;
  actor?: string;
  data: JsonObject;
}

export interface Step {
  id: string;
  type: string;
  name: string;
  if?: string;
  role?: string;
  excludedOwners?: string[];
  compensation?: JsonObject;
  [field: string]: any;
}

export interface Procedure {
  owner: string;
  roles?: Record<string, { potentialOwners: string[] }>;
  runTitle?: string;
  steps: Step[];
  onFailure?: { compensate: string };
  [field: string]: any;
}

/** The first thing that must not be. */
export class Violation extends Error {
  readonly name = 'Violation';

  constructor(
    /** Which rule is broken, such as `four-eyes`. */
    readonly rule: string,
    readonly seq: number,
    message: string,
  ) {
    super(message);
  }
}

/** Where a step stands. */
export interface StepState {
  status:
    | 'pending'
    | 'ready'
    | 'reserved'
    | 'running'
    | 'in-doubt'
    | 'completed'
    | 'failed'
    | 'skipped'
    | 'cancelled';
  attempt: number;
  actors: string[];
  claimedBy?: string;
  votes: Array<{ by: string; decision: string; reason?: string; at: string }>;
  evidence?: JsonObject;
  output?: Json;
  comment?: string;
  dueAt?: string;
  dispatched: boolean;
  tries: number;
  chosen?: number | string;
  errorName?: string;
  compensated: boolean;
}

export interface RunState {
  runId: string;
  sopRef: string;
  title: string;
  initiator: string;
  target?: JsonObject;
  inputs: JsonObject;
  /** A rehearsal does not count, so nobody need be trained for it. */
  rehearsal: boolean;
  startedAt: string;
  status:
    | 'running'
    | 'held'
    | 'compensating'
    | 'completed'
    | 'failed'
    | 'cancelled'
    | 'compensated';
  /** In the order in which they were first touched. */
  steps: Map<string, StepState>;
  /** Completed steps, the earliest first. */
  done: string[];
  rollback?: { cause: string; queue: string[] };
}
