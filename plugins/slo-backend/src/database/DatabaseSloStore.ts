import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Bucket,
  BUCKET_SECONDS,
  SloDefinition,
  SloStatus,
} from '@handrail/plugin-slo-common';
import type { Knex } from 'knex';
import {
  CountsPost,
  Outcome,
  Replacement,
  SloStore,
  StatusChange,
  StoredSlo,
  StreamCount,
} from './SloStore';

const MIGRATIONS = resolvePackagePath(
  '@handrail/plugin-slo-backend',
  'migrations',
);
const DAY = 86_400;
const PER_DAY = DAY / BUCKET_SECONDS;
/** Rows of one statement; SQLite allows 999 values in one. */
const BATCH = 100;

/** Number in the day, bad, total. */
type Triple = [number, number, number];

interface SloRow {
  ref: string;
  definition: string;
  status: SloStatus;
  evaluation: string | null;
  evaluated_at: number | string | null;
  data_until: number | string | null;
  error: string | null;
  error_at: number | string | null;
}

/** SLOs on PostgreSQL or SQLite. */
export class DatabaseSloStore implements SloStore {
  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseSloStore> {
    const { database } = options;
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: MIGRATIONS });
    }
    return new DatabaseSloStore(knex);
  }

  private constructor(private readonly knex: Knex) {}

  async syncDefinitions(definitions: SloDefinition[]): Promise<void> {
    const rows = definitions.map(definition => ({
      ref: definition.ref,
      definition: JSON.stringify(definition),
      status: 'unknown',
    }));
    await this.knex.transaction(async tx => {
      const known = new Map(
        (await tx<SloRow>('slo').select('ref', 'definition')).map(row => [
          row.ref,
          row.definition,
        ]),
      );
      const changed = rows.filter(row => known.get(row.ref) !== row.definition);
      for (let i = 0; i < changed.length; i += BATCH) {
        await tx('slo')
          .insert(changed.slice(i, i + BATCH))
          .onConflict('ref')
          .merge(['definition']);
      }
      const kept = new Set(rows.map(row => row.ref));
      const gone = [...known.keys()].filter(ref => !kept.has(ref));
      for (let i = 0; i < gone.length; i += BATCH) {
        await tx('slo')
          .whereIn('ref', gone.slice(i, i + BATCH))
          .delete();
      }
    });
  }

  async list(): Promise<StoredSlo[]> {
    return (await this.knex<SloRow>('slo').select()).map(fromRow);
  }

  async get(ref: string): Promise<StoredSlo | undefined> {
    const row = await this.knex<SloRow>('slo').where({ ref }).first();
    return row && fromRow(row);
  }

  async saveOutcomes(outcomes: Outcome[]): Promise<StatusChange[]> {
    const changes: StatusChange[] = [];
    await this.knex.transaction(async tx => {
      // In one order, so that two replicas do not wait for each other.
      const ordered = [...outcomes].sort((a, b) => (a.ref < b.ref ? -1 : 1));
      const before = new Map<string, SloRow>();
      for (let i = 0; i < ordered.length; i += BATCH) {
        const refs = ordered.slice(i, i + BATCH).map(({ ref }) => ref);
        const rows = await tx<SloRow>('slo')
          .whereIn('ref', refs)
          .orderBy('ref')
          .forUpdate()
          .select('ref', 'status', 'evaluated_at');
        rows.forEach(row => before.set(row.ref, row as SloRow));
      }
      for (const outcome of ordered) {
        const { ref, at } = outcome;
        const row = before.get(ref);
        if (!row) {
          continue;
        }
        if ('error' in outcome) {
          await tx('slo')
            .where({ ref })
            .update({ error: outcome.error, error_at: at });
          continue;
        }
        // Another replica may have been later and quicker.
        if (Number(row.evaluated_at ?? 0) > at) {
          continue;
        }
        const { evaluation, dataUntil } = outcome;
        await tx('slo')
          .where({ ref })
          .update({
            status: evaluation.status,
            evaluation: JSON.stringify(evaluation),
            evaluated_at: at,
            data_until: dataUntil,
            error: null,
            error_at: null,
          });
        if (row.status !== evaluation.status) {
          changes.push({ ref, from: row.status, to: evaluation.status });
        }
      }
    });
    return changes;
  }

  async ranges(
    keys: string[],
  ): Promise<Map<string, { since: number; until: number }>> {
    const ranges = new Map<string, { since: number; until: number }>();
    for (let i = 0; i < keys.length; i += BATCH) {
      const rows = await this.knex('slo_series')
        .whereIn('series_key', keys.slice(i, i + BATCH))
        .select();
      rows.forEach(row =>
        ranges.set(row.series_key, {
          since: Number(row.since),
          until: Number(row.until),
        }),
      );
    }
    return ranges;
  }

  async replaceBuckets(replacements: Replacement[]): Promise<void> {
    // In one order, so that two replicas do not wait for each other.
    const ordered = [...replacements].sort((a, b) => (a.key < b.key ? -1 : 1));
    for (let i = 0; i < ordered.length; i += BATCH) {
      const batch = ordered.slice(i, i + BATCH);
      await this.knex.transaction(tx => this.#replace(tx, batch));
    }
  }

  async readBuckets(
    keys: string[],
    range: { from: number; until: number },
  ): Promise<Map<string, Bucket[]>> {
    const { from, until } = range;
    const rows = await this.knex('slo_bucket_day')
      .whereIn('series_key', keys)
      .whereBetween('day', [
        Math.floor(from / DAY),
        Math.floor((until - 1) / DAY),
      ])
      .orderBy('day')
      .select('series_key', 'day', 'buckets');
    const found = new Map<string, Bucket[]>(keys.map(key => [key, []]));
    for (const row of rows) {
      const buckets = found.get(row.series_key);
      for (const [index, bad, total] of JSON.parse(row.buckets) as Triple[]) {
        const at = row.day * DAY + index * BUCKET_SECONDS;
        if (at >= from && at < until) {
          buckets?.push({ at, bad, total });
        }
      }
    }
    return found;
  }

  async addCounts(
    counts: StreamCount[],
    post?: CountsPost,
  ): Promise<{ repeated: boolean }> {
    return this.knex.transaction(async tx => {
      if (post) {
        const { sender, id, digest } = post;
        const inserted = await tx('slo_counts')
          .insert(post)
          .onConflict(['sender', 'id'])
          .ignore()
          .returning('id');
        if (inserted.length === 0) {
          const before = await tx('slo_counts')
            .where({ sender, id })
            .first('digest');
          if (before?.digest !== digest) {
            throw new ConflictError(
              `The id ${JSON.stringify(
                id,
              )} was used before for other counts; a repeat must be the same, and new counts need a new id`,
            );
          }
          return { repeated: true };
        }
      }
      for (const [key, own] of groupBy(counts, count => count.key)) {
        await this.#addToSeries(tx, key, own);
      }
      return { repeated: false };
    });
  }

  async prune(before: number): Promise<void> {
    await this.knex('slo_bucket_day')
      .where('day', '<', Math.floor(before / DAY))
      .delete();
    await this.knex('slo_counts').where('at', '<', before).delete();
  }

  async #replace(tx: Knex.Transaction, replacements: Replacement[]) {
    await this.#extend(tx, replacements);
    // Of whole days nothing is left to keep, so only first and last are read.
    const edges = replacements.flatMap(({ from, until }) => [
      Math.floor(from / DAY),
      Math.floor((until - 1) / DAY),
    ]);
    const before = await this.#readDays(
      tx,
      replacements.map(({ key }) => key),
      [...new Set(edges)],
    );
    const rows = replacements.flatMap(({ key, from, until, buckets }) => {
      const isIn = (at: number) => at >= from && at < until;
      const fresh = byDay(buckets.filter(({ at }) => isIn(at)));
      const low = Math.floor(from / DAY);
      const high = Math.floor((until - 1) / DAY);
      return Array.from({ length: high - low + 1 }, (_, i) => {
        const day = low + i;
        const kept = (before.get(`${key} ${day}`) ?? []).filter(
          ([index]) => !isIn(day * DAY + index * BUCKET_SECONDS),
        );
        return toDayRow(key, day, [...kept, ...(fresh.get(day) ?? [])]);
      });
    });
    await this.#writeDays(tx, rows);
  }

  async #addToSeries(tx: Knex.Transaction, key: string, counts: StreamCount[]) {
    const times = counts.map(count => count.at);
    const from = Math.min(...times);
    const until = Math.max(...times) + BUCKET_SECONDS;
    await this.#extend(tx, [{ key, from, until }]);
    const days = byDay(counts);
    const before = await this.#readDays(tx, [key], [...days.keys()]);
    const rows = [...days].map(([day, triples]) => {
      const sums = new Map<number, Triple>();
      for (const [index, bad, total] of [
        ...(before.get(`${key} ${day}`) ?? []),
        ...triples,
      ]) {
        const sum = sums.get(index) ?? [index, 0, 0];
        sums.set(index, [index, sum[1] + bad, sum[2] + total]);
      }
      return toDayRow(key, day, [...sums.values()]);
    });
    await this.#writeDays(tx, rows);
  }

  /** Widens the ranges that are stored, and holds the series until the end. */
  async #extend(
    tx: Knex.Transaction,
    ranges: Array<{ key: string; from: number; until: number }>,
  ) {
    const postgres = tx.client.config.client === 'pg';
    const [least, greatest] = postgres ? ['LEAST', 'GREATEST'] : ['MIN', 'MAX'];
    await tx('slo_series')
      .insert(
        ranges.map(({ key, from, until }) => ({
          series_key: key,
          since: from,
          until,
        })),
      )
      .onConflict('series_key')
      .merge({
        since: tx.raw(`${least}(slo_series.since, excluded.since)`),
        until: tx.raw(`${greatest}(slo_series.until, excluded.until)`),
      });
  }

  /** By key and day. */
  async #readDays(
    tx: Knex.Transaction,
    keys: string[],
    days: number[],
  ): Promise<Map<string, Triple[]>> {
    const rows = await tx('slo_bucket_day')
      .whereIn('series_key', keys)
      .whereIn('day', days)
      .select('series_key', 'day', 'buckets');
    return new Map(
      rows.map(row => [
        `${row.series_key} ${row.day}`,
        JSON.parse(row.buckets) as Triple[],
      ]),
    );
  }

  async #writeDays(tx: Knex.Transaction, rows: object[]) {
    for (let i = 0; i < rows.length; i += BATCH) {
      await tx('slo_bucket_day')
        .insert(rows.slice(i, i + BATCH))
        .onConflict(['series_key', 'day'])
        .merge(['buckets']);
    }
  }
}

