import { JsonObject, JsonValue } from '@backstage/types';
import { SopSpec } from '../model/types';
import type { PolicyFacts } from '../policy/effectiveSpec';

/**
 * Version of the event vocabulary and of the rules in `decide`/`evolve`. It is
 * part of a run's genesis hash, so a run is always read by the rules it was
 * written with.
 * @public
 */
export const ENGINE_VERSION = 1;

/** @public */
export type RunStatus =
  | 'running'
  /** A step failed and a person must decide: retry, roll back, or give up. */
  | 'held'
  | 'compensating'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'compensated';

/**
 * `rehearsal`: the revision was not in force. Nothing counts, and no automation
 * with effects is carried out. Absent for a run that counts.
 * @public
 */
export type RunMode = 'rehearsal';

/** Statuses after which nothing changes any more. @public */
export const CLOSED_RUN_STATUSES: readonly RunStatus[] = [
  'completed',
  'failed',
  'cancelled',
  'compensated',
];

/** Names follow the task states of WS-HumanTask 1.1. @public */
export type StepStatus =
  /** Not reached yet. */
  | 'pending'
  /** Reached, but it may not begin or go on now; see {@link StepBlock}. */
  | 'blocked'
  /** A task waits for anybody of its potential owners. */
  | 'ready'
  /** A task was claimed by one person. */
  | 'reserved'
  /** Timer, automation, branches. */
  | 'running'
  /** An action may have taken effect or not; a person must find out. */
  | 'in-doubt'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'cancelled';

/** Statuses in which something or somebody can still move a step on. @public */
export const OPEN_STEP_STATUSES: readonly StepStatus[] = [
  'blocked',
  'ready',
  'reserved',
  'running',
  'in-doubt',
];

/** What keeps a step from beginning, or an automated one from its next try. @public */
export interface StepBlock {
  kind: 'window' | 'lock' | 'policy';
  /**
   * Reads on from “Blocked because”: no capital letter, no full stop, and no
   * instants, which are shown in the reader's own zone.
   */
  sentence: string;
  /**
   * ISO instant at which it is worth to look again; for a window, when it opens.
   * Absent when only something else that happens can end it.
   */
  until?: string;
  /** What it is about: the name of the window, the key of the lock, an entity ref. */
  ref?: string;
}

/** The entity a run is about, as it was when the run started. @public */
export interface TargetSnapshot {
  entityRef: string;
  kind: string;
  namespace: string;
  name: string;
  title?: string;
  owner?: string;
  /** `metadata` and `spec` for expressions. */
  metadata: JsonObject;
  spec: JsonObject;
}

/** @public */
export interface Vote {
  by: string;
  decision: 'approve' | 'reject';
  reason?: string;
  at: string;
}

/** The step of another run that a run belongs to. @public */
export interface ParentRun {
  runId: string;
  stepId: string;
  attempt: number;
}

/** A gate that a person may skip in an emergency. @public */
export type GateKind = 'approval' | StepBlock['kind'];

/** The names of all gates. @public */
export const GATE_KINDS: readonly GateKind[] = [
  'approval',
  'window',
  'lock',
  'policy',
];

/** A gate of a step was skipped in an emergency. @public */
export interface BrokenGlass {
  stepId: string;
  skips: GateKind[];
  by: string;
  at: string;
  reason: string;
  /** The task in which somebody else reviews it. */
  reviewId: string;
  reviewDueAt: string;
  /** Who may review it, as entity refs. */
  reviewers: string[];
}

/** One item of a `forEach` step, as it was when the step began. @public */
export interface ForEachItem {
  value: JsonValue;
  label: string;
  /** Entity refs; absent when the step names no owners. */
  owners?: string[];
}

/** A run that a step of this run asked for. @public */
export interface ChildRun {
  stepId: string;
  attempt: number;
  sopRef: string;
  revisionHash: string;
  inputs: JsonObject;
  /** Entity ref; absent when it is about the same as this run. */
  targetRef?: string;
  /** Known once it has started. */
  runId?: string;
  /** How it ended, once it has. */
  status?: RunStatus;
}

