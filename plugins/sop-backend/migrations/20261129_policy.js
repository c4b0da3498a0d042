// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sop_policy', table => {
    table.comment('Wordings of policies that runs refer to, by their hash');
    table
      .text('hash')
      .primary()
      .comment('SHA-256 of the canonical JSON of spec');
    table.text('ref').notNullable().comment('Entity ref');
    table.text('title').notNullable();
    table.text('spec').notNullable().comment('Canonical JSON');
    table
      .timestamp('created_at', { useTz: true, precision: 3 })
      .notNullable()
      .comment('When it was in force for a run first');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sop_policy');
};
