import { createPermission } from '@backstage/plugin-permission-common';

/** See runs and their journals. @public */
export const sopRunReadPermission = createPermission({
  name: 'sop.run.read',
  attributes: { action: 'read' },
});

/** Start a run of a procedure. @public */
export const sopRunCreatePermission = createPermission({
  name: 'sop.run.create',
  attributes: { action: 'create' },
});

/** Work tasks: claim, complete, accept, return, report that it cannot be done. @public */
export const sopTaskWorkPermission = createPermission({
  name: 'sop.task.work',
  attributes: { action: 'update' },
});

/** Vote in approvals. @public */
export const sopTaskVotePermission = createPermission({
  name: 'sop.task.vote',
  attributes: { action: 'update' },
});

/** Cancel, retry, roll back and give up: as initiator or owner of the procedure. @public */
export const sopRunControlPermission = createPermission({
  name: 'sop.run.control',
  attributes: { action: 'update' },
});

/** Skip a gate of a run in an emergency, which is reviewed afterwards. @public */
export const sopRunBreakGlassPermission = createPermission({
  name: 'sop.run.breakglass',
  attributes: { action: 'update' },
});

/** Ask the change gate about an entity. @public */
export const sopGateReadPermission = createPermission({
  name: 'sop.gate.read',
  attributes: { action: 'read' },
});

/** Verify the log of all runs and export runs with their proofs: auditors. @public */
export const sopProofReadPermission = createPermission({
  name: 'sop.proof.read',
  attributes: { action: 'read' },
});

/** All permissions of the plugin. @public */
export const sopPermissions = [
  sopRunReadPermission,
  sopRunCreatePermission,
  sopTaskWorkPermission,
  sopTaskVotePermission,
  sopRunControlPermission,
  sopRunBreakGlassPermission,
  sopGateReadPermission,
  sopProofReadPermission,
];