/** Name of the error that means: it may have happened or not. @public */
export const OUTCOME_UNKNOWN = 'OutcomeUnknownError';

/** @public */
export interface StepError {
  name: string;
  message: string;
}

/** @public */
export interface StepState {
  id: string;
  status: StepStatus;
  /** 0 until first reached, then 1, 2, … */
  attempt: number;
  /** Sequence number of the last event that touched this step. */
  version: number;
  startedAt?: string;
  endedAt?: string;
  /** Resolved entity refs of those who may act. */
  potentialOwners?: string[];
  /** Resolved user and group refs of those who may not. */
  excludedOwners?: string[];
  claimedBy?: string;
  /** Everybody whose command did this step, over all attempts. */
  actors: string[];
  evidence?: Record<string, JsonValue>;
  votes?: Vote[];
  /** Approvals needed, known once somebody voted. */
  required?: number;
  output?: JsonValue;
  /** Wait: when it ends. Automation: when the next attempt is due. */
  dueAt?: string;
  /** While blocked: what keeps it, and the attempt that is kept. */
  blocked?: { attempt: number; since: string; blocks: StepBlock[] };
  /** Task: when somebody must have begun and ended it, and what comes of it. */
  deadline?: StepDeadline;
  /** Users and groups that an escalation has made owners as well. */
  escalatedTo?: string[];
  /** Reminders still to come; `branch` is the index of the branch of a parallel. */
  reminders?: Array<{ branch?: number; nextAt: string; count: number }>;
  /** Wait: the guard's measurements. */
  guard?: StepGuard;
  /** Approval: it is granted once these checks have been measured again. */
  deferred?: { checks: string[]; approvals: number };
  /** Gates that are skipped in this attempt. */
  skips?: GateKind[];
  /** A lock that the step waits for, or has. */
  lock?: { key: string; requestedAt: string; acquiredAt?: string };
  /** Listen: ids of the events that ended an attempt of it. */
  events?: string[];
  /** Automation: an attempt was handed out and has no outcome yet. */
  dispatched?: boolean;
  /** Automation: tries within this attempt of the step, from 1. */
  tries?: number;
  /** Switch: index of the chosen case, or `default`. */
  chosen?: number | 'default';
  comment?: string;
  /** Why it failed, was skipped or was cancelled. */
  error?: StepError;
  /** The step's compensation was carried out. */
  compensated?: boolean;
  /** Hashes of the policies it began under. */
  policies?: string[];
}

/** Deadlines of a task, as ISO instants. @public */
export interface StepDeadline {
  /** Absent once somebody has begun. */
  startBy?: string;
  completeBy?: string;
  startPassed?: boolean;
  completePassed?: boolean;
  /** In the order of the procedure; `done`: carried out, or no longer needed. */
  escalations: Array<{ at: string; unlessStarted?: boolean; done?: boolean }>;
}

/** @public */
export interface StepGuard {
  nextAt: string;
  /** Measurements in a row that could not be made. */
  failures: number;
  /** The last measurement. */
  last?: { at: string; ok: boolean; output?: JsonValue; error?: StepError };
}

/** Who has a role that rotates, from the start of a run to its end. @public */
export interface RotatedRole {
  member: string;
  /** The turn within which the run started. */
  startsAt: string;
  endsAt: string;
  /** Everybody who takes turns, in their order. */
  members: string[];
}

