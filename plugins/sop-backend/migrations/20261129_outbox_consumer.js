// @ts-check

/**
 * How far each consumer of the outbox has read.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('outbox_consumer', table => {
    table.comment('How far each consumer of the outbox has read');
    table.text('consumer').primary();
    table.text('cursor').notNullable().comment('Empty: the beginning');
    table.text('owner').notNullable().comment('Who delivers; empty: nobody');
    table.bigInteger('owned_until').notNullable().comment('Unix milliseconds');
    table
      .integer('failures')
      .notNullable()
      .comment('In a row, of the next one');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('outbox_consumer');
};
