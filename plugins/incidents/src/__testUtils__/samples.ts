import type { Entity } from '@backstage/catalog-model';
import type {
  ActionItemView,
  AlertEpisodeView,
  IncidentCommandType,
  IncidentMetrics,
  IncidentPermit,
  IncidentSummary,
  IncidentTimelineEntry,
  IncidentView,
  MetricDistribution,
  ObligationView,
  PolicyView,
  RoleView,
} from '@handrail/plugin-incidents-common';

/** People of the samples. */
export const ANA = 'user:default/ana.duarte';
export const TOMAS = 'user:default/tomas.novak';

/** An instant relative to now. */
export function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

export const YES: IncidentPermit = { allowed: true };
export const no = (reason: string): IncidentPermit => ({
  allowed: false,
  reason,
});

export const PAYMENTS: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'payments-api',
    namespace: 'default',
    title: 'Payments API',
  },
  spec: { type: 'service', owner: 'group:default/payments' },
};

export const PEOPLE: Entity[] = [
  ['ana.duarte', 'Ana Duarte'],
  ['tomas.novak', 'Tomas Novak'],
].map(([name, displayName]) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { profile: { displayName } },
}));

export function samplePolicy(): PolicyView {
  return {
    severities: [
      {
        id: 'SEV-1',
        title: 'Critical',
        definition: 'The platform is down',
        response: 'At once',
        runbook: 'sop:default/incident-response',
      },
      {
        id: 'SEV-2',
        title: 'Major',
        definition: 'A major feature is broken',
        response: 'Within the hour',
      },
      {
        id: 'SEV-3',
        title: 'Minor',
        definition: 'Something is degraded',
        response: 'By the next business day',
      },
    ],
    roles: [
      { id: 'commander', title: 'Incident commander', description: 'Decides' },
      { id: 'scribe', title: 'Scribe', description: 'Writes down' },
    ],
    obligations: [{ kind: 'commander', severities: ['SEV-1'], due: 'PT5M' }],
    limits: { title: 200, text: 10_000 },
    permits: { declare: YES },
  };
}

export function sampleRole(changes: Partial<RoleView> = {}): RoleView {
  return {
    role: 'commander',
    title: 'Incident commander',
    description: 'Decides',
    permits: {
      take: YES,
      offer: YES,
      accept: no('The role is not offered to you.'),
      decline: no('The role is not offered to you.'),
      release: no('You do not hold it.'),
    },
    ...changes,
  };
}

export function sampleDuty(
  changes: Partial<ObligationView> = {},
): ObligationView {
  return {
    obligationId: 'duty-1',
    kind: 'commander',
    title: 'Somebody takes command',
    state: 'pending',
    startedAt: minutesFromNow(-1),
    dueAt: minutesFromNow(4),
    late: false,
    level: 0,
    responsible: ['group:default/payments'],
    ...changes,
  };
}

export function sampleEvent(
  seq: number,
  changes: Partial<IncidentTimelineEntry> = {},
): IncidentTimelineEntry {
  return {
    seq,
    at: minutesFromNow(seq - 100),
    type: 'note.added',
    actor: ANA,
    text: `said number ${seq}`,
    hash: String(seq).padStart(64, '0'),
    ...changes,
  };
}

export function sampleSummary(
  changes: Partial<IncidentSummary> = {},
): IncidentSummary {
  return {
    incidentId: 'id-12',
    reference: 'INC-12',
    title: 'Payments fail',
    severity: 'SEV-1',
    status: 'investigating',
    open: true,
    drill: false,
    entityRefs: ['component:default/payments-api'],
    owners: ['group:default/payments'],
    declaredBy: ANA,
    createdAt: minutesFromNow(-1),
    declaredAt: minutesFromNow(-1),
    updatedAt: minutesFromNow(-1),
    version: 3,
    headline: 'Somebody must take command within 4 minutes',
    next: {
      obligationId: 'duty-1',
      kind: 'commander',
      title: 'Somebody takes command',
      dueAt: minutesFromNow(4),
      state: 'pending',
      responsible: ['group:default/payments'],
    },
    ...changes,
  };
}

