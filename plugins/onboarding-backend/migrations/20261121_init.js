// @ts-check

/**
 * An instant, in milliseconds.
 *
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
const instant = (table, name) =>
  table.timestamp(name, { useTz: true, precision: 3 });

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('tour_progress', table => {
    table.comment('How far each person is in each tour');
    table.string('user_ref', 400).notNullable();
    table.string('tour_ref', 400).notNullable();
    table.integer('revision').notNullable();
    table.integer('version').notNullable();
    table.string('status', 16).notNullable();
    table.string('step_id', 63);
    table.integer('finished_version');
    instant(table, 'offered_at');
    instant(table, 'started_at');
    instant(table, 'finished_at');
    instant(table, 'dismissed_at');
    instant(table, 'updated_at').notNullable();
    table.primary(['user_ref', 'tour_ref']);
    table.index(['tour_ref', 'finished_at']);
  });
  await knex.schema.createTable('milestone', table => {
    table.comment('What each person did for the first time, and when');
    table.string('user_ref', 400).notNullable();
    table.string('kind', 32).notNullable();
    instant(table, 'at').notNullable();
    table.string('evidence', 400);
    table.primary(['user_ref', 'kind']);
    table.index(['kind']);
  });
  await knex.schema.createTable('missing_target', table => {
    table.comment('Steps of tours whose target somebody did not find');
    table.string('tour_ref', 400).notNullable();
    table.integer('version').notNullable();
    table.string('step_id', 63).notNullable();
    table.string('user_ref', 400).notNullable();
    table.string('target', 100).notNullable();
    instant(table, 'first_seen_at').notNullable();
    instant(table, 'last_seen_at').notNullable();
    table.primary(['tour_ref', 'version', 'step_id', 'user_ref']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('missing_target');
  await knex.schema.dropTable('milestone');
  await knex.schema.dropTable('tour_progress');
};
