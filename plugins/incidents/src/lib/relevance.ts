import {
  GUARDS,
  type IncidentCommandType,
  type IncidentView,
} from '@handrail/plugin-incidents-common';

/**
 * Whether a command belongs to the status that the incident is in. Only those
 * are offered; one that lacks something else is offered with its reason.
 */
export function isRelevant(
  incident: Pick<IncidentView, 'status' | 'permits'>,
  type: IncidentCommandType,
): boolean {
  return (
    type in incident.permits && GUARDS[type].from.includes(incident.status)
  );
}