const OPEN_PERMITS: Partial<Record<IncidentCommandType, IncidentPermit>> = {
  acknowledge: YES,
  'take-role': YES,
  'post-update': YES,
  note: YES,
  'set-severity': YES,
  'set-impact': YES,
  identify: YES,
  'record-mitigation': YES,
  monitor: no('Record the mitigation first.'),
  resolve: no('A mitigation and an impact statement are missing.'),
  merge: YES,
  decline: YES,
  'start-runbook': YES,
  'edit-review': no('The review begins once the incident is resolved.'),
};

export function sampleIncident(
  changes: Partial<IncidentView> = {},
): IncidentView {
  return {
    ...sampleSummary(),
    roles: [sampleRole(), sampleRole({ role: 'scribe', title: 'Scribe' })],
    obligations: [sampleDuty()],
    updates: [],
    actionItems: [],
    review: {
      state: 'none',
      summary: '',
      causes: '',
      wentWell: '',
      wentWrong: '',
    },
    runs: [],
    runbook: 'sop:default/incident-response',
    alerts: { open: 0, total: 0 },
    timeline: [sampleEvent(3), sampleEvent(2), sampleEvent(1)],
    permits: OPEN_PERMITS as Record<string, IncidentPermit>,
    ...changes,
  };
}

/** One that alerts propose. */
export function sampleProposed(
  changes: Partial<IncidentView> = {},
): IncidentView {
  return sampleIncident({
    incidentId: 'id-13',
    reference: 'INC-13',
    title: 'HighErrorRate on payments-api',
    severity: 'SEV-2',
    status: 'proposed',
    declaredBy: undefined,
    declaredAt: undefined,
    source: 'alertmanager',
    next: undefined,
    obligations: [],
    headline: 'Alerts propose an incident: confirm or decline',
    permits: { confirm: YES, decline: YES, merge: YES },
    ...changes,
  });
}

/** One that is over and being learned from. */
export function sampleInReview(
  changes: Partial<IncidentView> = {},
): IncidentView {
  return sampleIncident({
    status: 'learning',
    open: false,
    review: {
      state: 'draft',
      summary: 'A bad deploy.',
      causes: '',
      wentWell: '',
      wentWrong: '',
    },
    actionItems: [sampleItem()],
    permits: {
      'edit-review': YES,
      'complete-review': no('Say what led to it.'),
      'waive-review': YES,
      'add-action-item': YES,
      'edit-action-item': YES,
      'complete-action-item': YES,
      'drop-action-item': YES,
      close: no('The review is not done.'),
      reopen: YES,
      note: YES,
    },
    ...changes,
  });
}

export function sampleItem(
  changes: Partial<ActionItemView> = {},
): ActionItemView {
  return {
    actionItemId: 'item-1',
    title: 'Alert on the queue length',
    owner: TOMAS,
    dueOn: '2026-12-01',
    state: 'open',
    overdue: false,
    createdAt: minutesFromNow(-10),
    createdBy: ANA,
    ...changes,
  };
}

export function sampleAlert(
  changes: Partial<AlertEpisodeView> = {},
): AlertEpisodeView {
  return {
    episodeId: 'episode-1',
    source: 'alertmanager',
    fingerprint: 'f1',
    name: 'HighErrorRate',
    summary: '5 % of requests fail',
    labels: {},
    annotations: {},
    entityRef: 'component:default/payments-api',
    open: true,
    startsAt: minutesFromNow(-5),
    firstSeenAt: minutesFromNow(-5),
    lastSeenAt: minutesFromNow(-1),
    deliveries: 3,
    ...changes,
  };
}

const NOTHING: MetricDistribution = { n: 0, coverage: 0 };

export function sampleMetrics(
  changes: Partial<IncidentMetrics> = {},
): IncidentMetrics {
  return {
    from: minutesFromNow(-90 * 24 * 60),
    to: minutesFromNow(0),
    n: 0,
    excluded: { drills: 0, merged: 0, declined: 0 },
    timeToDeclare: NOTHING,
    timeToAcknowledge: NOTHING,
    timeToCommander: NOTHING,
    timeToMitigate: NOTHING,
    timeToResolve: NOTHING,
    activeTimeToResolve: NOTHING,
    duties: { kept: 0, late: 0 },
    bySeverity: [],
    ...changes,
  };
}
