import type { Knex } from 'knex';
import { DatabaseClock } from '../clock';
import { LockPlace } from '../RunStore';

interface DbLock {
  key: string;
  run_id: string;
  title: string;
  sop_ref: string;
  step_id: string;
  step_name: string;
  attempt: number;
  requested_at: string;
  acquired_at: string | null;
}

/** Holders first, then who waits, in the order in which they came. */
export async function listLocks(
  knex: Knex,
  filter: { keys?: string[]; limit: number },
): Promise<LockPlace[]> {
  const query = knex('lock_request as lock')
    .join('run', 'run.run_id', 'lock.run_id')
    .leftJoin('run_step as step', on => {
      on.on('step.run_id', 'lock.run_id').andOn('step.step_id', 'lock.step_id');
    })
    .orderByRaw(
      'lock.key, CASE WHEN lock.acquired_at IS NULL THEN 1 ELSE 0 END, lock.requested_at, lock.run_id, lock.step_id',
    )
    .limit(filter.limit)
    .select({
      key: 'lock.key',
      run_id: 'lock.run_id',
      title: 'run.title',
      sop_ref: 'run.sop_ref',
      step_id: 'lock.step_id',
      step_name: 'step.name',
      attempt: 'lock.attempt',
      requested_at: 'lock.requested_at',
      acquired_at: 'lock.acquired_at',
    });
  if (filter.keys) {
    query.whereIn('lock.key', filter.keys);
  }
  const rows: DbLock[] = await query;
  return rows.map(row => ({
    key: row.key,
    runId: row.run_id,
    runTitle: row.title,
    sopRef: row.sop_ref,
    stepId: row.step_id,
    stepName: row.step_name ?? row.step_id,
    attempt: row.attempt,
    requestedAt: row.requested_at,
    ...(row.acquired_at ? { acquiredAt: row.acquired_at } : {}),
  }));
}

/** First in a queue whose lock nobody holds. */
const FIRST_OF_FREE_LOCKS = `
  SELECT r.run_id, r.step_id FROM lock_request r
  WHERE r.acquired_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM lock_request o WHERE o.key = r.key AND (
      o.acquired_at IS NOT NULL OR
      (o.requested_at, o.run_id, o.step_id) < (r.requested_at, r.run_id, r.step_id)
    )
  )`;

export async function wakeLockQueues(
  knex: Knex,
  clock: DatabaseClock,
): Promise<number> {
  const now = clock.now();
  return knex('timer')
    .where('kind', 'lock')
    .where('due_at', '>', now)
    .whereRaw(`(run_id, step_id) IN (${FIRST_OF_FREE_LOCKS})`)
    .update({ due_at: now });
}