/** @public */
export interface RunState {
  runId: string;
  sopRef: string;
  revisionHash: string;
  engineVersion: number;
  title: string;
  mode?: RunMode;
  status: RunStatus;
  initiator: string;
  target?: TargetSnapshot;
  inputs: JsonObject;
  /** Whose turn it was at the start, by role. */
  roles?: Record<string, RotatedRole>;
  /** Hashes of the policies that were in force at the start. */
  policies?: string[];
  /** Absent for a run that a person or service started. */
  parent?: ParentRun;
  /** How many runs are above this one; absent for none. */
  depth?: number;
  /** Hashes of the revisions of sub-procedures by entity ref, frozen at start. */
  procedures?: Record<string, string>;
  /** Items of the `forEach` steps that have begun, by step id. */
  items?: Record<string, ForEachItem[]>;
  /** Gates that were skipped in an emergency, oldest first. */
  glass?: BrokenGlass[];
  /** Runs that steps asked for, keyed by `<stepId>/<attempt>`. */
  children?: Record<string, ChildRun>;
  /**
   * Keyed by step id, compensations by `compensate:<stepId>`. A step without an
   * entry is pending; read it with `stepState`.
   */
  steps: Record<string, StepState>;
  /** Ids of completed steps in order of completion. */
  completionOrder: string[];
  /** Sequence number of the last event. */
  seq: number;
  startedAt: string;
  updatedAt: string;
  closedAt?: string;
  closeReason?: string;
  compensation?: {
    /** What led to it, and so what the run would otherwise have been. */
    cause: 'failed' | 'cancelled';
    reason: string;
    by?: string;
    /** Steps still to compensate, first one next. */
    queue: string[];
  };
}

/**
 * Where the document control of the procedure stood when a run was started: the
 * last event of its journal, which says why the revision was in force.
 * @public
 */
export interface ControlHead {
  seq: number;
  hash: string;
}

/** Something that happened. Written once, never changed. @public */
export interface RunEvent<T extends RunEventType = RunEventType> {
  seq: number;
  type: T;
  /** ISO instant of the database clock. */
  at: string;
  /** Entity ref of the person or service whose command caused it; absent for the engine itself. */
  actor?: string;
  data: RunEventData[T] & Via;
}

/**
 * What an agent did for the actor names the agent. Part of the data, so that the
 * hash covers it.
 * @public
 */
export interface Via {
  via?: string;
}

