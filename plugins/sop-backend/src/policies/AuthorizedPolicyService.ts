import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  EntityPolicy,
  sopRunReadPermission,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';
import { PolicyService } from './PolicyService';

/** Asks the permission framework before each question. */
export class AuthorizedPolicyService implements PolicyService {
  constructor(
    private readonly service: PolicyService,
    private readonly permissions: PermissionsService,
  ) {}

  async listForEntity(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<EntityPolicy[]> {
    await this.#assert(options);
    return this.service.listForEntity(request, options);
  }

  async listTargets(
    request: { policyRef: string },
    options: CallOptions,
  ): Promise<{ items: EntityPolicy[]; total: number }> {
    await this.#assert(options);
    return this.service.listTargets(request, options);
  }

  async #assert({ credentials }: CallOptions): Promise<void> {
    // Policies are about entities; a condition about runs does not hide them.
    const [decision] = await this.permissions.authorizeConditional(
      [{ permission: sopRunReadPermission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.DENY) {
      throw new NotAllowedError(
        `You may not see policies: the permission ${sopRunReadPermission.name} is denied to you.`,
      );
    }
  }
}
