import { ServiceUnavailableError } from '@backstage/errors';
import { Client } from 'pg';
import { MeasuredDatabase } from './config';

const TIMEOUT_MS = 10_000;

/** How a database is doing. */
export interface PostgresMetrics {
  /** Of the connections that the server or the database allows, in percent. */
  connectionsUsedPercent: number;
  /** Blocks found in shared buffers, in percent; 100 when none was asked for. */
  cacheHitPercent: number;
  /** How long the oldest statement has been running; 0 without any. */
  longestQuerySeconds: number;
  databaseBytes: number;
}

/**
 * Views `pg_stat_activity` and `pg_stat_database` of the PostgreSQL manual,
 * chapter "The Cumulative Statistics System". The connection that asks counts as
 * a used one, its statement does not.
 */
const METRICS = `
  SELECT
    100.0 * (
      SELECT count(*) FROM pg_stat_activity
      WHERE backend_type = 'client backend'
        AND (d.datconnlimit < 0 OR datid = d.oid)
    ) / CASE
      WHEN d.datconnlimit >= 0
        THEN least(d.datconnlimit, current_setting('max_connections')::int)
      ELSE current_setting('max_connections')::int
    END AS connections,
    coalesce((
      SELECT 100.0 * blks_hit / nullif(blks_hit + blks_read, 0)
      FROM pg_stat_database WHERE datid = d.oid
    ), 100) AS cache,
    coalesce((
      SELECT max(extract(epoch FROM clock_timestamp() - query_start))
      FROM pg_stat_activity
      WHERE datid = d.oid AND state = 'active' AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
    ), 0) AS longest,
    pg_database_size(d.oid) AS bytes
  FROM pg_database d
  WHERE d.datname = current_database()
`;

/**
 * Measures a database, in a session of its own that can only read.
 * @throws ServiceUnavailableError when it does not answer.
 */
export async function postgresMetrics(
  database: MeasuredDatabase,
): Promise<PostgresMetrics> {
  const client = new Client({
    connectionString: database.connection,
    application_name: 'handrail-measurements',
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    statement_timeout: TIMEOUT_MS,
    options: '-c default_transaction_read_only=on',
  });
  // Without a listener a connection that breaks later would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query(METRICS);
    const [{ connections, cache, longest, bytes }] = rows;
    return {
      connectionsUsedPercent: round(connections),
      cacheHitPercent: round(cache),
      longestQuerySeconds: round(longest),
      databaseBytes: Number(bytes),
    };
  } catch (error) {
    const { code } = error as { code?: string };
    throw new ServiceUnavailableError(
      `Database “${database.name}” cannot be measured${
        code ? ` (${code})` : ''
      }`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Two decimals, as nobody acts on the third. */
function round(value: string | number): number {
  return Math.round(Number(value) * 100) / 100;
}
