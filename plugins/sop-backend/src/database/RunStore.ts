import { JsonObject, JsonValue } from '@backstage/types';
import {
  AnyRunEvent,
  InboundEvent,
  PendingWork,
  PolicyRevision,
  RunMode,
  RunState,
  RunStatus,
  SopSpec,
  SopStepType,
  StepStatus,
  Verification,
  Waiting,
} from '@handrail/plugin-sop-common';
import type { ChainedEvent } from '@handrail/journal';
import type { SopRunQuery, SopTaskQuery } from '@handrail/plugin-sop-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';

/** A revision of a procedure, kept for as long as a run refers to it. */
export interface Revision {
  /** Lower-case hex SHA-256 of the canonical JSON of `spec`. */
  hash: string;
  sopRef: string;
  title: string;
  spec: SopSpec;
  /** Document number, such as `SOP-002`. */
  number?: string;
  /** The document's revision label. */
  label?: string;
  createdAt: string;
}

/** What a run's row says; a projection of its journal. */
export interface RunRow {
  runId: string;
  sopRef: string;
  sopTitle: string;
  revisionHash: string;
  title: string;
  status: RunStatus;
  targetRef?: string;
  initiator: string;
  startedAt: string;
  /** Absent for a run that counts. */
  mode?: RunMode;
  updatedAt: string;
  closedAt?: string;
  /** Steps that are over. */
  done: number;
  /** Steps that will or may happen. */
  total: number;
  waiting: Waiting[];
  /** Present when gates were skipped in an emergency. */
  glass?: { broken: number; openReviews: number };
  /** Sequence number of the last event. */
  version: number;
  /** Hash of the last event. */
  head: string;
  /** Hash that event 1 follows. */
  genesis: string;
}

/** A run as read for the run page. */
export interface LoadedRun {
  state: RunState;
  spec: SopSpec;
  revision: Revision;
  row: RunRow;
}

export interface StartRunOptions {
  runId: string;
  /** Unique per start, for example actor and command id. */
  startKey: string;
  commandId?: string;
  sopRef: string;
  sopTitle: string;
  /** Of a revision that was saved before. */
  revisionHash: string;
  /** What `decide(undefined, start, facts)` returned. */
  events: readonly AnyRunEvent[];
}

export interface StartRunResult {
  /** The start key was used before; `runId` is that run and nothing was written. */
  repeated: boolean;
  runId: string;
  state: RunState;
  spec: SopSpec;
  events: AnyRunEvent[];
  leases: Lease[];
}

export interface TransactOptions {
  /** Unique per run; a repeat changes nothing. */
  commandId?: string;
  /** Who sends the command; a command id belongs to who used it first. */
  actorRef?: string;
}

/** What a decision may look at. */
export interface DecisionContext {
  state: RunState;
  spec: SopSpec;
  /** Instant of the database's clock, never before the run's last event. */
  now: string;
}

/**
 * Decides what happens. Synchronous and pure: it may be called more than once,
 * and only the events of the last call are written.
 */
export type DecideFn = (context: DecisionContext) => readonly AnyRunEvent[];

export interface TransactResult {
  /** The run as it is now. */
  state: RunState;
  spec: SopSpec;
  /** What the command caused; for a repeat what it caused the first time. */
  events: AnyRunEvent[];
  /** The command id was carried out before and nothing was written now. */
  repeated: boolean;
  /** Tries that were handed out by this transition. Whoever made it owns them. */
  leases: Lease[];
}

/** The right to carry out a try, for as long as nobody else takes it over. */
export interface Lease {
  /** Timer id, for {@link RunStore.extendTimer}. */
  id: string;
  stepId: string;
  attempt: number;
  try?: number;
  fence: number;
  /** When others may take it over. */
  dueAt: string;
}

export type TimerKind = PendingWork['kind'];

/**
 * `calls`: an action is called, which takes as long as it takes. `records`: all
 * else, which is over with a transition.
 */
export type WorkSort = 'calls' | 'records';

/** Work that is due, handed to one claimer at a time. */
export interface ClaimedTimer {
  id: string;
  runId: string;
  stepId: string;
  kind: TimerKind;
  attempt: number;
  try?: number;
  /** Grows with each claim; an older fence can no longer extend the timer. */
  fence: number;
}

