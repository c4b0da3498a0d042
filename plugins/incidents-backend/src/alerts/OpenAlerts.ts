import {
  AnyIncidentEvent,
  decideIncident,
  IncidentFacts,
  IncidentState,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { forUpdate } from '../database/dialect';
import { IncidentStore } from '../database/IncidentStore';
import { fold } from '../database/journal';

/** Names kept in the journal of what joined. */
const MAX_NAMES = 5;

interface Found {
  episode_id: string;
  name: string;
  incident_id: string | null;
}

/**
 * Open alerts about the entities of an incident that somebody declares. They
 * join it, and what they proposed becomes part of it: one trouble, one
 * incident. What people confirmed stays as it is.
 */
export class OpenAlerts {
  private constructor(
    private readonly episodes: Found[],
    private readonly proposals: IncidentState[],
  ) {}

  /** Looks them up and locks what they proposed. */
  static async find(
    tx: Knex,
    store: IncidentStore,
    entityRefs: string[],
  ): Promise<OpenAlerts> {
    if (entityRefs.length === 0) {
      return new OpenAlerts([], []);
    }
    const rows: Array<{ incident_id: string }> = await tx('incident')
      .where('status', 'proposed')
      .whereIn(
        'incident_id',
        tx('incident_entity')
          .whereIn('entity_ref', entityRefs)
          .select('incident_id'),
      )
      .orderBy('incident_id')
      .select('incident_id');
    // In the order of the ingestor: groups, then incidents.
    await forUpdate(
      tx,
      tx('alert_group')
        .whereIn(
          'incident_id',
          rows.map(row => row.incident_id),
        )
        .orderBy('group_key'),
    ).select('group_key');
    const proposals: IncidentState[] = [];
    for (const { incident_id } of rows) {
      const { state } = await store.transact(incident_id, { tx }, () => []);
      // Somebody may have decided about it before it was locked.
      if (state.status === 'proposed') {
        proposals.push(state);
      }
    }
    const ids = proposals.map(one => one.incidentId);
    const episodes: Found[] = await tx('alert_episode')
      .where(any =>
        any
          .whereIn('incident_id', ids)
          .orWhere(loose =>
            loose
              .whereNull('incident_id')
              .whereIn('entity_ref', entityRefs)
              .where('open', true),
          ),
      )
      .select('episode_id', 'name', 'incident_id');
    return new OpenAlerts(episodes, proposals);
  }

  /** The events of the declaration, with those of what joins it. */
  join(events: AnyIncidentEvent[], facts: IncidentFacts): AnyIncidentEvent[] {
    const all = [...events];
    for (const from of this.proposals) {
      all.push(
        ...decideIncident(
          fold(undefined, all),
          {
            type: 'absorb',
            from: from.incidentId,
            fromReference: from.reference,
            entityRefs: from.entityRefs,
            owners: from.owners,
          },
          facts,
        ),
      );
    }
    if (this.episodes.length) {
      const names = [...new Set(this.episodes.map(one => one.name))];
      all.push(
        ...decideIncident(
          fold(undefined, all),
          {
            type: 'join-alerts',
            total: this.episodes.length,
            names: names.slice(0, MAX_NAMES),
            entityRefs: [],
            owners: [],
          },
          facts,
        ),
      );
    }
    return all;
  }

  /** The other half: what they proposed ends, and they belong to `into`. */
  async move(
    tx: Knex,
    store: IncidentStore,
    into: IncidentState,
    facts: Omit<IncidentFacts, 'now'>,
  ): Promise<void> {
    const to = { incident_id: into.incidentId };
    for (const { incidentId } of this.proposals) {
      await store.transact(incidentId, { tx }, (state, now) =>
        decideIncident(
          state,
          {
            type: 'merge',
            into: into.incidentId,
            intoReference: into.reference,
            reason: `${into.reference} was declared for the same entity`,
          },
          { now, ...facts },
        ),
      );
      // First the group: alerts that arrive now wait for it, or are there.
      await tx('alert_group').where({ incident_id: incidentId }).update(to);
      await tx('alert_episode').where({ incident_id: incidentId }).update(to);
    }
    const loose = this.episodes.filter(one => one.incident_id === null);
    for (let start = 0; start < loose.length; start += 500) {
      await tx('alert_episode')
        .whereIn(
          'episode_id',
          loose.slice(start, start + 500).map(one => one.episode_id),
        )
        .update(to);
    }
  }
}
