import { createPermission } from '@backstage/plugin-permission-common';

/** See SLOs, their budgets, burn-down and rules. @public */
export const sloReadPermission = createPermission({
  name: 'slo.read',
  attributes: { action: 'read' },
});

/** Have an SLO evaluated at once. @public */
export const sloEvaluatePermission = createPermission({
  name: 'slo.evaluate',
  attributes: { action: 'update' },
});

/** Add events to the embedded source. @public */
export const sloCountersWritePermission = createPermission({
  name: 'slo.counters.write',
  attributes: { action: 'create' },
});

/** All permissions of the plugin. @public */
export const sloPermissions = [
  sloReadPermission,
  sloEvaluatePermission,
  sloCountersWritePermission,
];
