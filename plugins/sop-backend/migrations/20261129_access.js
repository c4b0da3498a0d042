// @ts-check

/** Rows filled in per statement. */
const BATCH = 500;

/**
 * `|ref|ref|`, so that a ref can be looked for with its bars; or empty.
 *
 * @param {string[] | undefined} refs
 */
const barred = refs => (refs?.length ? `|${refs.join('|')}|` : '');

/**
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {string[]} keys
 * @param {(row: any) => Record<string, string | null>} values
 * @param {PromiseLike<any[]>} rows
 */
async function fill(knex, table, keys, values, rows) {
  const all = await rows;
  for (let start = 0; start < all.length; start += BATCH) {
    for (const row of all.slice(start, start + BATCH)) {
      const where = Object.fromEntries(keys.map(key => [key, row[key]]));
      await knex(table).where(where).update(values(row));
    }
  }
}

/**
 * Columns that permission conditions are answered from.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sop_revision', table => {
    table.text('owner').comment('spec.owner');
    table.index(['owner'], 'sop_revision_owner_idx');
  });
  await knex.schema.alterTable('run', table => {
    table.text('target_owner').comment('Owner of the target at the start');
  });
  await knex.schema.alterTable('run_step', table => {
    table
      .text('potential_owners')
      .notNullable()
      .defaultTo('')
      .comment('Who may act: |ref|ref|, empty for nobody');
    table
      .text('excluded_owners')
      .notNullable()
      .defaultTo('')
      .comment('Who may not: |ref|ref|, empty for nobody');
  });
  await fill(
    knex,
    'sop_revision',
    ['hash'],
    row => ({ owner: JSON.parse(row.spec).owner ?? null }),
    knex('sop_revision').select('hash', 'spec'),
  );
  await fill(
    knex,
    'run',
    ['run_id'],
    row => ({ target_owner: JSON.parse(row.data).target?.owner ?? null }),
    knex('run_event').where('seq', 1).select('run_id', 'data'),
  );
  await fill(
    knex,
    'run_step',
    ['run_id', 'step_id'],
    row => {
      const data = JSON.parse(row.data);
      return {
        potential_owners: barred(data.potentialOwners),
        excluded_owners: barred(data.excludedOwners),
      };
    },
    // The latest start of a step in the order of the journal comes last.
    knex('run_event')
      .where('type', 'step.started')
      .orderBy(['run_id', 'seq'])
      .select('run_id', 'data')
      .then(rows =>
        rows.map(row => ({ ...row, step_id: JSON.parse(row.data).stepId })),
      ),
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('run_step', table => {
    table.dropColumn('excluded_owners');
    table.dropColumn('potential_owners');
  });
  await knex.schema.alterTable('run', table => {
    table.dropColumn('target_owner');
  });
  await knex.schema.alterTable('sop_revision', table => {
    table.dropIndex(['owner'], 'sop_revision_owner_idx');
    table.dropColumn('owner');
  });
};
