import type { Knex } from 'knex';

/** Whether the database is PostgreSQL; else it is SQLite. */
export function isPostgres(knex: Knex): boolean {
  const { client } = knex.client.config;
  if (client === 'pg') {
    return true;
  }
  if (client === 'better-sqlite3') {
    return false;
  }
  throw new Error(
    `The database client of the incidents plugin is ${client}; allowed are pg and better-sqlite3`,
  );
}

/** Tells the time by which duties are judged. */
export interface Clock {
  /** ISO instant, UTC, milliseconds. */
  now(db: Knex): Promise<string>;
}

const POSTGRES_NOW = `to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const SQLITE_NOW = `strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;

/** The database's own clock: replicas whose clocks differ agree on it. */
export const databaseClock: Clock = {
  async now(db) {
    if (isPostgres(db)) {
      const { rows } = await db.raw(`SELECT ${POSTGRES_NOW} AS now`);
      return rows[0].now;
    }
    const [row] = await db.raw(`SELECT ${SQLITE_NOW} AS now`);
    return row.now;
  },
};

/**
 * Locks rows of one table in the order given until the transaction ends. On
 * SQLite, which has one writer, it becomes that writer, so that nothing read
 * before can be out of date when it is written.
 */
export async function lockRows(
  tx: Knex,
  table: string,
  column: string,
  values: string[],
): Promise<void> {
  const ordered = [...new Set(values)].sort();
  if (isPostgres(tx)) {
    for (const value of ordered) {
      await tx(table).where(column, value).forUpdate().select(column);
    }
  } else {
    await tx(table)
      .whereIn(column, ordered)
      .update({ [column]: tx.ref(column) });
  }
}

/**
 * Locks the rows of a query until the transaction ends. On SQLite nothing is
 * to do for a transaction that wrote before: it is alone.
 */
export function forUpdate<T extends Knex.QueryBuilder>(db: Knex, query: T): T {
  return isPostgres(db) ? (query.forUpdate() as T) : query;
}
