import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import createKnex, { Knex } from 'knex';
import { DatabaseRunStore } from '../../plugins/sop-backend/src/database';

export interface BenchDatabase {
  name: 'postgres' | 'sqlite';
  knex: Knex;
  /** The same place as `backend.database` of a portal's configuration. */
  config: JsonObject;
  close(): Promise<void>;
}

/** Tells what went wrong, and nothing else. */
export const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** A database of its own on the server that `HANDRAIL_BENCH_PG` names. */
async function postgres(url: string): Promise<BenchDatabase> {
  const name = `bench_${process.pid}_${Date.now()}`;
  const admin = createKnex({
    client: 'pg',
    connection: url,
    pool: { min: 0, max: 1 },
  });
  await admin.raw('CREATE DATABASE ??', [name]);
  const connection = new URL(url);
  connection.pathname = `/${name}`;
  const knex = createKnex({
    client: 'pg',
    connection: connection.href,
    pool: { min: 0, max: 10 },
  });
  return {
    name: 'postgres',
    knex,
    config: {
      client: 'pg',
      connection: connection.href,
      pluginDivisionMode: 'schema',
      ensureExists: false,
      ensureSchemaExists: true,
    },
    close: async () => {
      await knex.destroy();
      await admin.raw('DROP DATABASE ?? WITH (FORCE)', [name]);
      await admin.destroy();
    },
  };
}

/** A file of its own, with the settings the plugin's database gets. */
async function sqlite(): Promise<BenchDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-bench-'));
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'bench.sqlite') },
    useNullAsDefault: true,
  });
  return {
    name: 'sqlite',
    knex,
    config: { client: 'better-sqlite3', connection: { directory: folder } },
    close: async () => {
      await knex.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Both databases; without a URL only SQLite, and it says so. */
export async function openDatabases(): Promise<BenchDatabase[]> {
  const url = process.env.HANDRAIL_BENCH_PG;
  if (!url) {
    process.stderr.write('HANDRAIL_BENCH_PG is not set: SQLite only\n');
    return [await sqlite()];
  }
  return [await postgres(url), await sqlite()];
}

export function openStore(knex: Knex): Promise<DatabaseRunStore> {
  return DatabaseRunStore.create({
    database: { getClient: async () => knex },
    logger,
    cachedRuns: 4000,
  });
}