export interface PageOptions {
  /** From 1 to 200; 50 when absent. */
  limit?: number;
  /** `nextCursor` of the page before, of the same query. */
  cursor?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

export interface RunFilter {
  sopRef?: string;
  targetRef?: string;
  initiator?: string;
  /** With skipped gates; `open`: whose review is not done. */
  glass?: 'broken' | 'open';
  /** Any of them; all when absent or empty. */
  status?: RunStatus[];
  /** Only runs for which this holds. */
  visible?: RunCriteria;
}

/** What must hold of a run for somebody to see it. */
export type RunCriteria = PermissionCriteria<SopRunQuery>;

/** What must hold of a task or its run for somebody to see the task. */
export type TaskCriteria = PermissionCriteria<SopRunQuery | SopTaskQuery>;

/** What a procedure's runs on one target come to. */
export interface LatestRun {
  sopRef: string;
  latest: RunRow;
  openRuns: number;
}

export interface TaskQuery {
  userRef: string;
  groupRefs: string[];
  /** Only tasks for which this holds. */
  visible?: TaskCriteria;
}

/** A task with what a list shows of its run. */
export interface TaskRow {
  runId: string;
  stepId: string;
  stepType: SopStepType;
  stepName: string;
  role?: string;
  /** As it is now; for a task that is done, of the step. */
  status: StepStatus;
  version: number;
  sopRef: string;
  sopTitle: string;
  runTitle: string;
  runStatus: RunStatus;
  targetRef?: string;
  initiator: string;
  since: string;
  dueAt?: string;
  claimedBy?: string;
  /** The user or group ref that makes it this person's. */
  through?: string;
  /** Scope `done` only. */
  doneAt?: string;
  outcome?: TaskOutcome;
}

export type TaskOutcome = 'completed' | 'approved' | 'rejected' | 'failed';

/** A step that holds a lock, or waits for it. */
export interface LockPlace {
  key: string;
  runId: string;
  runTitle: string;
  sopRef: string;
  stepId: string;
  stepName: string;
  attempt: number;
  requestedAt: string;
  /** Absent while it waits. */
  acquiredAt?: string;
}

/** One committed transition. */
export interface OutboxEntry {
  /** Position for `after`. Opaque. */
  cursor: string;
  runId: string;
  sopRef: string;
  targetRef?: string;
  initiator: string;
  /** Who sent the command; absent for the engine itself. */
  actor?: string;
  events: AnyRunEvent[];
}

/**
 * Keeps runs. The journal is the truth; everything else is derived from it in
 * the same transaction and can be derived again.
 *
 * Errors are those of `@backstage/errors`: NotFoundError for an unknown run,
 * revision or task, ConflictError for a command id of somebody else, InputError
 * for arguments that are not allowed.
 */
export interface RunStore {
  /** Keeps a revision; does nothing when it is kept already. */
  saveRevision(revision: {
    sopRef: string;
    title: string;
    spec: SopSpec;
    number?: string;
    label?: string;
    /** When given it must be the spec's. */
    hash?: string;
  }): Promise<Revision>;

  /** @throws NotFoundError */
  getRevision(hash: string): Promise<Revision>;

  /** Keeps wordings of policies for as long as runs may refer to them. */
  savePolicies(policies: readonly PolicyRevision[]): Promise<void>;

  /** Every wording that was kept. */
  listPolicies(): Promise<PolicyRevision[]>;

  /** The database's clock: UTC with milliseconds, never running backwards. */
  now(): string;

  /** Writes a new run, unless its start key was used before. */
  startRun(options: StartRunOptions): Promise<StartRunResult>;

  /**
   * Decides on the run's latest state and writes the result, all or nothing.
   * What `decide` throws is thrown on, and nothing is written.
   *
   * @throws NotFoundError when there is no such run
   * @throws ConflictError when the command id was used by another actor
   */
  transact(
    runId: string,
    options: TransactOptions,
    decide: DecideFn,
  ): Promise<TransactResult>;

  /** @throws NotFoundError */
  load(runId: string): Promise<LoadedRun>;

  /** The run that was started with this key, if any. */
  findByStartKey(startKey: string): Promise<string | undefined>;

  /** Those of the runs that exist, by id. */
  findRuns(runIds: string[]): Promise<Map<string, RunRow>>;

