import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ListOccurrencesRequest,
  OccurrencePage,
  ScheduleView,
  sopRunReadPermission,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';
import { ScheduleService } from './ScheduleService';

/**
 * Occurrences are about runs, so they need the permission to read those. When
 * the next ones come is part of the procedure, which everybody may read who
 * sees it in the catalog.
 */
export class AuthorizedScheduleService implements ScheduleService {
  constructor(
    private readonly service: ScheduleService,
    private readonly permissions: PermissionsService,
  ) {}

  getSchedule(
    request: { sopRef: string },
    options: CallOptions,
  ): Promise<ScheduleView> {
    return this.service.getSchedule(request, options);
  }

  async listOccurrences(
    request: ListOccurrencesRequest,
    options: CallOptions,
  ): Promise<OccurrencePage> {
    const [decision] = await this.permissions.authorize(
      [{ permission: sopRunReadPermission }],
      { credentials: options.credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You are not permitted to see runs (permission ${sopRunReadPermission.name})`,
      );
    }
    return this.service.listOccurrences(request, options);
  }
}
