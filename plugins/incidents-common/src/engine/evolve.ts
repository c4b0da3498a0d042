import { applyObligation, isObligationEvent } from './evolveObligations';
import { applyReview, isReviewEvent } from './evolveReview';
import { applyRole, isRoleEvent } from './evolveRoles';
import { AnyIncidentEvent, IncidentEvent, IncidentState } from './types';

/**
 * Applies one event. Pure: returns a new state that shares what did not change.
 *
 * @throws Error when the journal does not begin with a declaration or proposal,
 * begins twice, or skips a sequence number.
 * @public
 */
export function evolveIncident(
  state: IncidentState | undefined,
  event: AnyIncidentEvent,
): IncidentState {
  if (
    event.type === 'incident.declared' ||
    event.type === 'incident.proposed'
  ) {
    if (state || event.seq !== 1) {
      throw new Error(
        `${event.type} must be event 1; found it as ${event.seq}`,
      );
    }
    return begin(event);
  }
  if (!state) {
    throw new Error(
      `Event 1 must be incident.declared or incident.proposed; found ${event.type}`,
    );
  }
  if (event.seq !== state.seq + 1) {
    throw new Error(`Expected event ${state.seq + 1}; found ${event.seq}`);
  }
  return { ...apply(state, event), seq: event.seq, updatedAt: event.at };
}

/**
 * Folds a whole journal.
 * @throws Error when it is empty or not the journal of one incident.
 * @public
 */
export function replayIncident(
  events: Iterable<AnyIncidentEvent>,
): IncidentState {
  let state: IncidentState | undefined;
  for (const event of events) {
    state = evolveIncident(state, event);
  }
  if (!state) {
    throw new Error('The journal is empty');
  }
  return state;
}

function begin(
  event:
    | IncidentEvent<'incident.declared'>
    | IncidentEvent<'incident.proposed'>,
): IncidentState {
  const state: IncidentState = {
    ...event.data,
    status: 'proposed',
    createdAt: event.at,
    roles: {},
    obligations: [],
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
    intervals: [],
    updatedAt: event.at,
    seq: 1,
  };
  return event.type === 'incident.declared'
    ? { ...state, ...declared(event.actor, event.at) }
    : state;
}

function declared(
  by: string | undefined,
  at: string,
): Partial<IncidentState> & Pick<IncidentState, 'intervals'> {
  return {
    status: 'investigating',
    declaredAt: at,
    ...(by ? { declaredBy: by } : {}),
    intervals: [{ from: at }],
  };
}

type Later = Exclude<
  AnyIncidentEvent,
  IncidentEvent<'incident.declared'> | IncidentEvent<'incident.proposed'>
>;

function apply(state: IncidentState, event: Later): IncidentState {
  if (isObligationEvent(event)) {
    return applyObligation(state, event);
  }
  if (isRoleEvent(event)) {
    return applyRole(state, event);
  }
  if (isReviewEvent(event)) {
    return applyReview(state, event);
  }
  const { at, seq, data } = event;
  const by = event.actor ?? '';
  switch (event.type) {
    case 'incident.confirmed':
      return { ...state, ...event.data, ...declared(event.actor, at) };
    case 'incident.declined':
      return {
        ...state,
        status: 'declined',
        endReason: event.data.reason,
        closedAt: at,
      };
    case 'incident.merged':
      return {
        ...state,
        status: 'merged',
        mergedInto: event.data.intoReference,
        ...(event.data.reason ? { endReason: event.data.reason } : {}),
        closedAt: at,
      };
    case 'incident.absorbed':
      return {
        ...state,
        entityRefs: union(state.entityRefs, event.data.entityRefs),
        owners: union(state.owners, event.data.owners),
      };
    case 'incident.acknowledged':
      return { ...state, acknowledgedAt: state.acknowledgedAt ?? at };
    case 'update.posted': {
      const { message, audience, nextUpdateAt } = event.data;
      const update = {
        seq,
        at,
        by,
        message,
        audience,
        ...(nextUpdateAt ? { nextUpdateAt } : {}),
      };
      return { ...state, updates: [...state.updates, update] };
    }
    case 'severity.changed':
      return { ...state, severity: event.data.to };
    case 'impact.stated': {
      const { statement, startedAt, entityRefs, owners } = event.data;
      return {
        ...state,
        impact: { statement, startedAt, by, at },
        impactStartedAt: startedAt,
        ...(entityRefs ? { entityRefs } : {}),
        ...(owners ? { owners } : {}),
      };
    }
    case 'mitigation.recorded':
      return { ...state, mitigation: { ...event.data, by, at } };
    case 'incident.identified':
      return { ...state, status: 'identified', cause: event.data.cause };
    case 'incident.monitored':
      return { ...state, status: 'monitoring' };
    case 'incident.resolved':
      return {
        ...state,
        status: 'resolved',
        ...(event.data.resolution ? { resolution: event.data.resolution } : {}),
        intervals: state.intervals.map((interval, index) =>
          index === state.intervals.length - 1
            ? { ...interval, to: at }
            : interval,
        ),
      };
    case 'incident.reopened':
      return {
        ...state,
        status: 'investigating',
        intervals: [...state.intervals, { from: at }],
      };
    case 'runbook.started':
      return {
        ...state,
        runs: [...state.runs, { ...event.data, startedBy: by, startedAt: at }],
      };
    case 'incident.closed':
      return { ...state, status: 'closed', closedAt: at };
    case 'alerts.joined':
      return {
        ...state,
        entityRefs: union(state.entityRefs, event.data.entityRefs ?? []),
        owners: union(state.owners, event.data.owners ?? []),
        alertsTold: event.data.total,
      };
    case 'note.added':
      return state;
    default:
      throw new Error(`Unknown event ${JSON.stringify({ event, data })}`);
  }
}

function union(one: string[], other: string[]): string[] {
  return [...new Set([...one, ...other])];
}
