// @ts-check

const { createJournalTable, dropJournalTable } = require('@handrail/journal');

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
  await knex.schema.createTable('procedure_control', table => {
    table.comment('Document control of each procedure, from its journal');
    table.text('sop_ref').primary();
    table.text('genesis').notNullable().comment('Hash that event 1 follows');
    table.integer('version').notNullable().comment('Number of the last event');
    table.text('head').notNullable().comment('Hash of the last event');
    table.text('state').notNullable().comment('JSON: revisions, signatures');
    instant(table, 'updated_at').notNullable();
  });

  await createJournalTable(knex, 'procedure_event', {
    subjectColumn: 'sop_ref',
  });

  await knex.schema.createTable('procedure_acknowledgement', table => {
    table.comment('Who has read and acknowledged which revision');
    table.text('sop_ref').notNullable();
    table.text('revision_hash').notNullable();
    table.text('user_ref').notNullable();
    table.integer('seq').notNullable().comment('The event that says so');
    instant(table, 'acknowledged_at').notNullable();
    table.primary(
      ['sop_ref', 'revision_hash', 'user_ref'],
      'procedure_acknowledgement_pk',
    );
  });

  await knex.raw('ALTER TABLE run ADD COLUMN mode text');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('ALTER TABLE run DROP COLUMN mode');
  await knex.schema.dropTable('procedure_acknowledgement');
  await dropJournalTable(knex, 'procedure_event');
  await knex.schema.dropTable('procedure_control');
};