/** @public */
export interface RunEventData {
  'run.started': {
    runId: string;
    sopRef: string;
    revisionHash: string;
    engineVersion: number;
    title: string;
    initiator: string;
    mode?: RunMode;
    control?: ControlHead;
    target?: TargetSnapshot;
    inputs: JsonObject;
    roles?: Record<string, RotatedRole>;
    /** Hashes of all policies in force for target and procedure. */
    policies?: string[];
    parent?: ParentRun;
    depth?: number;
    procedures?: Record<string, string>;
  };
  /** Work may begin; for people with the owners resolved at this moment. */
  'step.started': {
    stepId: string;
    attempt: number;
    potentialOwners?: string[];
    excludedOwners?: string[];
    dueAt?: string;
    deadline?: Pick<StepDeadline, 'startBy' | 'completeBy' | 'escalations'>;
    /** First reminder of each; `branch` of a parallel. */
    reminders?: Array<{ branch?: number; at: string }>;
    /** First measurement of the guard. */
    guardAt?: string;
    /** Windows that were closed and did not count because of their `unless`. */
    bypassed?: string[];
    /** Hashes of the policies that tighten it, from now until it ends. */
    policies?: string[];
  };
  /** `effect`: what comes of it, when anything does. */
  'deadline.passed': {
    stepId: string;
    deadline: 'start' | 'complete';
    dueAt: string;
    effect?: 'fail' | 'reject' | 'return';
  };
  /** `index`: which of the escalations of the step. */
  'task.escalated': {
    stepId: string;
    index: number;
    to: string[];
    action: 'notify' | 'widen';
  };
  'task.reminded': {
    stepId: string;
    branch?: number;
    count: number;
    nextAt: string;
  };
  /** `error`: it could not be measured. `dueAt`: the wait ends later than it did. */
  'guard.measured': {
    stepId: string;
    attempt: number;
    ok: boolean;
    output?: JsonValue;
    error?: StepError;
    nextAt?: string;
    dueAt?: string;
  };
  /** The result of a check is too old for the step that follows. */
  'check.outdated': { stepId: string; gate: string; measuredAt: string };
  /** Approved, but it is granted only when the checks hold again. */
  'approval.deferred': { stepId: string; checks: string[]; approvals: number };
  /**
   * The step is reached and may not begin, or an automated one may not try again.
   * `attempt` is the one that is kept; `blocks` is everything that keeps it. Comes
   * again when what keeps it changes.
   */
  'step.blocked': {
    stepId: string;
    attempt: number;
    blocks: StepBlock[];
    /** Hashes of the policies that tighten it. */
    policies?: string[];
  };
  /** Nothing keeps the step any more. */
  'step.unblocked': { stepId: string };
  /**
   * A person skips named gates of a step in an emergency. Somebody else has to
   * review it in the task `reviewId`, also after the run is over.
   */
  'glass.broken': {
    stepId: string;
    attempt: number;
    skips: GateKind[];
    reason: string;
    basis: string;
    reviewId: string;
    reviewDueAt: string;
    reviewers: string[];
    excludedOwners: string[];
  };
  /** The step has its lock; it may begin. */
  'lock.acquired': { stepId: string; attempt: number; key: string };
  /** The event that a `listen` step waited for; its payload is the step's output. */
  'event.received': {
    stepId: string;
    attempt: number;
    eventId: string;
    source: string;
    topic: string;
    receivedAt: string;
  };
  /** `nested`: the steps inside it, which cannot happen either. */
  'step.skipped': { stepId: string; reason: string; nested?: string[] };
  /** `basis`: the group or user ref that gives the right to it. */
  'task.claimed': { stepId: string; basis?: string; acknowledgedAt?: string };
  'task.released': { stepId: string; basis?: string };
  'vote.cast': {
    stepId: string;
    decision: 'approve' | 'reject';
    reason?: string;
    /** The group or user ref that made this person eligible. */
    basis: string;
    acknowledgedAt?: string;
    /** Approvals needed and people eligible when the vote was counted. */
    required: number;
    eligible: number;
    bypassed?: string[];
    /** Hashes of the policies that the vote was counted under. */
    policies?: string[];
  };
  /** `skipped`: the steps of all other cases. */
  'switch.chosen': {
    stepId: string;
    chosen: number | 'default';
    skipped: string[];
  };
  'action.dispatched': {
    stepId: string;
    attempt: number;
    try: number;
    idempotencyKey: string;
    action: string;
    input: JsonObject;
    bypassed?: string[];
  };
  'action.failed': {
    stepId: string;
    attempt: number;
    try: number;
    error: StepError;
    /** When the next try is due; absent when there is none. */
    retryAt?: string;
  };
  /** Nobody knows whether the action took effect; the owners must find out. */
  'step.in-doubt': {
    stepId: string;
    attempt: number;
    error: StepError;
    potentialOwners: string[];
    excludedOwners: string[];
  };
  /** What a person found out about an action in doubt. */
  'doubt.resolved': {
    stepId: string;
    attempt: number;
    outcome: DoubtOutcome;
    reason: string;
    basis: string;
  };
  /** The list of a `forEach` step was taken. */
  'forEach.expanded': { stepId: string; items: ForEachItem[] };
  /** A sub-procedure is to be run; from here on it is asked for exactly once. */
  'child.requested': {
    stepId: string;
    attempt: number;
    sopRef: string;
    revisionHash: string;
    inputs: JsonObject;
    targetRef?: string;
  };
  'child.started': { stepId: string; attempt: number; runId: string };
  'child.ended': {
    stepId: string;
    attempt: number;
    runId: string;
    status: RunStatus;
  };
  'step.completed': {
    stepId: string;
    /** Basis of the right to act, for people. */
    basis?: string;
    acknowledgedAt?: string;
    evidence?: Record<string, JsonValue>;
    output?: JsonValue;
    comment?: string;
    bypassed?: string[];
    /** Hashes of the policies that it was done under. */
    policies?: string[];
  };
  'step.failed': { stepId: string; error: StepError; basis?: string };
  'step.cancelled': { stepId: string; reason: string };
  /** Steps put back to pending: a retry, or a return to earlier work. */
  'step.reset': { stepIds: string[]; reason: string; basis?: string };
  'run.held': { stepId: string; reason: string };
  'run.resumed': { reason: string };
  'run.completed': {};
  /** `basis`: the right of the person who decided so. */
  'run.failed': { reason: string; basis?: string };
  'run.cancelled': { reason: string; basis?: string };
  'compensation.started': {
    cause: 'failed' | 'cancelled';
    reason: string;
    queue: string[];
    basis?: string;
  };
  'step.compensated': { stepId: string };
  'run.compensated': { cause: 'failed' | 'cancelled'; reason: string };
}

