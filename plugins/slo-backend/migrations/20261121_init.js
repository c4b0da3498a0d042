// @ts-check

/**
 * Seconds since 1970.
 *
 * @param {import('knex').Knex.CreateTableBuilder} table
 * @param {string} name
 */
const instant = (table, name) => table.bigInteger(name);

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('slo', table => {
    table.comment('SLOs of the catalog and their last evaluation');
    table.text('ref').primary();
    table.text('definition').notNullable().comment('JSON');
    table.text('status').notNullable();
    table.text('evaluation').comment('JSON of the last one that worked');
    instant(table, 'evaluated_at');
    instant(table, 'data_until');
    table.text('error').comment('Why the latest evaluation failed');
    instant(table, 'error_at');
  });

  await knex.schema.createTable('slo_series', table => {
    table.comment('From when to when the counters of an indicator are stored');
    table.text('series_key').primary();
    instant(table, 'since').notNullable();
    instant(table, 'until').notNullable();
  });

  await knex.schema.createTable('slo_bucket_day', table => {
    table.comment('Counters of five minutes, a UTC day to a row');
    table.text('series_key').notNullable();
    table.integer('day').notNullable().comment('Days since 1970');
    table
      .text('buckets')
      .notNullable()
      .comment('JSON: [number in the day, bad, total] of those with events');
    table.primary(['series_key', 'day']);
    table.index(['day'], 'slo_bucket_day_idx');
  });

  await knex.schema.createTable('slo_counts', table => {
    table.comment('Counters that were posted, so that a repeat is known');
    table.text('sender').notNullable();
    table.text('id').notNullable();
    table.text('digest').notNullable().comment('SHA-256 of the counts');
    instant(table, 'at').notNullable();
    table.primary(['sender', 'id']);
    table.index(['at'], 'slo_counts_at_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of ['slo_counts', 'slo_bucket_day', 'slo_series', 'slo']) {
    await knex.schema.dropTable(table);
  }
};
