import type {
  IncidentStatus,
  ObligationKind,
  ObligationState,
  UpdateAudience,
} from '../api/types';
import type { IncidentPolicy, NotifyTarget } from '../policy/types';

/**
 * Version of the event vocabulary and of the rules in `decide`/`evolve`; part
 * of an incident's genesis hash.
 * @public
 */
export const INCIDENT_ENGINE_VERSION = 1;

/** Statuses in which somebody has to do something about it. @public */
export const OPEN_STATUSES: readonly IncidentStatus[] = [
  'proposed',
  'investigating',
  'identified',
  'monitoring',
];

/** @public */
export interface RoleState {
  holder?: string;
  acceptedAt?: string;
  offer?: {
    to: string;
    by: string;
    at: string;
    expiresAt: string;
    obligationId: string;
  };
}

/** A level with its time. @public */
export interface DueLevel {
  at: string;
  notify: NotifyTarget[];
}

/** A duty with its clock. @public */
export interface Obligation {
  obligationId: string;
  kind: ObligationKind;
  /** The offered role, for `offer`. */
  role?: string;
  state: ObligationState;
  startedAt: string;
  warnAt?: string;
  dueAt: string;
  levels: DueLevel[];
  /** Escalation level reached; 0 before the breach. */
  level: number;
  warnedAt?: string;
  breachedAt?: string;
  /** Seconds from its due time to the record of the breach. */
  lateBySeconds?: number;
  satisfiedAt?: string;
  satisfiedBy?: number;
  cancelledAt?: string;
  notified: string[];
}

/** @public */
export interface IncidentUpdate {
  seq: number;
  at: string;
  by: string;
  message: string;
  audience: UpdateAudience;
  nextUpdateAt?: string;
}

/** @public */
export interface ActionItem {
  actionItemId: string;
  title: string;
  owner?: string;
  /** `yyyy-MM-dd` */
  dueOn?: string;
  url?: string;
  state: 'open' | 'done' | 'dropped';
  createdAt: string;
  createdBy: string;
  doneAt?: string;
  reason?: string;
}

/** @public */
export interface ReviewText {
  summary: string;
  causes: string;
  wentWell: string;
  wentWrong: string;
}

/** @public */
export interface ReviewState extends ReviewText {
  state: 'none' | 'draft' | 'done' | 'waiver-requested' | 'waived';
  editedAt?: string;
  editedBy?: string;
  doneAt?: string;
  doneBy?: string;
  waiver?: {
    reason: string;
    by: string;
    at: string;
    approvedBy?: string;
    approvedAt?: string;
  };
}

/** Where an incident stands: the fold of its journal. @public */
export interface IncidentState {
  incidentId: string;
  reference: string;
  title: string;
  severity: string;
  status: IncidentStatus;
  drill: boolean;
  description?: string;
  /** Alert source, when alerts proposed it. */
  source?: string;
  entityRefs: string[];
  owners: string[];
  declaredBy?: string;
  createdAt: string;
  declaredAt?: string;
  detectedAt?: string;
  impactStartedAt?: string;
  acknowledgedAt?: string;
  /** When somebody first accepted command. */
  commandedAt?: string;
  roles: Record<string, RoleState>;
  obligations: Obligation[];
  updates: IncidentUpdate[];
  impact?: { statement: string; startedAt: string; by: string; at: string };
  cause?: string;
  mitigation?: {
    statement: string;
    mitigatedAt: string;
    by: string;
    at: string;
  };
  resolution?: string;
  endReason?: string;
  mergedInto?: string;
  actionItems: ActionItem[];
  review: ReviewState;
  runs: Array<{
    runId: string;
    sopRef: string;
    title: string;
    startedBy: string;
    startedAt: string;
  }>;
  /** How many alerts had joined when the journal told of them last. */
  alertsTold?: number;
  /** From declaration or reopening to resolution. */
  intervals: Array<{ from: string; to?: string }>;
  closedAt?: string;
  updatedAt: string;
  /** Number of the last event. */
  seq: number;
}

interface Beginning {
  incidentId: string;
  reference: string;
  title: string;
  severity: string;
  drill: boolean;
  description?: string;
  entityRefs: string[];
  owners: string[];
  detectedAt?: string;
  impactStartedAt?: string;
}

