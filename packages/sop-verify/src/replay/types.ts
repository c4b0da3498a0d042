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

/** A stretch of time that comes again and again. */
export interface Window {
  name: string;
  effect: 'allow' | 'deny';
  rrule: string;
  dtstart?: string;
  timezone: string;
  duration: string;
  overrun?: boolean;
  unless?: string;
}

export interface Procedure {
  owner: string;
  roles?: Record<string, { potentialOwners: string[]; rotate?: any }>;
  windows?: Window[];
  calendars?: Record<string, any>;
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
    | 'blocked'
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
  /** When it began last. */
  startedAt?: string;
  /** What it has listened for and heard, in any attempt. */
  events?: string[];
  /** When it ended last. */
  endedAt?: string;
  /** What keeps it, which policies are among that, and which attempt is kept. */
  blocked?: { attempt: number; blocks: Block[]; by: string[] };
  /** Gates that were skipped in an emergency. */
  skips?: string[];
  /** Which lock it waits for or has. */
  lock?: { key: string; isAcquired: boolean };
  deadline?: Deadline;
  /** Who may act beside the role, because nobody of it did in time. */
  escalatedTo?: string[];
  reminders?: Reminder[];
  guard?: { nextAt: string; failures: number };
  /** Approvals that are in and not granted yet. */
  deferred?: { approvals: number };
  /** Hashes of the policies it began under. */
  policies?: string[];
}

export interface Block {
  kind: string;
  sentence: string;
  until?: string;
  ref?: string;
}

/** When a task is late; nothing stands here that does not apply any more. */
export interface Deadline {
  startBy?: string;
  completeBy?: string;
  escalations: Array<{ at: string; unlessStarted?: boolean; done?: boolean }>;
}

export interface Reminder {
  branch?: number;
  nextAt: string;
  count: number;
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
  /** Who has a role that rotates. */
  turns: Record<string, string>;
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
  /** Gates that were skipped: by whom, and who reviews it. */
  glass: Array<{ by: string; reviewers: string[] }>;
  rollback?: { cause: string; queue: string[] };
}
