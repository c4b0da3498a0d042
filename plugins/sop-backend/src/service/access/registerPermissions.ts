import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  RESOURCE_TYPE_SOP_RUN,
  RESOURCE_TYPE_SOP_TASK,
  sopPermissions,
} from '@handrail/plugin-sop-common';
import {
  sopRunResourceRef,
  sopRunRules,
  sopTaskResourceRef,
  sopTaskRules,
} from '@handrail/plugin-sop-node';
import { RunAccess } from './RunAccess';

/** Makes permissions, resource types and rules known to policies. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  access: RunAccess,
): void {
  const ofType = (resourceType: string) =>
    sopPermissions.filter(
      one => 'resourceType' in one && one.resourceType === resourceType,
    );
  const { runs, tasks } = access.loaders();
  registry.addPermissions(
    sopPermissions.filter(one => !('resourceType' in one)),
  );
  registry.addResourceType({
    resourceRef: sopRunResourceRef,
    permissions: ofType(RESOURCE_TYPE_SOP_RUN),
    rules: Object.values(sopRunRules),
    getResources: runs,
  });
  registry.addResourceType({
    resourceRef: sopTaskResourceRef,
    permissions: ofType(RESOURCE_TYPE_SOP_TASK),
    rules: Object.values(sopTaskRules),
    getResources: tasks,
  });
}
