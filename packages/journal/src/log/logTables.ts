import type { Knex } from 'knex';
import {
  checkNames,
  createPostgresGuard,
  guardMessages,
  isPostgres,
  namesOf,
} from '../database/table';

/** The tables of a log, all named after it. */
export const logTables = (name: string) => ({
  head: `${name}_head`,
  leaf: `${name}_leaf`,
  node: `${name}_node`,
  checkpoint: `${name}_checkpoint`,
  key: `${name}_key`,
});

/** Their keys: what a row that is there keeps others from replacing. */
const KEYS: Record<
  Exclude<keyof ReturnType<typeof logTables>, 'head'>,
  string[]
> = {
  leaf: ['idx'],
  node: ['level', 'idx'],
  checkpoint: ['size'],
  key: ['idx'],
};

async function guard(knex: Knex, table: string, key: string[]): Promise<void> {
  if (isPostgres(knex)) {
    await createPostgresGuard(knex, table);
    return;
  }
  const names = namesOf(table);
  const messages = guardMessages(table);
  const same = key.map(column => `${column} = NEW.${column}`).join(' AND ');
  await knex.raw(`
    CREATE TRIGGER ${names.guardUpdate} BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${messages.update}'); END`);
  await knex.raw(`
    CREATE TRIGGER ${names.guardDelete} BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${messages.delete}'); END`);
  await knex.raw(`
    CREATE TRIGGER ${names.guardInsert} BEFORE INSERT ON ${table}
    WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same})
      OR EXISTS (SELECT 1 FROM ${table} WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, '${messages.insert}'); END`);
}

/**
 * Creates the tables of a Merkle log, for the `up` of a migration. Leaves,
 * inner nodes, checkpoints and keys are append-only like journals; the row that
 * says how far the log is follows from them and is only a lock and a bookmark.
 *
 * @throws InputError when the name cannot be used, or the database is neither
 *   PostgreSQL nor SQLite
 * @public
 */
export async function createLogTables(knex: Knex, name: string): Promise<void> {
  checkNames(`${name}_checkpoint`);
  const tables = logTables(name);
  await knex.schema.createTable(tables.head, table => {
    table.comment('Where the log stands; who changes it has the pen');
    table.integer('id').primary();
    table.bigInteger('size').notNullable();
    table.text('cursor').comment('Up to where the source was read');
  });
  await knex(tables.head).insert({ id: 1, size: 0 });
  await knex.schema.createTable(tables.leaf, table => {
    table.comment('Merkle log (RFC 9162): one row per leaf, in order');
    table.bigInteger('idx').primary().comment('0, 1, 2, … without gaps');
    table.text('hash').notNullable().comment('Data of the leaf: a hash, hex');
    table.text('subject').notNullable().comment('Whose entry it is');
    table.integer('seq').notNullable().comment('Number within the subject');
    table.unique(['subject', 'seq'], `${tables.leaf}_subject_uq`);
  });
  await knex.schema.createTable(tables.node, table => {
    table.comment('Hashes of complete subtrees of 256, 65536, … leaves');
    table.integer('level').notNullable().comment('2^level leaves');
    table.bigInteger('idx').notNullable();
    table.text('hash').notNullable();
    table.primary(['level', 'idx'], `${tables.node}_pk`);
  });
  await knex.schema.createTable(tables.checkpoint, table => {
    table.comment('Signed checkpoints (C2SP tlog-checkpoint)');
    table.bigInteger('size').primary();
    table.text('at').notNullable();
    table.text('note').notNullable();
  });
  await knex.schema.createTable(tables.key, table => {
    table.comment('Keys that signed checkpoints; each is a leaf of the log');
    table.bigInteger('idx').primary();
    table.text('record').notNullable().comment('Canonical JSON');
  });
  for (const [table, key] of Object.entries(KEYS)) {
    await guard(knex, tables[table as keyof typeof KEYS], key);
  }
}

/**
 * Drops the tables of a log, for the `down` of a migration.
 * @public
 */
export async function dropLogTables(knex: Knex, name: string): Promise<void> {
  checkNames(`${name}_checkpoint`);
  const tables = logTables(name);
  for (const table of Object.values(tables)) {
    await knex.schema.dropTable(table);
    if (isPostgres(knex) && table !== tables.head) {
      await knex.raw(`DROP FUNCTION ${namesOf(table).guardFunction}()`);
    }
  }
}
