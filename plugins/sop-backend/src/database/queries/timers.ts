import { TimerSlot } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { DatabaseClock } from '../clock';
import { isPostgres, toIso } from '../dialect';
import { parseTimerId, timerId } from '../timerId';
import { ClaimedTimer, RunStore, TimerKind, WorkSort } from '../RunStore';

interface DbTimer {
  run_id: string;
  step_id: string;
  slot: TimerSlot;
  kind: TimerKind;
  attempt: number;
  try: number | null;
  fence: number | string;
}

const RETURNING = [
  'run_id',
  'step_id',
  'slot',
  'kind',
  'attempt',
  'try',
  'fence',
]
  .map(column => `t.${column}`)
  .join(', ');

/** An instant `ms` from now, by the database's clock. */
function later(clock: DatabaseClock, ms: number): string {
  return new Date(clock.millis() + ms).toISOString();
}

const CALLS: readonly TimerKind[] = ['dispatch', 'lease', 'guard'];

/** A condition on rows of `timer`, to follow another one. */
function ofSort(sort: WorkSort | undefined): string {
  const not = sort === 'calls' ? '' : 'NOT ';
  return sort === undefined
    ? ''
    : `AND kind ${not}IN (${CALLS.map(kind => `'${kind}'`).join(', ')})`;
}

/**
 * Claimed work stays in its row with a later time, so that it comes back by
 * itself when its claimer is gone. Claimers do not wait for each other.
 */
export async function claimTimers(
  knex: Knex,
  clock: DatabaseClock,
  options: Parameters<RunStore['claimTimers']>[0],
): Promise<ClaimedTimer[]> {
  const { owner, limit, leaseMs } = options;
  const sort = ofSort(options.sort);
  const until = later(clock, leaseMs);
  let rows: DbTimer[];
  if (isPostgres(knex)) {
    const result = await knex.raw(
      `UPDATE timer t SET due_at = ?, fence = t.fence + 1, owner = ?
       FROM (
         SELECT run_id, step_id, slot FROM timer WHERE due_at <= ? ${sort}
         ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED
       ) due
       WHERE t.run_id = due.run_id AND t.step_id = due.step_id
         AND t.slot = due.slot
       RETURNING ${RETURNING}`,
      [until, owner, clock.now(), limit],
    );
    rows = result.rows;
  } else {
    rows = await knex.raw(
      `UPDATE timer AS t SET due_at = ?, fence = fence + 1, owner = ?
       WHERE (run_id, step_id, slot) IN (
         SELECT run_id, step_id, slot FROM timer WHERE due_at <= ? ${sort}
         ORDER BY due_at LIMIT ?
       )
       RETURNING ${RETURNING.replaceAll('t.', '')}`,
      [until, owner, clock.now(), limit],
    );
  }
  return rows.map(row => ({
    id: timerId(row.run_id, row.slot, row.step_id),
    runId: row.run_id,
    stepId: row.step_id,
    kind: row.kind,
    attempt: row.attempt,
    try: row.try ?? undefined,
    fence: Number(row.fence),
  }));
}

export async function extendTimer(
  knex: Knex,
  clock: DatabaseClock,
  id: string,
  fence: number,
  ms: number,
): Promise<boolean> {
  const changed = await knex('timer')
    .where({ ...parseTimerId(id), fence })
    .update({ due_at: later(clock, ms) });
  return changed > 0;
}

export async function removeTimer(
  knex: Knex,
  id: string,
  fence: number,
): Promise<boolean> {
  const removed = await knex('timer')
    .where({ ...parseTimerId(id), fence })
    .delete();
  return removed > 0;
}

export async function nextDueAt(
  knex: Knex,
  { sort, before }: NonNullable<Parameters<RunStore['nextDueAt']>[0]> = {},
): Promise<string | undefined> {
  const query = knex('timer').orderBy('due_at').first('due_at');
  if (sort) {
    query[sort === 'calls' ? 'whereIn' : 'whereNotIn']('kind', [...CALLS]);
  }
  if (before !== undefined) {
    query.where('due_at', '<', before);
  }
  const row = await query;
  return toIso(row?.due_at);
}
