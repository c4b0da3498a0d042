import { randomUUID } from 'node:crypto';
import { DeliveryCounts } from '@handrail/plugin-incidents-common';
import { NormalisedAlert } from '@handrail/plugin-incidents-node';
import type { Knex } from 'knex';
import { judgeAlert, KnownAlert } from './judge';

/** SQLite takes at most 500 rows in the form knex gives to one insert. */
export const MAX_INSERT = 200;

/** A row of `alert_episode`. */
export interface DbEpisode {
  episode_id: string;
  source: string;
  fingerprint: string;
  name: string;
  summary: string | null;
  labels: string;
  annotations: string;
  generator_url: string | null;
  entity_ref: string | null;
  incident_id: string | null;
  open: boolean | number;
  starts_at: string;
  ends_at: string | null;
  first_seen_at: string;
  last_seen_at: string;
  deliveries: number;
}

/** An alert with the entity it is about, if there is one. */
export interface MatchedAlert {
  alert: NormalisedAlert;
  entityRef?: string;
}

/** Nothing yet. */
export function noCounts(): DeliveryCounts {
  return {
    alerts: 0,
    opened: 0,
    updated: 0,
    resolved: 0,
    duplicate: 0,
    stale: 0,
    unmatched: 0,
    proposed: 0,
    joined: 0,
  };
}

interface Entry {
  row?: DbEpisode;
  isNew: boolean;
  changed: boolean;
  /** Deliveries that brought nothing new. */
  repeats: number;
  last?: { startsAt: string; endsAt: string };
}

/**
 * The episodes that one batch touches. Reads what is known, takes alerts one by
 * one, then writes all changes; its caller holds the turn of the source.
 */
export class EpisodeBatch {
  readonly #entries = new Map<string, Entry>();

  private constructor(
    private readonly tx: Knex,
    private readonly source: string,
    private readonly now: string,
  ) {}

  static async read(
    tx: Knex,
    source: string,
    now: string,
    fingerprints: string[],
  ): Promise<EpisodeBatch> {
    const batch = new EpisodeBatch(tx, source, now);
    // The open episode of each alert and the one that ended last.
    const rows: DbEpisode[] = await tx('alert_episode as e')
      .where('e.source', source)
      .whereIn('e.fingerprint', fingerprints)
      .andWhere(any =>
        any
          .whereNull('e.ends_at')
          .orWhere(
            'e.ends_at',
            tx('alert_episode as m')
              .where('m.source', tx.ref('e.source'))
              .where('m.fingerprint', tx.ref('e.fingerprint'))
              .max('m.ends_at'),
          ),
      )
      .select('e.*');
    for (const row of rows) {
      const entry = batch.#entry(row.fingerprint);
      if (row.ends_at === null) {
        entry.row = row;
      } else {
        entry.last = { startsAt: row.starts_at, endsAt: row.ends_at };
      }
    }
    return batch;
  }

  #entry(fingerprint: string): Entry {
    let entry = this.#entries.get(fingerprint);
    if (!entry) {
      entry = { isNew: false, changed: false, repeats: 0 };
      this.#entries.set(fingerprint, entry);
    }
    return entry;
  }

  /** Takes one alert in and counts what it did. */
  take(matched: MatchedAlert, counts: DeliveryCounts): void {
    const { alert, entityRef } = matched;
    const entry = this.#entry(alert.fingerprint);
    const { row } = entry;
    const known: KnownAlert = {
      open:
        row && !row.ends_at
          ? {
              startsAt: row.starts_at,
              labels: JSON.parse(row.labels),
              annotations: JSON.parse(row.annotations),
            }
          : undefined,
      lastEndsAt: entry.last?.endsAt,
      lastStartsAt: entry.last?.startsAt,
    };
    counts.alerts += 1;
    counts.unmatched += entityRef ? 0 : 1;
    const result = judgeAlert(known, alert);
    counts[result.verdict] += 1;
    switch (result.verdict) {
      case 'opened':
        this.#open(entry, matched, result.startsAt, result.endsAt);
        break;
      case 'updated':
        this.#patch(entry, {
          starts_at: result.startsAt,
          labels: JSON.stringify(alert.labels),
          annotations: JSON.stringify(alert.annotations),
          summary: alert.summary ?? null,
        });
        break;
      case 'resolved':
        this.#patch(entry, { ends_at: result.endsAt, open: false });
        entry.last = { startsAt: row!.starts_at, endsAt: result.endsAt };
        break;
      case 'duplicate':
        entry.repeats += 1;
        break;
      default:
    }
  }

  #open(
    entry: Entry,
    { alert, entityRef }: MatchedAlert,
    startsAt: string,
    endsAt: string | undefined,
  ): void {
    if (entry.row) {
      // An episode of this batch that is over already; it is written as it is.
      this.#done.push(entry.row);
      this.#doneNew.push(entry.isNew);
    }
    entry.isNew = true;
    entry.changed = true;
    entry.row = {
      episode_id: randomUUID(),
      source: this.source,
      fingerprint: alert.fingerprint,
      name: alert.name,
      summary: alert.summary ?? null,
      labels: JSON.stringify(alert.labels),
      annotations: JSON.stringify(alert.annotations),
      generator_url: alert.generatorUrl ?? null,
      entity_ref: entityRef ?? null,
      incident_id: null,
      open: endsAt === undefined,
      starts_at: startsAt,
      ends_at: endsAt ?? null,
      first_seen_at: this.now,
      last_seen_at: this.now,
      deliveries: 1,
    };
    if (endsAt !== undefined) {
      entry.last = { startsAt, endsAt };
    }
  }

  readonly #done: DbEpisode[] = [];
  readonly #doneNew: boolean[] = [];

  #patch(entry: Entry, patch: Partial<DbEpisode>): void {
    const row = entry.row!;
    entry.changed = true;
    entry.row = {
      ...row,
      ...patch,
      last_seen_at: this.now,
      deliveries: row.deliveries + 1,
    };
  }

  /** Episodes that this batch opened and that still go on. */
  opened(): DbEpisode[] {
    return [...this.#entries.values()].flatMap(({ row, isNew }) =>
      row && isNew && row.open ? [row] : [],
    );
  }

  /** Writes all changes. */
  async write(): Promise<void> {
    const entries = [...this.#entries.values()];
    const over = this.#done.map((row, index) => ({
      row,
      isNew: this.#doneNew[index],
    }));
    const changed = [
      ...over,
      ...entries.flatMap(({ row, isNew, changed: dirty }) =>
        row && dirty ? [{ row, isNew }] : [],
      ),
    ];
    // First what ends: an alert has at most one open episode.
    for (const { row } of changed.filter(one => !one.isNew)) {
      const { episode_id, ...values } = row;
      await this.tx('alert_episode').where({ episode_id }).update(values);
    }
    const added = changed.filter(one => one.isNew).map(one => one.row);
    for (let start = 0; start < added.length; start += MAX_INSERT) {
      await this.tx('alert_episode').insert(
        added.slice(start, start + MAX_INSERT),
      );
    }
    await this.#countRepeats(entries);
  }

  async #countRepeats(entries: Entry[]): Promise<void> {
    const byCount = new Map<number, string[]>();
    for (const { row, repeats } of entries) {
      if (row && repeats) {
        byCount.set(repeats, [...(byCount.get(repeats) ?? []), row.episode_id]);
      }
    }
    for (const [repeats, ids] of byCount) {
      await this.tx('alert_episode')
        .whereIn('episode_id', ids)
        .update({
          last_seen_at: this.now,
          deliveries: this.tx.raw('deliveries + ?', [repeats]),
        });
    }
  }
}
