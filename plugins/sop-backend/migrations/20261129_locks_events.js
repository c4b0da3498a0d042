// @ts-check

/**
 * An instant; milliseconds are all the journal knows.
 *
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
const instant = (table, name) =>
  table.timestamp(name, { useTz: true, precision: 3 });

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('lock_request', table => {
    table.comment('Steps that wait for a lock or have it');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.text('key').notNullable();
    table.integer('attempt').notNullable();
    table.text('requested_at').notNullable().comment('Place in the queue');
    table.text('acquired_at').comment('Absent while it waits');
    table.primary(['run_id', 'step_id'], 'lock_request_pk');
    table.index(
      ['key', 'requested_at', 'run_id', 'step_id'],
      'lock_request_queue_idx',
    );
  });
  // The last net: no two steps can ever be written as holders of one lock.
  await knex.raw(
    'CREATE UNIQUE INDEX lock_request_holder_uq ON lock_request (key) WHERE acquired_at IS NOT NULL',
  );

  await knex.schema.createTable('event_listener', table => {
    table.comment('Steps that wait for an event');
    table.text('run_id').notNullable();
    table.text('step_id').notNullable();
    table.text('topic').notNullable();
    table.integer('attempt').notNullable();
    table.primary(['run_id', 'step_id'], 'event_listener_pk');
    table.index(['topic'], 'event_listener_topic_idx');
  });

  await knex.schema.createTable('inbound_event', table => {
    table.comment('Events from elsewhere, kept until no step can want them');
    table.text('source').notNullable();
    table.text('event_id').notNullable();
    table.text('topic').notNullable();
    instant(table, 'received_at').notNullable();
    table.text('payload').notNullable().comment('JSON');
    instant(table, 'match_at').comment('When to match it; absent once matched');
    table.primary(['source', 'event_id'], 'inbound_event_pk');
    table.index(['topic', 'received_at'], 'inbound_event_topic_idx');
    table.index(['match_at'], 'inbound_event_match_idx');
    table.index(['received_at'], 'inbound_event_received_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('inbound_event');
  await knex.schema.dropTable('event_listener');
  await knex.schema.dropTable('lock_request');
};
