import {
  COMMANDER,
  describeIncidentHeadline,
  INCIDENT_ENGINE_VERSION,
  IncidentState,
  nextDuty,
  nextFiring,
  OPEN_STATUSES,
  timesOf,
} from '@handrail/plugin-incidents-common';

type Value = string | number | boolean | null;

/** A row as it is written; columns are those of the migration. */
export type Row = Record<string, Value>;

/** All rows that an incident's journal gives, by table. */
export interface Projection {
  incident: Row;
  incident_entity: Row[];
  incident_owner: Row[];
  incident_role: Row[];
  incident_action_item: Row[];
  obligation: Row[];
}

/** Tables with several rows per incident. */
export const CHILD_TABLES = [
  'incident_entity',
  'incident_owner',
  'incident_role',
  'incident_action_item',
] as const;

/** Columns of a duty that the engine's claims use; no journal gives them. */
export const LEASE_COLUMNS = ['lease_until', 'lease_owner', 'fence'];

const orNull = <T extends Value>(value: T | undefined): T | null =>
  value ?? null;

/**
 * What the tables hold about an incident. Pure, so that it can be compared with
 * what they do hold.
 */
export function projectIncident(state: IncidentState): Projection {
  const { incidentId, intervals, updates } = state;
  const id = { incident_id: incidentId };
  const next = nextDuty(state);
  return {
    incident: {
      ...id,
      reference: state.reference,
      engine_version: INCIDENT_ENGINE_VERSION,
      version: state.seq,
      title: state.title,
      search: `${state.title} ${state.reference}`.toLocaleLowerCase('en-US'),
      severity: state.severity,
      status: state.status,
      open: OPEN_STATUSES.includes(state.status),
      drill: state.drill,
      declared_by: orNull(state.declaredBy),
      commander: orNull(state.roles[COMMANDER]?.holder),
      created_at: state.createdAt,
      declared_at: orNull(state.declaredAt),
      mitigated_at: orNull(state.mitigation?.mitigatedAt),
      resolved_at: orNull(intervals[intervals.length - 1]?.to),
      closed_at: orNull(state.closedAt),
      updated_at: state.updatedAt,
      last_update_at: orNull(updates[updates.length - 1]?.at),
      merged_into: orNull(state.mergedInto),
      headline: describeIncidentHeadline(state),
      next: next ? JSON.stringify(next) : null,
      entity_refs: JSON.stringify(state.entityRefs),
      owners: JSON.stringify(state.owners),
      times: JSON.stringify(timesOf(state)),
    },
    incident_entity: state.entityRefs.map(ref => ({ ...id, entity_ref: ref })),
    incident_owner: state.owners.map(owner => ({ ...id, owner })),
    incident_role: Object.entries(state.roles).map(([role, one]) => ({
      ...id,
      role,
      holder: orNull(one.holder),
      accepted_at: orNull(one.acceptedAt),
      offered_to: orNull(one.offer?.to),
      offer_expires_at: orNull(one.offer?.expiresAt),
    })),
    incident_action_item: state.actionItems.map(item => ({
      ...id,
      action_item_id: item.actionItemId,
      title: item.title,
      owner: orNull(item.owner),
      due_on: orNull(item.dueOn),
      state: item.state,
    })),
    obligation: state.obligations.map(one => ({
      ...id,
      obligation_id: one.obligationId,
      kind: one.kind,
      state: one.state,
      level: one.level,
      started_at: one.startedAt,
      due_at: one.dueAt,
      warned_at: orNull(one.warnedAt),
      breached_at: orNull(one.breachedAt),
      satisfied_at: orNull(one.satisfiedAt),
      cancelled_at: orNull(one.cancelledAt),
      next_at: orNull(nextFiring(one)),
    })),
  };
}
