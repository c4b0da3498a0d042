import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';

/** Names are lower-case, so they need no quotes and mean the same everywhere. */
const NAME = /^[a-z][a-z0-9_]*$/;
/** Leaves room for the suffixes within PostgreSQL's 63 bytes. */
const MAX_NAME = 48;

const OWN_COLUMNS = [
  'seq',
  'type',
  'at',
  'actor',
  'data',
  'prev_hash',
  'hash',
  'command_id',
];

/**
 * Where a journal lives.
 * @public
 */
export interface JournalTable {
  table: string;
  /** Column that says whose journal a row belongs to, such as `run_id`. */
  subjectColumn: string;
}

/** What the SQLite guards say; conflicts are recognised by the third. */
export const guardMessages = (table: string) => ({
  update: `journal ${table} is append-only: rows cannot be updated`,
  delete: `journal ${table} is append-only: rows cannot be deleted`,
  insert: `journal ${table} already holds this event or command`,
});

/** Names of what belongs to a journal table, all derived from its own. */
export const namesOf = (table: string) => ({
  primaryKey: `${table}_pk`,
  commandKey: `${table}_command_uq`,
  guardFunction: `${table}_guard`,
  guardTrigger: `${table}_guard`,
  guardUpdate: `${table}_guard_update`,
  guardDelete: `${table}_guard_delete`,
  guardInsert: `${table}_guard_insert`,
});

/** @throws InputError when a name cannot be used */
export function checkNames(table: string, subjectColumn?: string): void {
  for (const [what, name] of Object.entries({ table, subjectColumn })) {
    if (
      name !== undefined &&
      (!NAME.test(name) || name.length > MAX_NAME || OWN_COLUMNS.includes(name))
    ) {
      throw new InputError(
        `${what} is ${JSON.stringify(
          name,
        )}; allowed are up to ${MAX_NAME} lower-case letters, digits and underscores, the first a letter, and none of ${OWN_COLUMNS.join(
          ', ',
        )}`,
      );
    }
  }
}

export function isPostgres(knex: Knex): boolean {
  const client = String(knex.client.config.client);
  if (client === 'pg') {
    return true;
  }
  if (client.includes('sqlite')) {
    return false;
  }
  throw new InputError(
    `The database client is ${client}; allowed are pg and better-sqlite3`,
  );
}

export async function createPostgresGuard(
  knex: Knex,
  table: string,
): Promise<void> {
  const { guardFunction, guardTrigger } = namesOf(table);
  await knex.raw(`
    CREATE FUNCTION ${guardFunction}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'journal % is append-only: % is not allowed', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
    END;
    $$`);
  // Per statement: covers TRUNCATE, and ON CONFLICT DO UPDATE even when no row
  // conflicts.
  await knex.raw(`
    CREATE TRIGGER ${guardTrigger}
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
    FOR EACH STATEMENT EXECUTE FUNCTION ${guardFunction}()`);
}

async function createSqliteGuards(
  knex: Knex,
  { table, subjectColumn }: JournalTable,
): Promise<void> {
  const names = namesOf(table);
  const messages = guardMessages(table);
  await knex.raw(`
    CREATE TRIGGER ${names.guardUpdate} BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${messages.update}'); END`);
  await knex.raw(`
    CREATE TRIGGER ${names.guardDelete} BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${messages.delete}'); END`);
  // INSERT OR REPLACE removes the row in its way without firing the guard
  // above, so it has to be stopped before it looks for one.
  await knex.raw(`
    CREATE TRIGGER ${names.guardInsert} BEFORE INSERT ON ${table}
    WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${subjectColumn} = NEW.${subjectColumn} AND seq = NEW.seq)
      OR EXISTS (SELECT 1 FROM ${table} WHERE ${subjectColumn} = NEW.${subjectColumn} AND command_id = NEW.command_id)
      OR EXISTS (SELECT 1 FROM ${table} WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, '${messages.insert}'); END`);
}

/**
 * Creates a journal table with its guards, for the `up` of a migration.
 *
 * Rows can be inserted and read; the database itself refuses UPDATE and DELETE
 * (on PostgreSQL TRUNCATE too, on SQLite INSERT OR REPLACE too). Whoever may
 * drop triggers can get round the guards, and is found out by the chain.
 *
 * @throws InputError when a name cannot be used, or the database is neither
 *   PostgreSQL nor SQLite
 * @public
 */
export async function createJournalTable(
  knex: Knex,
  tableName: string,
  options: { subjectColumn: string },
): Promise<void> {
  const { subjectColumn } = options;
  checkNames(tableName, subjectColumn);
  const postgres = isPostgres(knex);
  const names = namesOf(tableName);

  await knex.schema.createTable(tableName, table => {
    table.comment('Append-only journal, each row chained to the one before it');
    table.text(subjectColumn).notNullable().comment('Whose journal it is');
    table.integer('seq').notNullable().comment('1, 2, 3, … per subject');
    table.text('type').notNullable().comment('What happened');
    table.text('at').notNullable().comment('ISO 8601, UTC, milliseconds');
    table.text('actor').comment('Who caused it; null for the system');
    // Text and not jsonb: the stored bytes are the hashed bytes.
    table.text('data').notNullable().comment('Canonical JSON (RFC 8785)');
    table.text('prev_hash').notNullable().comment('Hash of the row before');
    table.text('hash').notNullable().comment('SHA-256 of this row, hex');
    table
      .text('command_id')
      .comment('On the last event of a command: its id. Not hashed');
    // A plain string, because knex misreads the options form on SQLite.
    table.primary([subjectColumn, 'seq'], names.primaryKey);
  });
  // Partial, because most events have no command.
  await knex.raw(
    `CREATE UNIQUE INDEX ${names.commandKey} ON ${tableName} (${subjectColumn}, command_id) WHERE command_id IS NOT NULL`,
  );
  if (postgres) {
    await createPostgresGuard(knex, tableName);
  } else {
    await createSqliteGuards(knex, { table: tableName, subjectColumn });
  }
}

/**
 * Drops a journal table, its guards and all events in it, for the `down` of a
 * migration.
 *
 * @throws InputError when the name cannot be used
 * @public
 */
export async function dropJournalTable(
  knex: Knex,
  tableName: string,
): Promise<void> {
  checkNames(tableName);
  const postgres = isPostgres(knex);
  // Triggers and indexes go with their table.
  await knex.schema.dropTable(tableName);
  if (postgres) {
    await knex.raw(`DROP FUNCTION ${namesOf(tableName).guardFunction}()`);
  }
}
