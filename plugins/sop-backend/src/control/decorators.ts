import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, toError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  ControlView,
  JournalPage,
  ProcedureStanding,
  ReviewItem,
  RevisionDetail,
  RevisionDiff,
  SignatureRequest,
  sopProcedureAcknowledgePermission,
  sopProcedureSignPermission,
  Verification,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';
import {
  ControlService,
  ProcedureRequest,
  ReasonRequest,
  RevisionRequest,
} from './ControlService';

const SIGN = {
  permission: sopProcedureSignPermission,
  words: 'sign revisions of procedures',
};
const ACKNOWLEDGE = {
  permission: sopProcedureAcknowledgePermission,
  words: 'acknowledge revisions of procedures',
};

/**
 * Passes everything on. Who may read is decided by the catalog: what somebody
 * sees there, they may know the signatures of.
 */
class ForwardingControlService implements ControlService {
  constructor(protected readonly service: ControlService) {}

  listProcedures(
    request: { sopRefs?: string[] },
    options: CallOptions,
  ): Promise<ProcedureStanding[]> {
    return this.service.listProcedures(request, options);
  }

  getControl(request: ProcedureRequest, options: CallOptions) {
    return this.service.getControl(request, options);
  }

  getRevision(
    request: RevisionRequest,
    options: CallOptions,
  ): Promise<RevisionDetail> {
    return this.service.getRevision(request, options);
  }

  diffRevision(
    request: RevisionRequest & { from?: string },
    options: CallOptions,
  ): Promise<RevisionDiff> {
    return this.service.diffRevision(request, options);
  }

  sign(request: RevisionRequest & SignatureRequest, options: CallOptions) {
    return this.service.sign(request, options);
  }

  withdraw(request: ReasonRequest, options: CallOptions) {
    return this.service.withdraw(request, options);
  }

  reject(request: ReasonRequest, options: CallOptions) {
    return this.service.reject(request, options);
  }

  acknowledge(
    request: RevisionRequest & { commandId: string },
    options: CallOptions,
  ) {
    return this.service.acknowledge(request, options);
  }

  getControlJournal(
    request: ProcedureRequest & { after?: number; limit?: number },
    options: CallOptions,
  ): Promise<JournalPage> {
    return this.service.getControlJournal(request, options);
  }

  verifyControl(
    request: ProcedureRequest,
    options: CallOptions,
  ): Promise<Verification> {
    return this.service.verifyControl(request, options);
  }

  listReviews(options: CallOptions): Promise<ReviewItem[]> {
    return this.service.listReviews(options);
  }
}

/**
 * Asks the permission framework before each signature, and takes back in views
 * what its policy denies.
 */
export class AuthorizedControlService extends ForwardingControlService {
  constructor(
    service: ControlService,
    private readonly permissions: PermissionsService,
  ) {
    super(service);
  }

  async getControl(request: ProcedureRequest, options: CallOptions) {
    return this.#restricted(super.getControl(request, options), options);
  }

  async sign(
    request: RevisionRequest & SignatureRequest,
    options: CallOptions,
  ) {
    await this.#assert(SIGN, options);
    return this.#restricted(super.sign(request, options), options);
  }

  async withdraw(request: ReasonRequest, options: CallOptions) {
    await this.#assert(SIGN, options);
    return this.#restricted(super.withdraw(request, options), options);
  }

  async reject(request: ReasonRequest, options: CallOptions) {
    await this.#assert(SIGN, options);
    return this.#restricted(super.reject(request, options), options);
  }

  async acknowledge(
    request: RevisionRequest & { commandId: string },
    options: CallOptions,
  ) {
    await this.#assert(ACKNOWLEDGE, options);
    return this.#restricted(super.acknowledge(request, options), options);
  }

  async #assert(act: typeof SIGN, options: CallOptions): Promise<void> {
    const refusal = await this.#refusal(act, options);
    if (refusal) {
      throw new NotAllowedError(refusal);
    }
  }

  async #refusal(
    { permission, words }: { permission: BasicPermission; words: string },
    { credentials }: CallOptions,
  ): Promise<string | undefined> {
    const [decision] = await this.permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW
      ? undefined
      : `You may not ${words}: the permission ${permission.name} is denied to you.`;
  }

  async #restricted(
    viewing: Promise<ControlView>,
    options: CallOptions,
  ): Promise<ControlView> {
    const [view, noSign, noAcknowledge] = await Promise.all([
      viewing,
      this.#refusal(SIGN, options),
      this.#refusal(ACKNOWLEDGE, options),
    ]);
    const restrict = <T extends { allowed: boolean }>(
      permit: T,
      reason: string | undefined,
    ): T =>
      reason && permit.allowed ? { ...permit, allowed: false, reason } : permit;
    return {
      ...view,
      revisions: view.revisions.map(one => ({
        ...one,
        sign: restrict(one.sign, noSign),
        review: restrict(one.review, noSign),
        reject: restrict(one.reject, noSign),
        withdraw: restrict(one.withdraw, noSign),
      })),
      acknowledgement: view.acknowledgement && {
        ...view.acknowledgement,
        permit: restrict(view.acknowledgement.permit, noAcknowledge),
      },
    };
  }
}

/** Puts every attempt to sign on record, refused ones too. */
export class AuditedControlService extends ForwardingControlService {
  constructor(
    service: ControlService,
    private readonly auditor: AuditorService,
  ) {
    super(service);
  }

  sign(request: RevisionRequest & SignatureRequest, options: CallOptions) {
    return this.#audit('sign', request, options, () =>
      super.sign(request, options),
    );
  }

  withdraw(request: ReasonRequest, options: CallOptions) {
    return this.#audit('withdraw', request, options, () =>
      super.withdraw(request, options),
    );
  }

  reject(request: ReasonRequest, options: CallOptions) {
    return this.#audit('reject', request, options, () =>
      super.reject(request, options),
    );
  }

  acknowledge(
    request: RevisionRequest & { commandId: string },
    options: CallOptions,
  ) {
    return this.#audit('acknowledge', request, options, () =>
      super.acknowledge(request, options),
    );
  }

  async #audit(
    actionType: string,
    request: RevisionRequest & {
      commandId: string;
      meaning?: string;
      approver?: string;
    },
    options: CallOptions,
    attempt: () => Promise<ControlView>,
  ): Promise<ControlView> {
    const { sopRef, hash, commandId, meaning, approver } = request;
    const audit = await this.auditor.createEvent({
      eventId: 'procedure',
      severityLevel: 'high',
      request: options.request,
      meta: { actionType, sopRef, hash, commandId, meaning, approver },
    });
    try {
      const view = await attempt();
      await audit.success({
        meta: { version: view.version, effectiveHash: view.effectiveHash },
      });
      return view;
    } catch (error) {
      await audit.fail({ error: toError(error) });
      throw error;
    }
  }
}
