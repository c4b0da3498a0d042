import type { Knex } from 'knex';

const DATA = JSON.stringify({
  stepId: 'watch',
  basis: 'group:default/developers',
  evidence: {
    link: 'https://tickets.example.org/browse/REL-1234',
    notes: 'Done as described, nothing out of the ordinary.',
  },
});

/** A table with the columns of the journal and nothing else. */
export async function createCeilingTable(knex: Knex): Promise<void> {
  await knex.schema.createTable('ceiling', table => {
    table.text('run_id').notNullable();
    table.integer('seq').notNullable();
    for (const column of ['type', 'at', 'actor', 'data', 'prev_hash', 'hash']) {
      table.text(column);
    }
    table.primary(['run_id', 'seq']);
  });
}

let rows = 0;

/** One row of a journal row's size, by itself. */
export async function insertRow(knex: Knex, caller: number): Promise<void> {
  rows += 1;
  await knex('ceiling').insert({
    run_id: `run-${caller}`,
    seq: rows,
    type: 'step.completed',
    at: '2026-11-02T09:00:00.000Z',
    actor: 'user:default/dev',
    data: DATA,
    prev_hash: '0'.repeat(64),
    hash: '1'.repeat(64),
  });
}
