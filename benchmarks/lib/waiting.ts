import type { Knex } from 'knex';

/** Far enough away that none of them becomes due meanwhile. */
const DUE = Date.UTC(2035, 0, 1);

/** Timers of steps that wait for years, written straight into the table. */
export async function fillTimers(
  knex: Knex,
  name: 'postgres' | 'sqlite',
  count: number,
): Promise<void> {
  if (name === 'postgres') {
    await knex.raw(
      `INSERT INTO timer (run_id, step_id, kind, attempt, due_at, fence)
       SELECT 'waiting-' || i, 'soak', 'wait', 1, to_timestamp(? + i), 1000000
       FROM generate_series(1, ?) AS i`,
      [DUE / 1000, count],
    );
    await knex.raw('VACUUM ANALYZE timer');
    return;
  }
  await knex.raw(
    `INSERT INTO timer (run_id, step_id, kind, attempt, due_at, fence)
     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
     SELECT 'waiting-' || i, 'soak', 'wait', 1,
       strftime('%Y-%m-%dT%H:%M:%fZ', ? + i, 'unixepoch'), 1000000 FROM n`,
    [count, DUE / 1000],
  );
  await knex.raw('ANALYZE');
}
