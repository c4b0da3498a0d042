import type {
  IncidentCommandType,
  IncidentStatus,
  IncidentView,
} from '@handrail/plugin-incidents-common';
import { isRelevant } from '../../lib/relevance';

/** What one most likely wants to do next, by status, first things first. */
const FIRST: Record<IncidentStatus, IncidentCommandType[]> = {
  proposed: ['confirm', 'decline', 'merge'],
  investigating: ['post-update', 'identify', 'record-mitigation'],
  identified: ['post-update', 'record-mitigation', 'monitor'],
  monitoring: ['post-update', 'resolve', 'record-mitigation'],
  resolved: ['start-review', 'reopen'],
  learning: ['close', 'reopen'],
  closed: [],
  declined: [],
  merged: [],
};

/**
 * Everything that is done to the incident as a whole; roles, runs and the
 * review have their commands beside them.
 */
const ALL: IncidentCommandType[] = [
  'acknowledge',
  'confirm',
  'post-update',
  'note',
  'set-severity',
  'set-impact',
  'identify',
  'record-mitigation',
  'monitor',
  'resolve',
  'start-review',
  'close',
  'reopen',
  'merge',
  'decline',
];

/** What the reader may do or learn why not: up front, and behind "More". */
export function pageActions(incident: IncidentView): {
  first: IncidentCommandType[];
  more: IncidentCommandType[];
} {
  const known = (type: IncidentCommandType) => isRelevant(incident, type);
  const first = FIRST[incident.status].filter(known);
  return {
    first,
    more: ALL.filter(type => known(type) && !first.includes(type)),
  };
}