  /** Newest first. @throws InputError for a bad cursor or limit */
  listRuns(filter: RunFilter, page: PageOptions): Promise<Page<RunRow>>;

  /** For those of the procedures that ever ran on the target; rehearsals do not count. */
  latestRuns(
    targetRef: string,
    sopRefs: string[],
    visible?: RunCriteria,
  ): Promise<LatestRun[]>;

  /**
   * Tasks of a person. `me`: claimed by the person, or naming the person.
   * `groups`: open to one of the groups, claimed by nobody, and the person is
   * not excluded. Both by deadline, then age. `done`: what the person did,
   * newest first.
   *
   * @throws InputError for a bad cursor or limit
   */
  listTasks(
    query: TaskQuery & { scope: 'me' | 'groups' | 'done' },
    page: PageOptions,
  ): Promise<Page<TaskRow>>;

  /** Open tasks; each count stops at 100. */
  countTasks(query: TaskQuery): Promise<{ me: number; groups: number }>;

  /**
   * Hands out due work to one claimer. It comes back `leaseMs` later unless a
   * transition has done away with it.
   */
  claimTimers(options: {
    owner: string;
    limit: number;
    leaseMs: number;
    /** Any when absent. */
    sort?: WorkSort;
  }): Promise<ClaimedTimer[]>;

  /**
   * Moves a claimed timer to `ms` from now (0: back at once).
   * @returns false when it is gone or somebody else has claimed it since
   */
  extendTimer(id: string, fence: number, ms: number): Promise<boolean>;

  /**
   * Takes off a claimed timer whose work leaves no trace in its run.
   * @returns false when it is gone or somebody else has claimed it since
   */
  removeTimer(id: string, fence: number): Promise<boolean>;

  /** Holders and queues of locks, in order: the holder first, then who waits. */
  listLocks(filter: { keys?: string[]; limit: number }): Promise<LockPlace[]>;

  /**
   * Makes the work of those steps due that are first in the queue of a lock
   * which nobody holds.
   * @returns how many there are
   */
  wakeLockQueues(): Promise<number>;

  /**
   * Keeps an event from elsewhere. A repeat of its id by its source changes
   * nothing.
   * @returns whether it is new
   */
  saveEvent(event: {
    source: string;
    id: string;
    topic: string;
    payload: JsonValue;
  }): Promise<boolean>;

  /** Events that are still to be matched, each to one claimer at a time. */
  claimEvents(options: {
    limit: number;
    leaseMs: number;
  }): Promise<InboundEvent[]>;

  /** An event was offered to every step that listens. */
  finishEvent(event: Pick<InboundEvent, 'source' | 'id'>): Promise<void>;

  /** Events of a topic that came after an instant, oldest first. */
  findEvents(topic: string, after: string): Promise<InboundEvent[]>;

  /** Steps that wait for a topic. */
  findListeners(
    topic: string,
  ): Promise<Array<{ runId: string; stepId: string; attempt: number }>>;

  /** Forgets events that came before an instant. */
  deleteEvents(before: string): Promise<number>;

  /** When the next work is due, claimed work included. */
  nextDueAt(options?: {
    /** Any when absent. */
    sort?: WorkSort;
    /** Only work that is due before this instant. */
    before?: string;
  }): Promise<string | undefined>;

  /** Events with a number above `after`, at most `limit` (1 to 1000). */
  readJournal(
    runId: string,
    options: { after?: number; limit?: number },
  ): Promise<{ genesis: string; items: ChainedEvent[] }>;

  /**
   * Recomputes everything from what the database holds now: the revision's
   * hash, the genesis, every event's hash, the head, and that a replay gives
   * the run's status. @throws NotFoundError
   */
  verify(runId: string): Promise<Verification>;

  /**
   * Transitions in an order in which none appears before one that was read
   * already. An unfinished transaction holds later ones back.
   */
  readOutbox(options: {
    after?: string;
    limit: number;
  }): Promise<{ items: OutboxEntry[]; cursor?: string }>;

  /** Writes what is derived from the journal again. @throws NotFoundError */
  rebuildProjections(runId: string): Promise<void>;
}

/** What the genesis hash of a run's journal is made of. */
export interface GenesisSubject extends JsonObject {
  runId: string;
  revisionHash: string;
  engineVersion: number;
  sopRef: string;
}
