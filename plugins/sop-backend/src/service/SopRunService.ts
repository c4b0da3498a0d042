import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Actor,
  CommandRequest,
  GoverningProcedure,
  JournalPage,
  ListRunsRequest,
  ListTasksRequest,
  Lock,
  ProcedureProblem,
  RunPage,
  RunView,
  StartRunRequest,
  TaskCount,
  TaskPage,
  Verification,
} from '@handrail/plugin-sop-common';
import type { Request } from 'express';
import { RunCriteria, TaskCriteria } from '../database/RunStore';

/** Who calls, and how. */
export interface CallOptions {
  /** Verified. Never of a principal of type `none`. */
  credentials: BackstageCredentials;
  /** The token was issued to a person at a sign-in page. */
  interactive?: boolean;
  /**
   * Who acts, where a part of this back end does so in its own name; the
   * credentials then are those of the back end.
   */
  actor?: Actor;
  /** The request, for the audit log; absent for calls that do not come by HTTP. */
  request?: Request<any, any, any, any, any>;
  /** What the permission policy lets the caller see of lists; all when absent. */
  visible?: Visible;
}

/** What must hold of what a list shows. */
export interface Visible {
  runs?: RunCriteria;
  tasks?: TaskCriteria;
}

/**
 * Everything that can be done with runs. Routes and actions call this
 * and nothing below it; decorators add permissions and the audit log.
 *
 * Every method throws errors of `@backstage/errors`: `NotFoundError` when
 * something does not exist or the caller may not see it, `InputError` (with
 * `problems`) when the request is wrong, `NotAllowedError` when this person may
 * not do it, `ConflictError` (with `changes`) when the task changed meanwhile.
 */
export interface SopRunService {
  /** Checks a procedure; does not write anything. */
  validateProcedure(
    request: { entity: Record<string, unknown> },
    options: CallOptions,
  ): Promise<ProcedureProblem[]>;

  /** The procedures that govern an entity which the caller can see. */
  listProceduresForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GoverningProcedure[]>;

  startRun(request: StartRunRequest, options: CallOptions): Promise<RunView>;

  executeCommand(
    request: CommandRequest & { runId: string },
    options: CallOptions,
  ): Promise<RunView>;

  getRun(request: { runId: string }, options: CallOptions): Promise<RunView>;

  listRuns(request: ListRunsRequest, options: CallOptions): Promise<RunPage>;

  getJournal(
    request: { runId: string; after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage>;

  verifyRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Verification>;

  /** Who holds which lock, and who waits for it. */
  listLocks(request: { key?: string }, options: CallOptions): Promise<Lock[]>;

  listTasks(request: ListTasksRequest, options: CallOptions): Promise<TaskPage>;

  countTasks(options: CallOptions): Promise<TaskCount>;
}
