import { createPermission } from '@backstage/plugin-permission-common';
import type { IncidentCommandType } from './api/types';

/** See incidents, their alerts, deliveries and figures. @public */
export const incidentReadPermission = createPermission({
  name: 'incident.read',
  attributes: { action: 'read' },
});

/** Declare an incident, confirm a proposed one. @public */
export const incidentDeclarePermission = createPermission({
  name: 'incident.declare',
  attributes: { action: 'create' },
});

/** Decline a proposed incident or merge one into another. @public */
export const incidentTriagePermission = createPermission({
  name: 'incident.triage',
  attributes: { action: 'update' },
});

/** Take, offer, accept, decline and release roles; acknowledge. @public */
export const incidentCommandPermission = createPermission({
  name: 'incident.command',
  attributes: { action: 'update' },
});

/** Post updates and notes, state the impact. @public */
export const incidentUpdatePermission = createPermission({
  name: 'incident.update',
  attributes: { action: 'update' },
});

/** Change the severity. @public */
export const incidentSeverityPermission = createPermission({
  name: 'incident.severity',
  attributes: { action: 'update' },
});

/** Record cause and mitigation, monitor, resolve, reopen. @public */
export const incidentResolvePermission = createPermission({
  name: 'incident.resolve',
  attributes: { action: 'update' },
});

/** Write the review, keep action items, waive a review, close. @public */
export const incidentReviewPermission = createPermission({
  name: 'incident.review',
  attributes: { action: 'update' },
});

/** Start a runbook from an incident. @public */
export const incidentRunbookPermission = createPermission({
  name: 'incident.runbook',
  attributes: { action: 'update' },
});

/** All permissions of the plugin. @public */
export const incidentPermissions = [
  incidentReadPermission,
  incidentDeclarePermission,
  incidentTriagePermission,
  incidentCommandPermission,
  incidentUpdatePermission,
  incidentSeverityPermission,
  incidentResolvePermission,
  incidentReviewPermission,
  incidentRunbookPermission,
];

/** The permission that each command needs, besides reading. @public */
export const incidentCommandPermissions = {
  confirm: incidentDeclarePermission,
  decline: incidentTriagePermission,
  merge: incidentTriagePermission,
  acknowledge: incidentCommandPermission,
  'take-role': incidentCommandPermission,
  'offer-role': incidentCommandPermission,
  'accept-role': incidentCommandPermission,
  'decline-role': incidentCommandPermission,
  'release-role': incidentCommandPermission,
  'post-update': incidentUpdatePermission,
  note: incidentUpdatePermission,
  'set-impact': incidentUpdatePermission,
  'set-severity': incidentSeverityPermission,
  'record-mitigation': incidentResolvePermission,
  identify: incidentResolvePermission,
  monitor: incidentResolvePermission,
  resolve: incidentResolvePermission,
  reopen: incidentResolvePermission,
  'start-review': incidentReviewPermission,
  'edit-review': incidentReviewPermission,
  'complete-review': incidentReviewPermission,
  'waive-review': incidentReviewPermission,
  'approve-waiver': incidentReviewPermission,
  'add-action-item': incidentReviewPermission,
  'edit-action-item': incidentReviewPermission,
  'complete-action-item': incidentReviewPermission,
  'drop-action-item': incidentReviewPermission,
  'start-runbook': incidentRunbookPermission,
  close: incidentReviewPermission,
} as const satisfies Record<IncidentCommandType, unknown>;
