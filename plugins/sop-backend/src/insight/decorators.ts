import {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { sopInsightReadPermission } from '@handrail/plugin-sop-common';
import { audited } from '../service/audited';
import { CallOptions } from '../service/SopRunService';
import { InsightService } from './InsightService';

const ACTIONS: Record<keyof InsightService, string> = {
  listCompliance: 'list-compliance',
  listSteps: 'list-steps',
  listToil: 'list-toil',
  getFacts: 'get-facts',
};

/** Asks the permission framework, then the service, with both on record. */
export function guardInsight(
  service: InsightService,
  options: { auditor: AuditorService; permissions: PermissionsService },
): InsightService {
  const assert = async ({ credentials }: CallOptions) => {
    const [decision] = await options.permissions.authorize(
      [{ permission: sopInsightReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see what runs come to: the permission ${sopInsightReadPermission.name} is denied to you.`,
      );
    }
  };
  const guarded = <Request extends object, Result>(
    method: keyof InsightService,
    call: (request: Request, caller: CallOptions) => Promise<Result>,
  ) => {
    return (request: Request, caller: CallOptions): Promise<Result> =>
      audited(
        options.auditor,
        {
          eventId: 'insight',
          actionType: ACTIONS[method],
          severityLevel: 'low',
          meta: { ...request },
          request: caller.request,
        },
        async () => {
          await assert(caller);
          return call(request, caller);
        },
      );
  };
  return {
    listCompliance: guarded('listCompliance', (...args) =>
      service.listCompliance(...args),
    ),
    listSteps: guarded('listSteps', (...args) => service.listSteps(...args)),
    listToil: guarded('listToil', (...args) => service.listToil(...args)),
    getFacts: guarded('getFacts', (...args) => service.getFacts(...args)),
  };
}
