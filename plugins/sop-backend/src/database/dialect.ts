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
    `The database client of the sop plugin is ${client}; allowed are pg and better-sqlite3`,
  );
}

/** An instant as either driver returns it, as ISO 8601 in UTC with milliseconds. */
export function toIso(value: Date | string): string;
export function toIso(
  value: Date | string | null | undefined,
): string | undefined;
export function toIso(
  value: Date | string | null | undefined,
): string | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  return typeof value === 'string' ? value : value.toISOString();
}

/**
 * Lends a driver connection of the pool, for what knex has no words for:
 * prepared statements. Inside a knex transaction it is the transaction's own.
 */
export async function withConnection<C, T>(
  knex: Knex,
  fn: (connection: C) => T | Promise<T>,
): Promise<T> {
  const connection = await knex.client.acquireConnection();
  try {
    return await fn(connection);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
