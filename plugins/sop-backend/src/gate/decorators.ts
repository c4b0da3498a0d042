import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  GateDecision,
  sopGateReadPermission,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';
import { GateService } from './GateService';

/** Asks the permission framework before each question. */
export class AuthorizedGateService implements GateService {
  constructor(
    private readonly service: GateService,
    private readonly permissions: PermissionsService,
  ) {}

  async getGate(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GateDecision> {
    const [decision] = await this.permissions.authorize(
      [{ permission: sopGateReadPermission }],
      { credentials: options.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You are not permitted to ask the change gate (permission ${sopGateReadPermission.name})`,
      );
    }
    return this.service.getGate(request, options);
  }
}

/** Puts every question with its answer on record: a deployment rests on it. */
export class AuditedGateService implements GateService {
  constructor(
    private readonly service: GateService,
    private readonly auditor: AuditorService,
  ) {}

  async getGate(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<GateDecision> {
    const event = await this.auditor.createEvent({
      eventId: 'gate',
      severityLevel: 'low',
      request: options.request,
      meta: { actionType: 'check', entityRef: request.entityRef },
    });
    try {
      const decision = await this.service.getGate(request, options);
      await event.success({
        meta: {
          allowed: decision.allowed,
          codes: decision.reasons
            .filter(({ blocking }) => blocking)
            .map(({ code }) => code),
        },
      });
      return decision;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
