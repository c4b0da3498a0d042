// @ts-check

const { createLogTables, dropLogTables } = require('@handrail/journal');

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await createLogTables(knex, 'sop_log');
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await dropLogTables(knex, 'sop_log');
};
