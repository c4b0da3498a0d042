import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a run, for conditional decisions. @public */
export const RESOURCE_TYPE_SOP_RUN = 'sop-run';

/** Resource type of a task, for conditional decisions. @public */
export const RESOURCE_TYPE_SOP_TASK = 'sop-task';

/** See runs and their journals. @public */
export const sopRunReadPermission = createPermission({
  name: 'sop.run.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SOP_RUN,
});

/** Start a run of a procedure. @public */
export const sopRunCreatePermission = createPermission({
  name: 'sop.run.create',
  attributes: { action: 'create' },
});

/** See tasks in lists; the run they are part of must be visible too. @public */
export const sopTaskReadPermission = createPermission({
  name: 'sop.task.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SOP_TASK,
});

/** Work tasks: claim, complete, accept, return, report that it cannot be done. @public */
export const sopTaskWorkPermission = createPermission({
  name: 'sop.task.work',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SOP_TASK,
});

/** Vote in approvals. @public */
export const sopTaskVotePermission = createPermission({
  name: 'sop.task.vote',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SOP_TASK,
});

/** Cancel, retry, roll back and give up: as initiator or owner of the procedure. @public */
export const sopRunControlPermission = createPermission({
  name: 'sop.run.control',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SOP_RUN,
});

/** Start a rehearsal: a run of a revision that need not be in force. @public */
export const sopRunRehearsePermission = createPermission({
  name: 'sop.run.rehearse',
  attributes: { action: 'create' },
});

/** Sign, reject and review revisions, as an approver or owner. @public */
export const sopProcedureSignPermission = createPermission({
  name: 'sop.procedure.sign',
  attributes: { action: 'update' },
});

/** Say that one has read and understood a revision. @public */
export const sopProcedureAcknowledgePermission = createPermission({
  name: 'sop.procedure.acknowledge',
  attributes: { action: 'update' },
});

/** Skip a gate of a run in an emergency, which is reviewed afterwards. @public */
export const sopRunBreakGlassPermission = createPermission({
  name: 'sop.run.breakglass',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SOP_RUN,
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

/** Follow what happens in all runs that `sop.run.read` shows. @public */
export const sopEventReadPermission = createPermission({
  name: 'sop.event.read',
  attributes: { action: 'read' },
});

/** See what runs come to: compliance, cycle times, toil. @public */
export const sopInsightReadPermission = createPermission({
  name: 'sop.insight.read',
  attributes: { action: 'read' },
});

/** All permissions of the plugin. @public */
export const sopPermissions = [
  sopRunReadPermission,
  sopRunCreatePermission,
  sopTaskReadPermission,
  sopTaskWorkPermission,
  sopTaskVotePermission,
  sopRunControlPermission,
  sopRunRehearsePermission,
  sopProcedureSignPermission,
  sopProcedureAcknowledgePermission,
  sopRunBreakGlassPermission,
  sopGateReadPermission,
  sopProofReadPermission,
  sopEventReadPermission,
  sopInsightReadPermission,
];
