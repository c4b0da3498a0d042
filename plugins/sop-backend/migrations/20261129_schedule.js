// @ts-check

/**
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
const instant = (table, name) =>
  table.timestamp(name, { useTz: true, precision: 3 });

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('schedule', table => {
    table.comment('Procedures that start by themselves, and when they do next');
    table.text('sop_ref').primary();
    table
      .text('fingerprint')
      .notNullable()
      .comment('Of the schedule that next_at was planned by');
    instant(table, 'next_at').comment('Null: nothing is planned, see note');
    table.text('note').comment('Why nothing is planned');
    instant(table, 'checked_at')
      .notNullable()
      .comment('When the procedure was last seen with this fingerprint');
    table.index(['next_at'], 'schedule_next_idx');
  });

  await knex.schema.createTable('schedule_occurrence', table => {
    table.comment('Each occurrence and target, and what became of it');
    table.text('sop_ref').notNullable();
    instant(table, 'occurs_at').notNullable();
    table.text('target_ref').notNullable().comment('Empty for none');
    table
      .text('state')
      .notNullable()
      .comment('due, waiting, started, skipped, missed or failed');
    table.text('run_id');
    table.text('reason').comment('Why no run was started, or not yet');
    table.integer('attempts').notNullable().defaultTo(0);
    instant(table, 'try_at').comment('When somebody may take it on');
    instant(table, 'settled_at').comment('When it was no longer due');
    table.primary(
      ['sop_ref', 'occurs_at', 'target_ref'],
      'schedule_occurrence_pk',
    );
    table.index(['occurs_at', 'sop_ref', 'target_ref'], 'schedule_newest_idx');
    table.index(['target_ref', 'occurs_at'], 'schedule_target_idx');
    table.index(['run_id'], 'schedule_run_idx');
  });
  // Few of many rows are open, and only they are looked for.
  await knex.raw(
    "CREATE INDEX schedule_open_idx ON schedule_occurrence (try_at) WHERE state IN ('due', 'waiting')",
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('schedule_occurrence');
  await knex.schema.dropTable('schedule');
};