function toDayRow(key: string, day: number, triples: Triple[]) {
  const used = triples
    .filter(([, bad, total]) => total !== 0 || bad !== 0)
    .sort(([a], [b]) => a - b);
  return { series_key: key, day, buckets: JSON.stringify(used) };
}

function byDay(buckets: Bucket[]): Map<number, Triple[]> {
  const days = new Map<number, Triple[]>();
  for (const { at, bad, total } of buckets) {
    const number = Math.floor(at / BUCKET_SECONDS);
    const day = Math.floor(number / PER_DAY);
    const triples = days.get(day) ?? [];
    triples.push([number - day * PER_DAY, bad, total]);
    days.set(day, triples);
  }
  return days;
}

function groupBy<T>(items: T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  items.forEach(item => {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  });
  // In one order, so that two replicas do not wait for each other.
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fromRow(row: SloRow): StoredSlo {
  const seconds = (value: number | string | null) =>
    value === null ? undefined : Number(value);
  return {
    definition: JSON.parse(row.definition),
    status: row.status,
    evaluation: row.evaluation ? JSON.parse(row.evaluation) : undefined,
    evaluatedAt: seconds(row.evaluated_at),
    dataUntil: seconds(row.data_until),
    error: row.error ?? undefined,
    errorAt: seconds(row.error_at),
  };
}
