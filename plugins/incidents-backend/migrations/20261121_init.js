// @ts-check

const { createJournalTable, dropJournalTable } = require('@handrail/journal');

/**
 * Instants are kept as the journal writes them, ISO 8601 in UTC with
 * milliseconds: their order as text is their order in time on both databases.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('incident_number', table => {
    table.comment('Hands out the numbers of references');
    table.increments('number');
  });

  await knex.schema.createTable('incident', table => {
    table.comment('The current state of each incident, from its journal');
    table.text('incident_id').primary();
    table.text('reference').notNullable().unique('incident_reference_uq');
    table
      .text('start_key')
      .unique('incident_start_uq')
      .comment('Who declared it with which command id');
    table.integer('engine_version').notNullable();
    table.text('genesis').notNullable().comment('Hash that event 1 follows');
    table.integer('version').notNullable().comment('Number of the last event');
    table.text('head').notNullable().comment('Hash of the last event');
    table.text('title').notNullable();
    table
      .text('search')
      .notNullable()
      .comment('Title and reference, lower case');
    table.text('severity').notNullable();
    table.text('status').notNullable();
    table.boolean('open').notNullable();
    table.boolean('drill').notNullable();
    table.text('declared_by');
    table.text('commander');
    table.text('created_at').notNullable();
    table.text('declared_at');
    table.text('mitigated_at');
    table.text('resolved_at');
    table.text('closed_at');
    table.text('updated_at').notNullable();
    table.text('last_update_at');
    table.text('merged_into');
    table.text('headline').notNullable();
    table.text('next').comment('JSON: what is due next');
    table.text('entity_refs').notNullable().comment('JSON');
    table.text('owners').notNullable().comment('JSON');
    table.text('times').notNullable().comment('JSON: what figures are made of');
    table.index(['created_at', 'incident_id'], 'incident_created_idx');
    table.index(['open', 'created_at', 'incident_id'], 'incident_open_idx');
    table.index(['declared_at'], 'incident_declared_idx');
  });

  await createJournalTable(knex, 'incident_event', {
    subjectColumn: 'incident_id',
  });

  await knex.schema.createTable('incident_entity', table => {
    table.comment('What each incident affects');
    table.text('incident_id').notNullable();
    table.text('entity_ref').notNullable();
    table.primary(['incident_id', 'entity_ref'], 'incident_entity_pk');
    table.index(['entity_ref', 'incident_id'], 'incident_entity_ref_idx');
  });

  await knex.schema.createTable('incident_owner', table => {
    table.comment('Who owns what each incident affects');
    table.text('incident_id').notNullable();
    table.text('owner').notNullable();
    table.primary(['incident_id', 'owner'], 'incident_owner_pk');
    table.index(['owner', 'incident_id'], 'incident_owner_idx');
  });

  await knex.schema.createTable('incident_role', table => {
    table.comment('Who holds which role and to whom it is offered');
    table.text('incident_id').notNullable();
    table.text('role').notNullable();
    table.text('holder');
    table.text('accepted_at');
    table.text('offered_to');
    table.text('offer_expires_at');
    table.primary(['incident_id', 'role'], 'incident_role_pk');
    table.index(['holder'], 'incident_role_holder_idx');
  });

  await knex.schema.createTable('incident_action_item', table => {
    table.comment('What is to be done so that it does not happen again');
    table.text('incident_id').notNullable();
    table.text('action_item_id').notNullable();
    table.text('title').notNullable();
    table.text('owner');
    table.text('due_on');
    table.text('state').notNullable();
    table.primary(['incident_id', 'action_item_id'], 'incident_action_item_pk');
    table.index(['owner', 'state', 'due_on'], 'incident_action_item_idx');
  });

  await knex.schema.createTable('obligation', table => {
    table.comment('Duties with their clocks');
    table.text('incident_id').notNullable();
    table.text('obligation_id').notNullable();
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.integer('level').notNullable();
    table.text('started_at').notNullable();
    table.text('due_at').notNullable();
    table.text('warned_at');
    table.text('breached_at');
    table.text('satisfied_at');
    table.text('cancelled_at');
    table
      .text('next_at')
      .comment('When the engine has to look; null for never');
    table.text('lease_until').comment('A replica is at it until then');
    table.text('lease_owner');
    table
      .integer('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Grows with each claim');
    table.primary(['incident_id', 'obligation_id'], 'obligation_pk');
    table.index(['next_at'], 'obligation_next_idx');
  });

  await knex.schema.createTable('outbox', table => {
    table.comment('What others are to be told, at least once');
    table.increments('id');
    table.text('idempotency_key').notNullable().unique('outbox_key_uq');
    table.text('channel').notNullable();
    table.text('payload').notNullable().comment('JSON');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('created_at').notNullable();
    table.text('next_at').comment('When to send; null when sent or given up');
    table.text('sent_at');
    table.text('error').comment('Why the last attempt failed');
    table.index(['next_at'], 'outbox_next_idx');
    table.index(['created_at'], 'outbox_created_idx');
  });

  await knex.schema.createTable('alert_source', table => {
    table.comment(
      'Senders of alerts; writers of a source take turns on its row',
    );
    table.text('source').primary();
    table.text('last_delivery_at').notNullable();
  });

  await knex.schema.createTable('alert_episode', table => {
    table.comment('From firing to resolved, once per alert at a time');
    table.text('episode_id').primary();
    table.text('source').notNullable();
    table.text('fingerprint').notNullable();
    table.text('name').notNullable();
    table.text('summary');
    table.text('labels').notNullable().comment('JSON');
    table.text('annotations').notNullable().comment('JSON');
    table.text('generator_url');
    table.text('entity_ref');
    table.text('incident_id');
    table.boolean('open').notNullable();
    table.text('starts_at').notNullable();
    table.text('ends_at');
    table.text('first_seen_at').notNullable();
    table.text('last_seen_at').notNullable();
    table.integer('deliveries').notNullable();
    table.index(
      ['source', 'fingerprint', 'ends_at'],
      'alert_episode_alert_idx',
    );
    table.index(['incident_id', 'open'], 'alert_episode_incident_idx');
    table.index(['entity_ref', 'first_seen_at'], 'alert_episode_entity_idx');
    table.index(['first_seen_at', 'episode_id'], 'alert_episode_seen_idx');
  });
  // The last net below the turns: an alert has at most one open episode.
  await knex.raw(
    'CREATE UNIQUE INDEX alert_episode_open_uq ON alert_episode (source, fingerprint) WHERE ends_at IS NULL',
  );

  await knex.schema.createTable('alert_group', table => {
    table.comment(
      'The one open incident that alerts of a group propose or join',
    );
    table.text('group_key').primary();
    table.text('incident_id').notNullable();
  });

  await knex.schema.createTable('alert_delivery', table => {
    table.comment('What arrived and what was done with it');
    table.text('delivery_id').primary();
    table.text('source').notNullable();
    table.text('received_at').notNullable();
    table.integer('bytes').notNullable();
    table.text('sha256').notNullable();
    table.text('verdict').notNullable();
    table.text('message').notNullable();
    table.text('counts').notNullable().comment('JSON');
    table.index(['received_at', 'delivery_id'], 'alert_delivery_received_idx');
    table.index(
      ['source', 'received_at', 'delivery_id'],
      'alert_delivery_source_idx',
    );
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'alert_delivery',
    'alert_group',
    'alert_episode',
    'alert_source',
    'outbox',
    'obligation',
    'incident_action_item',
    'incident_role',
    'incident_owner',
    'incident_entity',
  ]) {
    await knex.schema.dropTable(table);
  }
  await dropJournalTable(knex, 'incident_event');
  await knex.schema.dropTable('incident');
  await knex.schema.dropTable('incident_number');
};
