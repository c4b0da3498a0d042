// @ts-check

/**
 * A step can wait for several things at once: its own progress, a deadline, a
 * reminder, a guard. Each has its timer.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('timer', table => {
    table
      .text('slot')
      .notNullable()
      .defaultTo('step')
      .comment('What of the step waits: step, deadline, reminder, guard');
  });
  await replacePrimary(knex, ['run_id', 'step_id', 'slot']);
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  // What is left out comes back when the run's rows are derived again.
  await knex('timer').whereNot('slot', 'step').delete();
  await replacePrimary(knex, ['run_id', 'step_id']);
  await knex.schema.alterTable('timer', table => {
    table.dropColumn('slot');
  });
};

/**
 * @param {import('knex').Knex} knex
 * @param {string[]} columns
 */
async function replacePrimary(knex, columns) {
  if (knex.client.config.client === 'pg') {
    await knex.schema.alterTable('timer', table => {
      table.dropPrimary('timer_pk');
      table.primary(columns, 'timer_pk');
    });
    return;
  }
  // SQLite cannot alter a key: the table is written again.
  await knex.schema.createTable('timer_next', table => {
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.text('kind').notNullable();
    table.integer('attempt').notNullable();
    table.integer('try');
    table.timestamp('due_at', { useTz: true, precision: 3 }).notNullable();
    table.bigInteger('fence').notNullable();
    table.text('owner');
    table.text('slot').notNullable().defaultTo('step');
    table.primary(columns, 'timer_pk');
  });
  await knex.raw('INSERT INTO timer_next SELECT * FROM timer');
  await knex.schema.dropTable('timer');
  await knex.schema.renameTable('timer_next', 'timer');
  await knex.schema.alterTable('timer', table => {
    table.index(['due_at'], 'timer_due_idx');
  });
}