/**
 * `done`: it took effect. `not-done`: it did not, so it is tried again.
 * `compensate`: whatever it did is undone, and the run is rolled back.
 * @public
 */
export type DoubtOutcome = 'done' | 'not-done' | 'compensate';

/** @public */
export type RunEventType = keyof RunEventData;

/** Any event, discriminated by `type`. @public */
export type AnyRunEvent = { [T in RunEventType]: RunEvent<T> }[RunEventType];

/** Commands of people. `taskVersion` is `StepState.version` as last seen. @public */
export type HumanCommand =
  | { type: 'claim'; stepId: string; taskVersion: number }
  | { type: 'release'; stepId: string; taskVersion: number }
  | {
      type: 'complete';
      stepId: string;
      taskVersion: number;
      evidence?: Record<string, JsonValue>;
      comment?: string;
    }
  | {
      type: 'vote';
      stepId: string;
      taskVersion: number;
      decision: 'approve' | 'reject';
      reason?: string;
    }
  | { type: 'accept'; stepId: string; taskVersion: number; comment?: string }
  | { type: 'return'; stepId: string; taskVersion: number; reason: string }
  /** A person says that a step cannot be done. */
  | {
      type: 'report-failure';
      stepId: string;
      taskVersion: number;
      reason: string;
    }
  /** Skips gates of a step in an emergency. */
  | {
      type: 'break-glass';
      stepId: string;
      taskVersion: number;
      skips: GateKind[];
      reason: string;
    }
  /** Says what became of an action in doubt. */
  | {
      type: 'resolve-doubt';
      stepId: string;
      taskVersion: number;
      outcome: DoubtOutcome;
      /** How the person knows. */
      reason: string;
    }
  /** Tries a failed step again. */
  | { type: 'retry'; stepId: string; taskVersion: number; reason?: string }
  /** From a held run: undo what was completed, in reverse order. */
  | { type: 'compensate'; reason: string }
  /** From a held run: give up without undoing anything. */
  | { type: 'fail'; reason: string }
  /** Ends the run; `compensate` undoes what was completed first. */
  | { type: 'cancel'; reason: string; compensate?: boolean };

/** Commands of the engine's own worker. @public */
export type SystemCommand =
  /**
   * Something of a step is due. Absent `slot`: a wait is over, or it is time to
   * look at a blocked step again.
   */
  | {
      type: 'timer-fired';
      stepId: string;
      attempt: number;
      slot?: 'deadline' | 'reminder';
    }
  | {
      type: 'guard-succeeded';
      stepId: string;
      attempt: number;
      output: JsonValue;
    }
  | {
      type: 'guard-failed';
      stepId: string;
      attempt: number;
      error: StepError;
      /** False when measuring again can never help. */
      retryable: boolean;
    }
  | { type: 'dispatch-action'; stepId: string; attempt: number; try: number }
  | {
      type: 'action-succeeded';
      stepId: string;
      attempt: number;
      try: number;
      output: JsonValue;
    }
  | {
      type: 'action-failed';
      stepId: string;
      attempt: number;
      try: number;
      error: StepError;
      /** False when another try can never help. */
      retryable: boolean;
    };

