import {
  ControlView,
  JournalPage,
  ProcedureStanding,
  ReviewItem,
  RevisionDetail,
  RevisionDiff,
  SignatureRequest,
  Verification,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/** A procedure by its ref. */
export interface ProcedureRequest {
  sopRef: string;
}

/** A revision by the hash of its content. */
export interface RevisionRequest extends ProcedureRequest {
  hash: string;
}

/** A command that gives a reason. */
export interface ReasonRequest extends RevisionRequest {
  commandId: string;
  reason: string;
}

/**
 * Document control as people use it: what is in force, who signed it, and the
 * signatures themselves. Routes and tasks call this and nothing below it.
 *
 * Every method throws errors of `@backstage/errors`: `NotFoundError` when the
 * procedure or revision does not exist or the caller may not see it,
 * `InputError` when the request is wrong, `NotAllowedError` when this person
 * may not do it, `ConflictError` when the revision cannot be signed (any more).
 */
export interface ControlService {
  /** How each valid procedure stands that the caller sees. */
  /** @param request - only these when given; unknown ones are left out */
  listProcedures(
    request: { sopRefs?: string[] },
    options: CallOptions,
  ): Promise<ProcedureStanding[]>;

  getControl(
    request: ProcedureRequest,
    options: CallOptions,
  ): Promise<ControlView>;

  getRevision(
    request: RevisionRequest,
    options: CallOptions,
  ): Promise<RevisionDetail>;

  /** @param request - `from`: the older revision; the one before when absent */
  diffRevision(
    request: RevisionRequest & { from?: string },
    options: CallOptions,
  ): Promise<RevisionDiff>;

  sign(
    request: RevisionRequest & SignatureRequest,
    options: CallOptions,
  ): Promise<ControlView>;

  withdraw(request: ReasonRequest, options: CallOptions): Promise<ControlView>;

  reject(request: ReasonRequest, options: CallOptions): Promise<ControlView>;

  acknowledge(
    request: RevisionRequest & { commandId: string },
    options: CallOptions,
  ): Promise<ControlView>;

  getControlJournal(
    request: ProcedureRequest & { after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage>;

  verifyControl(
    request: ProcedureRequest,
    options: CallOptions,
  ): Promise<Verification>;

  /** Reviews that are due or overdue, of procedures that the caller sees. */
  listReviews(options: CallOptions): Promise<ReviewItem[]>;
}
