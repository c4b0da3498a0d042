// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('run', table => {
    table
      .integer('glass_broken')
      .notNullable()
      .defaultTo(0)
      .comment('Gates that were skipped in an emergency');
    table
      .integer('glass_open')
      .notNullable()
      .defaultTo(0)
      .comment('Reviews of them that are still to be done');
  });
  // Few runs have any, and a list of them must not look through the others.
  await knex.raw(
    'CREATE INDEX run_glass_idx ON run (started_at, run_id) WHERE glass_broken > 0',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('run', table => {
    table.dropIndex(['started_at', 'run_id'], 'run_glass_idx');
  });
  await knex.schema.alterTable('run', table => {
    table.dropColumn('glass_broken');
    table.dropColumn('glass_open');
  });
};
