// @ts-check

const { createJournalTable, dropJournalTable } = require('@handrail/journal');

/**
 * An instant; milliseconds are all the journal knows.
 *
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
const instant = (table, name) =>
  table.timestamp(name, { useTz: true, precision: 3 });

/**
 * Keeps the key in the rows' order of arrival and lets the run's row be updated
 * in place: no indexed column changes in most transitions.
 *
 * @param {import('knex').Knex} knex
 */
async function tunePostgres(knex) {
  await knex.raw('ALTER TABLE run SET (fillfactor = 60)');
  await knex.raw('ALTER TABLE run_step SET (fillfactor = 70)');
  for (const table of ['run', 'run_step', 'task_inbox', 'timer']) {
    await knex.raw(
      `ALTER TABLE ${table} SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000)`,
    );
  }
}

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  const postgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('sop_revision', table => {
    table.comment('Revisions of procedures, by the hash of their content');
    table
      .text('hash')
      .primary()
      .comment('SHA-256 of the canonical JSON of spec');
    table.text('sop_ref').notNullable();
    table.text('title').notNullable();
    table.text('number').comment('Document number');
    table.text('label').comment('Revision label of the document');
    table.text('spec').notNullable().comment('Canonical JSON');
    instant(table, 'created_at').notNullable();
  });

  await knex.schema.createTable('run', table => {
    table.comment('The current state of each run, derived from its journal');
    table.text('run_id').primary();
    table.text('start_key').notNullable().unique('run_start_uq');
    table.text('sop_ref').notNullable();
    table.text('sop_title').notNullable();
    table
      .text('revision_hash')
      .notNullable()
      .references('hash')
      .inTable('sop_revision')
      .onDelete('RESTRICT');
    table.integer('engine_version').notNullable();
    table.text('genesis').notNullable().comment('Hash that event 1 follows');
    table.integer('version').notNullable().comment('Number of the last event');
    table.text('head').notNullable().comment('Hash of the last event');
    table.text('title').notNullable();
    table.text('status').notNullable();
    table.text('target_ref');
    table.text('initiator').notNullable();
    instant(table, 'started_at').notNullable();
    instant(table, 'updated_at').notNullable();
    instant(table, 'closed_at');
    table.integer('done').notNullable();
    table.integer('total').notNullable();
    table.text('waiting').notNullable().comment('JSON: what it waits for');

    // Newest first, for each filter a list offers. The status is in its own
    // set of indexes because rare statuses would else be looked for in vain.
    table.index(['started_at', 'run_id'], 'run_started_idx');
    table.index(['status', 'started_at', 'run_id'], 'run_status_idx');
    for (const column of ['sop_ref', 'target_ref', 'initiator']) {
      table.index([column, 'started_at', 'run_id'], `run_${column}_idx`);
      table.index(
        [column, 'status', 'started_at', 'run_id'],
        `run_${column}_status_idx`,
      );
    }
    table.index(
      ['target_ref', 'sop_ref', 'started_at', 'run_id'],
      'run_target_sop_idx',
    );
  });

  await createJournalTable(knex, 'run_event', { subjectColumn: 'run_id' });

  await knex.schema.createTable('run_step', table => {
    table.comment('Steps that something happened to, tasks of people included');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.text('type').notNullable();
    table.text('name').notNullable();
    table.text('role');
    table.text('status').notNullable();
    table.integer('attempt').notNullable();
    table.integer('version').notNullable().comment('Number of its last event');
    instant(table, 'since').comment('Begin of this attempt');
    instant(table, 'ended_at');
    instant(table, 'due_at');
    table.text('claimed_by');
    table.primary(['run_id', 'step_id'], 'run_step_pk');
  });

  await knex.schema.createTable('task_inbox', table => {
    table.comment('Whom each open task waits for: one row per person or group');
    table.text('principal').notNullable().comment('Entity ref');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table
      .text('sort_due')
      .notNullable()
      .comment('Deadline, or the end of time');
    table.text('since').notNullable();
    table
      .text('excluded')
      .notNullable()
      .comment('Who may not act: |ref|ref|, empty for nobody');
    table.primary(['run_id', 'step_id', 'principal'], 'task_inbox_pk');
    table.index(
      ['principal', 'sort_due', 'since', 'run_id', 'step_id'],
      'task_inbox_order_idx',
    );
  });

  await knex.schema.createTable('task_done', table => {
    table.comment('What people did: one row per vote and finished task');
    table.text('run_id').notNullable();
    table.integer('seq').notNullable().comment('The event that says so');
    table.text('actor').notNullable();
    table.text('step_id').notNullable();
    table.text('outcome').notNullable();
    instant(table, 'done_at').notNullable();
    table.primary(['run_id', 'seq'], 'task_done_pk');
    table.index(['actor', 'done_at', 'run_id', 'seq'], 'task_done_actor_idx');
  });

  await knex.schema.createTable('timer', table => {
    table.comment('Work that becomes due');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.text('kind').notNullable();
    table.integer('attempt').notNullable();
    table.integer('try');
    instant(table, 'due_at').notNullable();
    table.bigInteger('fence').notNullable().comment('Grows with each claim');
    table.text('owner').comment('Who claimed it last');
    table.primary(['run_id', 'step_id'], 'timer_pk');
    table.index(['due_at'], 'timer_due_idx');
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('Transitions in an order that is safe to follow');
    table.bigIncrements('id', { primaryKey: !postgres });
    if (postgres) {
      table
        .specificType('xid', 'xid8')
        .notNullable()
        .defaultTo(knex.raw('pg_current_xact_id()'))
        .comment('Transaction that wrote it; numbers are handed out in order');
    }
    table.text('run_id').notNullable();
    table.integer('first_seq').notNullable();
    table.integer('last_seq').notNullable();
    table.text('actor').comment('Who sent the command');
    table.unique(['run_id', 'last_seq'], 'outbox_run_uq');
    if (postgres) {
      table.index(['xid', 'id'], 'outbox_order_idx');
    }
  });

  if (postgres) {
    await tunePostgres(knex);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'outbox',
    'timer',
    'task_done',
    'task_inbox',
    'run_step',
  ]) {
    await knex.schema.dropTable(table);
  }
  await dropJournalTable(knex, 'run_event');
  await knex.schema.dropTable('run');
  await knex.schema.dropTable('sop_revision');
};
