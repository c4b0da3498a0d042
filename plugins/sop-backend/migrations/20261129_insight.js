// @ts-check

/**
 * How long steps took, for pages that sum them up; filled from the outbox.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('insight_step', table => {
    table.comment('One row per attempt of a step, derived from the journal');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.integer('attempt').notNullable().comment('0: skipped');
    table
      .integer('last_seq')
      .notNullable()
      .comment('Event it is up to date with');
    table.text('sop_ref').notNullable();
    table.text('sop_title').notNullable();
    table.text('step_type').notNullable();
    table.text('step_name').notNullable();
    table
      .text('team')
      .notNullable()
      .comment('Owner of the target, or of the procedure');
    table.boolean('rehearsal').notNullable();
    table.text('outcome').notNullable();
    table.bigInteger('started_ms').notNullable().comment('Unix milliseconds');
    table.bigInteger('claimed_ms').comment('Of the claim that is going on');
    table.bigInteger('ended_ms');
    table
      .bigInteger('active_ms')
      .comment('Claimed, or running; null: not measured');
    table.bigInteger('total_ms').comment('From start to end');
    table.primary(['run_id', 'step_id', 'attempt'], 'insight_step_pk');
    table.index(['ended_ms', 'sop_ref', 'step_id'], 'insight_step_ended_idx');
    table.index(['sop_ref', 'ended_ms'], 'insight_step_sop_idx');
  });
  await knex.schema.alterTable('run', table => {
    table.index(
      ['sop_ref', 'status', 'target_ref', 'closed_at'],
      'run_compliance_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('run', table => {
    table.dropIndex(
      ['sop_ref', 'status', 'target_ref', 'closed_at'],
      'run_compliance_idx',
    );
  });
  await knex.schema.dropTable('insight_step');
};