/** What each event tells. @public */
export interface IncidentEventData {
  'incident.proposed': Beginning & { source: string };
  'incident.declared': Beginning;
  'incident.confirmed': { severity: string; title: string };
  'incident.declined': { reason: string };
  'incident.merged': {
    into: string;
    intoReference: string;
    reason?: string;
  };
  'incident.absorbed': {
    from: string;
    fromReference: string;
    entityRefs: string[];
    owners: string[];
  };
  'incident.acknowledged': {};
  'role.taken': { role: string; from?: string; reason?: string };
  'role.offered': {
    role: string;
    to: string;
    expiresAt: string;
    obligationId: string;
  };
  'role.accepted': { role: string; from?: string };
  'role.declined': { role: string; reason?: string };
  'role.offer-withdrawn': { role: string; to: string };
  'role.offer-expired': { role: string; to: string };
  'role.released': { role: string; reason?: string };
  'update.posted': {
    message: string;
    audience: UpdateAudience;
    nextUpdateAt?: string;
    nextUpdateReason?: string;
  };
  'note.added': { message: string; occurredAt?: string };
  'severity.changed': { from: string; to: string; reason: string };
  'impact.stated': {
    statement: string;
    startedAt: string;
    entityRefs?: string[];
    owners?: string[];
  };
  'mitigation.recorded': { statement: string; mitigatedAt: string };
  'incident.identified': { cause: string };
  'incident.monitored': {};
  'incident.resolved': { resolution?: string };
  'incident.reopened': { reason: string };
  'review.started': {};
  'review.edited': Partial<ReviewText>;
  'review.completed': {};
  'review.waiver-requested': { reason: string };
  'review.waived': { reason: string };
  'action-item.added': {
    actionItemId: string;
    title: string;
    owner?: string;
    dueOn?: string;
    url?: string;
  };
  'action-item.edited': {
    actionItemId: string;
    title?: string;
    owner?: string;
    dueOn?: string;
    url?: string;
  };
  'action-item.completed': { actionItemId: string };
  'action-item.dropped': { actionItemId: string; reason: string };
  'runbook.started': { runId: string; sopRef: string; title: string };
  /**
   * Only when the number reaches 1, 10, 100, … or an entity is new: storms
   * stay readable.
   */
  'alerts.joined': {
    total: number;
    names: string[];
    /** Affected as well, while the incident is proposed. */
    entityRefs?: string[];
    owners?: string[];
  };
  'incident.closed': {};
  'obligation.started': {
    obligationId: string;
    kind: ObligationKind;
    role?: string;
    warnAt?: string;
    dueAt: string;
    levels: DueLevel[];
  };
  'obligation.warned': {
    obligationId: string;
    lateBySeconds: number;
    notify: string[];
  };
  'obligation.breached': {
    obligationId: string;
    level: number;
    /** Seconds between its time and this record. */
    lateBySeconds: number;
    /** Whether the engine was not there at its time. */
    late: boolean;
    notify: string[];
  };
  'obligation.satisfied': {
    obligationId: string;
    /** Number of the event that satisfied it. */
    by: number;
    inTime: boolean;
  };
  'obligation.cancelled': { obligationId: string; reason: string };
}

/** @public */
export type IncidentEventType = keyof IncidentEventData;

/** Something that happened. Written once, never changed. @public */
export interface IncidentEvent<
  T extends IncidentEventType = IncidentEventType,
> {
  seq: number;
  type: T;
  /** ISO instant of the database clock. */
  at: string;
  /** Entity ref of who caused it; absent for the engine itself. */
  actor?: string;
  data: IncidentEventData[T];
}

/** Any event, discriminated by `type`. @public */
export type AnyIncidentEvent = {
  [T in IncidentEventType]: IncidentEvent<T>;
}[IncidentEventType];

/** Who acts. @public */
export interface IncidentActor {
  /** `user:default/ana.duarte` or `service:<subject>`. */
  ref: string;
  kind: 'user' | 'service';
}

/** Everything `decide` may know besides state and command. @public */
export interface IncidentFacts {
  /** ISO instant, UTC, milliseconds. */
  now: string;
  /** Absent for the engine itself. */
  actor?: IncidentActor;
  policy: IncidentPolicy;
}