/** Something that happened elsewhere. @public */
export interface InboundEvent {
  /** Unique among the events of its source. */
  id: string;
  source: string;
  topic: string;
  /** ISO instant of the database clock. */
  receivedAt: string;
  payload: JsonValue;
}

/** What the worker brings to a step from outside the run. @public */
export type OutsideCommand =
  /** The lock is free and the step is the first that waits for it. */
  | { type: 'lock-granted'; stepId: string; attempt: number }
  | {
      type: 'event-arrived';
      stepId: string;
      attempt: number;
      event: InboundEvent;
    };

/** What the worker reports about the run of a `run` step. @public */
export type ChildCommand =
  | { type: 'child-started'; stepId: string; attempt: number; runId: string }
  /** It cannot be started, and another try can never help. */
  | {
      type: 'child-refused';
      stepId: string;
      attempt: number;
      error: StepError;
    }
  | {
      type: 'child-ended';
      stepId: string;
      attempt: number;
      runId: string;
      status: RunStatus;
      reason?: string;
      /** Output of the step when it completed. */
      output: JsonValue;
    };

/** The step that a run belongs to is over, so the run is cancelled. @public */
export type ParentEndedCommand = {
  type: 'parent-ended';
  reason: string;
  /** Undo what was completed first. */
  compensate: boolean;
};

/**
 * A person has finished the tour of a tour step. Sent by the onboarding back
 * end, which keeps the progress; `facts.actor` is the person.
 * @public
 */
export type TourFinishedCommand = {
  type: 'tour-finished';
  stepId: string;
  /** Entity ref of the tour that was finished. */
  tour: string;
  /** Version of the tour that was finished. */
  tourVersion: number;
  /** ISO instant. */
  finishedAt: string;
};

/** Who may report that a tour is finished. @public */
export const TOUR_REPORTER = 'service:plugin:onboarding';

/** @public */
export type StartCommand = {
  type: 'start';
  runId: string;
  sopRef: string;
  revisionHash: string;
  /** Used when the procedure has no `runTitle`. */
  title: string;
  mode?: RunMode;
  control?: ControlHead;
  target?: TargetSnapshot;
  inputs: JsonObject;
  /** For the run of a `run` step. */
  parent?: ParentRun;
  depth?: number;
  /** Revisions of sub-procedures, frozen; see {@link RunState.procedures}. */
  procedures?: Record<string, string>;
};

/** @public */
export type RunCommand =
  | StartCommand
  | HumanCommand
  | SystemCommand
  | ChildCommand
  | OutsideCommand
  | ParentEndedCommand
  | TourFinishedCommand;

/** Who acts. @public */
export interface Actor {
  /** `user:default/ana` or `service:<subject>`. */
  ref: string;
  kind: 'user' | 'service';
  /** The user ref and all groups (entity refs, parents included). */
  ownershipEntityRefs: string[];
  /** Who acts for the person, such as `plugin:mcp-actions`; absent when nobody does. */
  via?: string;
}

/** Everything `decide` may know besides state and command. @public */
export interface Facts extends PolicyFacts {
  /** ISO instant, UTC, milliseconds. */
  now: string;
  /** Absent for the engine itself. */
  actor?: Actor;
  /** With `tour-finished`: who reports it, as `service:<subject>`. */
  reporter?: string;
  spec: SopSpec;
  /**
   * Members of each group among the potential owners of an approval, needed to
   * count its electorate, and with `start` of the groups of roles that rotate. A group that is not listed counts as empty.
   */
  members?: Record<string, string[]>;
  /**
   * When `actor` acknowledged the revision of this run; needed where the
   * procedure asks for it (`document.training`).
   */
  acknowledgedAt?: string;
}
