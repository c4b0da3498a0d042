import { IncidentPolicy } from './types';

const RUNBOOK = 'sop:default/incident-response';

/** In force where the configuration says nothing else. @public */
export const DEFAULT_INCIDENT_POLICY: IncidentPolicy = {
  severities: [
    {
      id: 'SEV-1',
      title: 'Critical',
      definition: 'The platform is down, or data is lost',
      response: 'At once: page whoever is on call, call everybody in',
      runbook: RUNBOOK,
    },
    {
      id: 'SEV-2',
      title: 'Major',
      definition: 'A major feature is broken for more than 5 % of users',
      response: 'Page whoever is on call, work on it within the hour',
      runbook: RUNBOOK,
    },
    {
      id: 'SEV-3',
      title: 'Minor',
      definition: 'Something is degraded and there is a way around it',
      response: 'By the next business day',
      runbook: RUNBOOK,
    },
    {
      id: 'SEV-4',
      title: 'Low',
      definition: 'A flaw that hardly anybody notices',
      response: 'With the normal work',
    },
  ],
  roles: [
    {
      id: 'commander',
      title: 'Incident commander',
      description: 'Decides, delegates and keeps the whole picture',
    },
    {
      id: 'communications',
      title: 'Communications',
      description: 'Posts the updates for customers and colleagues',
    },
    {
      id: 'operations',
      title: 'Operations',
      description: 'Changes the systems; nobody else does',
    },
    {
      id: 'scribe',
      title: 'Scribe',
      description: 'Writes down what happens and when',
    },
  ],
  obligations: [
    {
      kind: 'commander',
      severities: ['SEV-1', 'SEV-2'],
      due: 'PT5M',
      warnAt: 0.6,
      levels: [
        { after: 'PT0S', notify: ['owners', 'declarer'] },
        { after: 'PT5M', notify: ['owners', 'declarer', 'roles'] },
      ],
    },
    {
      kind: 'update',
      severities: ['SEV-1', 'SEV-2'],
      due: 'PT30M',
      warnAt: 0.8,
      levels: [
        { after: 'PT0S', notify: ['responsible', 'commander'] },
        { after: 'PT15M', notify: ['roles', 'owners'] },
      ],
    },
    {
      kind: 'review',
      severities: ['SEV-1', 'SEV-2', 'SEV-3'],
      due: { businessDays: 5 },
      warnAt: 0.6,
      levels: [
        { after: 'PT0S', notify: ['responsible', 'owners'] },
        { after: 'P2D', notify: ['roles', 'owners'] },
      ],
    },
  ],
  offerExpiry: 'PT3M',
  waiverNeedsSecond: ['SEV-1', 'SEV-2'],
  calendar: { timezone: 'UTC' },
};
