import {
  decideIncident,
  DeliveryCounts,
  IncidentPolicy,
  MAX_TITLE_LENGTH,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { forUpdate } from '../database/dialect';
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

/** What joining needs to know of an open incident. */
interface DbOpen {
  incident_id: string;
  status: string;
  entity_refs: string;
}

/** What is known of an incident's alerts without counting them. */
interface Tally {
  /** At least so many. */
  total: number;
  /** How many its journal told of last. */
  told: number;
  /** When to count again; other replicas add alerts, too. */
  until: number;
}

/** Milliseconds. */
const TALLY_TTL = 5_000;
const MAX_TALLIES = 1_000;

/** Turns episodes into proposed incidents, one per group while one is open. */
export class Proposer {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #severities: Record<string, string>;
  readonly #tallies = new Map<string, Tally>();

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
      const known = await this.#openIncident(tx, group);
      const incidentId =
        known?.incident_id ?? (await this.#propose(tx, group, options));
      if (incidentId) {
        for (const episode of group.episodes) {
          episode.incident_id = incidentId;
        }
        options.counts.joined =
          (options.counts.joined ?? 0) + group.episodes.length;
        joins.push(() => this.#join(tx, incidentId, group, known));
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

  /**
   * An open incident of the group, else of one of its entities. It and the
   * group stay as they are until the transaction ends.
   */
  async #openIncident(tx: Knex, group: Group): Promise<DbOpen | undefined> {
    const open = async (ids: string[]): Promise<DbOpen | undefined> =>
      forUpdate(
        tx,
        tx('incident')
          .whereIn('incident_id', ids)
          .where('open', true)
          .orderBy('created_at', 'desc'),
      ).first('incident_id', 'status', 'entity_refs');
    const own = await this.#lockGroup(tx, group.key);
    const current = own ? await open([own]) : undefined;
    if (current) {
      return current;
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
    return affecting && open([affecting.incident_id]);
  }

  /** Whoever writes the row first decides for the group; in one order. */
  async #lockGroup(tx: Knex, key: string): Promise<string> {
    const row = () =>
      forUpdate(tx, tx('alert_group').where('group_key', key)).first(
        'incident_id',
      );
    let found = await row();
    if (!found) {
      await tx('alert_group')
        .insert({ group_key: key, incident_id: '' })
        .onConflict('group_key')
        .ignore();
      found = await row();
    }
    return found.incident_id;
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
  async #join(
    tx: Knex,
    incidentId: string,
    group: Group,
    known: DbOpen | undefined,
  ): Promise<void> {
    const tally = this.#tallies.get(incidentId);
    if (tally) {
      tally.total += group.episodes.length;
    }
    const mayWiden =
      !known || (known.status === 'proposed' && widening(known, group));
    const mayGrow =
      !tally ||
      digits(tally.total) > digits(tally.told) ||
      Date.now() > tally.until;
    if (!mayWiden && !mayGrow) {
      return;
    }
    const [{ counted }] = await tx('alert_episode')
      .where('incident_id', incidentId)
      .count({ counted: '*' });
    const total = Number(counted);
    let told = 0;
    const names = [...new Set(group.episodes.map(one => one.name))];
    await this.#store.transact(incidentId, { tx }, (state, now) => {
      const isNew = (ref: string) => !state.entityRefs.includes(ref);
      const entities = group.entities.filter(one => isNew(one.entityRef));
      const widens = state.status === 'proposed' && entities.length > 0;
      told = state.alertsTold ?? 0;
      if (!widens && digits(total) <= digits(told)) {
        return [];
      }
      told = total;
      return decideIncident(
        state,
        {
          type: 'join-alerts',
          total,
          names: names.slice(0, MAX_NAMES),
          entityRefs: entities.map(one => one.entityRef),
          owners: entities.flatMap(one => one.owners),
        },
        { now, policy: this.#policy },
      );
    });
    if (this.#tallies.size > MAX_TALLIES) {
      this.#tallies.clear();
    }
    this.#tallies.set(incidentId, {
      total,
      told,
      until: Date.now() + TALLY_TTL,
    });
  }

  /** What was counted in a transaction that failed is not so. */
  forget(): void {
    this.#tallies.clear();
  }
}

function widening({ entity_refs }: DbOpen, group: Group): boolean {
  const refs: string[] = JSON.parse(entity_refs);
  return group.entities.some(one => !refs.includes(one.entityRef));
}

function digits(value: number): number {
  return value === 0 ? 0 : String(value).length;
}
