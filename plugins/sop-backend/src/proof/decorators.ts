import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  LogStatus,
  LogVerification,
  sopProofReadPermission,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';
import { Bundle, ProofService } from './ProofService';

/** Only those whom the policy lets see all records: a bundle holds whole runs. */
export class AuthorizedProofService implements ProofService {
  constructor(
    private readonly service: ProofService,
    private readonly permissions: PermissionsService,
  ) {}

  async getStatus(options: CallOptions): Promise<LogStatus> {
    await this.#assert(options);
    return this.service.getStatus(options);
  }

  async verifyLog(options: CallOptions): Promise<LogVerification> {
    await this.#assert(options);
    return this.service.verifyLog(options);
  }

  async exportRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Bundle> {
    await this.#assert(options);
    return this.service.exportRun(request, options);
  }

  async exportPeriod(
    request: { from: string; to: string },
    options: CallOptions,
  ): Promise<Bundle> {
    await this.#assert(options);
    return this.service.exportPeriod(request, options);
  }

  async #assert({ credentials }: CallOptions): Promise<void> {
    const [decision] = await this.permissions.authorize(
      [{ permission: sopProofReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You are not permitted to verify the log and to export runs (permission ${sopProofReadPermission.name})`,
      );
    }
  }
}

/** Who takes records out of the portal is on record. */
export class AuditedProofService implements ProofService {
  constructor(
    private readonly service: ProofService,
    private readonly auditor: AuditorService,
  ) {}

  async getStatus(options: CallOptions): Promise<LogStatus> {
    return this.service.getStatus(options);
  }

  async verifyLog(options: CallOptions): Promise<LogVerification> {
    return this.#audit('log-verify', { actionType: 'verify' }, options, () =>
      this.service.verifyLog(options),
    );
  }

  async exportRun(
    request: { runId: string },
    options: CallOptions,
  ): Promise<Bundle> {
    const meta = { actionType: 'run', ...request };
    return this.#audit('export', meta, options, () =>
      this.service.exportRun(request, options),
    );
  }

  async exportPeriod(
    request: { from: string; to: string },
    options: CallOptions,
  ): Promise<Bundle> {
    const meta = { actionType: 'period', ...request };
    return this.#audit('export', meta, options, () =>
      this.service.exportPeriod(request, options),
    );
  }

  async #audit<T>(
    eventId: string,
    meta: Record<string, string>,
    { request }: CallOptions,
    work: () => Promise<T>,
  ): Promise<T> {
    const event = await this.auditor.createEvent({
      eventId,
      severityLevel: eventId === 'export' ? 'medium' : 'low',
      request,
      meta,
    });
    try {
      const result = await work();
      await event.success();
      return result;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
