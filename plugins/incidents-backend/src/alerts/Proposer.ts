import {
  decideIncident,
  DeliveryCounts,
  IncidentPolicy,
  MAX_TITLE_LENGTH,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { IncidentStore } from '../database/IncidentStore';
import { MatchedEntity } from './EntityMatcher';
import { DbEpisode } from './episodes';

/** Names kept in the journal of what joined. */
const MAX_NAMES = 5;

interface Group {
  key: string;
  entities: MatchedEntity[];
  episodes: DbEpisode[];
}

/** Turns episodes into proposed incidents, one per group while one is open. */
export class Proposer {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #severities: Record<string, string>;

  constructor(options: {
    store: IncidentStore;
    policy: IncidentPolicy;
    /** By the value of the label `severity`; others propose nothing. */
    severities: Record<string, string>;
  }) {
    this.#store = options.store;
    this.#policy = options.policy;
    this.#severities = options.severities;
  }

  /**
   * Gives each episode the incident it belongs to. Its caller writes the
   * episodes in the same transaction.
   */
  async assign(
    tx: Knex,
    options: {
      source: string;
      now: string;
      episodes: DbEpisode[];
      entities: Map<string, MatchedEntity>;
      counts: DeliveryCounts;
    },
  ): Promise<() => Promise<void>> {
    const joins: Array<() => Promise<void>> = [];
    for (const group of this.#groups(options.episodes, options.entities)) {
      // Whoever writes the row first decides for the group; in one order.
      await tx('alert_group')
        .insert({ group_key: group.key, incident_id: '' })
        .onConflict('group_key')
        .ignore();
      const known = await this.#openIncident(tx, group);
      const incidentId = known ?? (await this.#propose(tx, group, options));
      if (incidentId) {
        for (const episode of group.episodes) {
          episode.incident_id = incidentId;
        }
        options.counts.joined =
          (options.counts.joined ?? 0) + group.episodes.length;
        joins.push(() => this.#join(tx, incidentId, group));
      }
    }
    return async () => {
      for (const join of joins) {
        await join();
      }
    };
  }

  #groups(
    episodes: DbEpisode[],
    entities: Map<string, MatchedEntity>,
  ): Group[] {
    const groups = new Map<string, Group>();
    for (const episode of episodes) {
      const entity = entities.get(episode.entity_ref ?? '');
      if (entity) {
        const { groupKey: key } = entity;
        const group = groups.get(key) ?? { key, entities: [], episodes: [] };
        group.episodes.push(episode);
        if (!group.entities.includes(entity)) {
          group.entities.push(entity);
        }
        groups.set(key, group);
      }
    }
    return [...groups.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** An open incident of the group, else of one of its entities. */
  async #openIncident(tx: Knex, group: Group): Promise<string | undefined> {
    const query = tx('alert_group').where('group_key', group.key);
    const row = await (tx.client.config.client === 'pg'
      ? query.forUpdate()
      : query
    ).first('incident_id');
    const open = async (ids: string[]) =>
      (
        await tx('incident')
          .whereIn('incident_id', ids)
          .where('open', true)
          .orderBy('created_at', 'desc')
          .first('incident_id')
      )?.incident_id as string | undefined;
    const own = row?.incident_id ? await open([row.incident_id]) : undefined;
    if (own) {
      return own;
    }
    const affecting = await tx('incident_entity as e')
      .join('incident as i', 'i.incident_id', 'e.incident_id')
      .whereIn(
        'e.entity_ref',
        group.entities.map(entity => entity.entityRef),
      )
      .where('i.open', true)
      .where('i.drill', false)
      .orderBy('i.created_at', 'desc')
      .first('e.incident_id');
    return affecting?.incident_id;
  }

  #severityOf(episodes: DbEpisode[]): string | undefined {
    const order = this.#policy.severities.map(one => one.id);
    return episodes
      .map(episode => {
        const label: unknown = JSON.parse(episode.labels).severity;
        const table = this.#severities;
        return typeof label === 'string' &&
          Object.prototype.hasOwnProperty.call(table, label)
          ? table[label]
          : undefined;
      })
      .filter((one): one is string => one !== undefined)
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))[0];
  }

  async #propose(
    tx: Knex,
    group: Group,
    {
      source,
      now,
      counts,
    }: { source: string; now: string; counts: DeliveryCounts },
  ): Promise<string | undefined> {
    const severity = this.#severityOf(group.episodes);
    if (!severity) {
      return undefined;
    }
    const earliest = group.episodes.map(one => one.starts_at).sort()[0];
    // The sender's clock may be ahead.
    const detectedAt = earliest < now ? earliest : now;
    const [first] = group.episodes;
    const [entity] = group.entities;
    const title = `${entity.title}: ${first.summary || first.name}`;
    const { state } = await this.#store.begin(
      {},
      (identity, at) =>
        decideIncident(
          undefined,
          {
            type: 'propose',
            ...identity,
            title: title.slice(0, MAX_TITLE_LENGTH),
            severity,
            source,
            entityRefs: group.entities.map(one => one.entityRef),
            owners: group.entities.flatMap(one => one.owners),
            detectedAt,
            impactStartedAt: detectedAt,
          },
          { now: at, policy: this.#policy },
        ),
      tx,
    );
    await tx('alert_group')
      .where('group_key', group.key)
      .update({ incident_id: state.incidentId });
    counts.proposed += 1;
    return state.incidentId;
  }

  /** Tells the incident's journal, when it is worth a line. */
  async #join(tx: Knex, incidentId: string, group: Group): Promise<void> {
    const [{ total }] = await tx('alert_episode')
      .where('incident_id', incidentId)
      .count({ total: '*' });
    const after = Number(total);
    const before = after - group.episodes.length;
    const names = [...new Set(group.episodes.map(one => one.name))];
    await this.#store.transact(incidentId, { tx }, (state, now) => {
      const isNew = (ref: string) => !state.entityRefs.includes(ref);
      const entities = group.entities.filter(one => isNew(one.entityRef));
      const widens = state.status === 'proposed' && entities.length > 0;
      return widens || digits(after) > digits(before)
        ? decideIncident(
            state,
            {
              type: 'join-alerts',
              total: after,
              names: names.slice(0, MAX_NAMES),
              entityRefs: entities.map(one => one.entityRef),
              owners: entities.flatMap(one => one.owners),
            },
            { now, policy: this.#policy },
          )
        : [];
    });
  }
}

function digits(value: number): number {
  return value === 0 ? 0 : String(value).length;
}
