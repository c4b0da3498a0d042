import { CLOSED_RUN_STATUSES } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { toIso } from '../database/dialect';
import { DbRun } from '../database/rows';

/** What a procedure's runs on one target come to. */
export interface TargetRuns {
  /** When the last run that counts was completed. */
  last?: string;
  openRuns: number;
}

/**
 * Runs of a procedure by target. Read from an index alone: one entry per run.
 * Rehearsals do not count.
 */
export async function runsByTarget(
  knex: Knex,
  sopRef: string,
  targetRef?: string,
): Promise<Map<string, TargetRuns>> {
  const runs = () => {
    const query = knex<DbRun>('run')
      .where('sop_ref', sopRef)
      .whereNotNull('target_ref')
      .whereNull('mode')
      .groupBy('target_ref');
    return targetRef ? query.where('target_ref', targetRef) : query;
  };
  const [last, open] = [
    await runs()
      .where('status', 'completed')
      .select('target_ref', knex.raw('max(closed_at) AS last')),
    await runs()
      .whereNotIn('status', [...CLOSED_RUN_STATUSES])
      .select('target_ref', knex.raw('count(*) AS open')),
  ] as [
    Array<{ target_ref: string; last: Date | string }>,
    Array<{ target_ref: string; open: number | string }>,
  ];
  const found = new Map<string, TargetRuns>(
    last.map(row => [row.target_ref, { last: toIso(row.last), openRuns: 0 }]),
  );
  for (const { target_ref: ref, open: openRuns } of open) {
    found.set(ref, { ...found.get(ref), openRuns: Number(openRuns) });
  }
  return found;
}

/** Measured times of one step, of one team where asked for. Milliseconds. */
export interface StepRow {
  sop_ref: string;
  sop_title: string;
  step_id: string;
  step_name: string;
  step_type: string;
  team: string | null;
  completed: number | string;
  failed: number | string;
  skipped: number | string;
  measured: number | string;
  median_total: number | string | null;
  p90_total: number | string | null;
  median_active: number | string | null;
  sum_active: number | string | null;
  sum_total: number | string | null;
}

/**
 * Steps that ended since an instant, with the median and the ninth decile of
 * their times: the value at rank ⌈n/2⌉ and ⌈0.9 n⌉.
 */
export async function stepRows(
  knex: Knex,
  options: { sinceMs: number; sopRef?: string; byTeam: boolean },
): Promise<StepRow[]> {
  const { sinceMs, sopRef, byTeam } = options;
  const keys = ['sop_ref', 'step_id', 'step_type', ...(byTeam ? ['team'] : [])];
  const part = keys.join(', ');
  const ranked = knex('insight_step')
    .where('ended_ms', '>=', sinceMs)
    .where('rehearsal', false)
    .select(
      'sop_ref',
      'sop_title',
      'step_id',
      'step_name',
      'step_type',
      'team',
      'outcome',
      'active_ms',
      'total_ms',
      knex.raw(
        `row_number() OVER (PARTITION BY ${part}, outcome ORDER BY total_ms) AS total_rank`,
      ),
      knex.raw(`count(*) OVER (PARTITION BY ${part}, outcome) AS total_n`),
      knex.raw(
        `row_number() OVER (PARTITION BY ${part}, outcome, active_ms IS NULL ORDER BY active_ms) AS active_rank`,
      ),
      knex.raw(
        `count(active_ms) OVER (PARTITION BY ${part}, outcome, active_ms IS NULL) AS active_n`,
      ),
    );
  if (sopRef !== undefined) {
    ranked.where('sop_ref', sopRef);
  }
  const when = (condition: string, value: string) =>
    `CASE WHEN outcome = 'completed' AND ${condition} THEN ${value} END`;
  return knex
    .from(ranked.as('ranked'))
    .groupBy(keys)
    .select(
      ...keys,
      knex.raw('max(sop_title) AS sop_title'),
      knex.raw('max(step_name) AS step_name'),
      ...(['completed', 'failed', 'skipped'] as const).map(outcome =>
        knex.raw(
          `sum(CASE WHEN outcome = '${outcome}' THEN 1 ELSE 0 END) AS ${outcome}`,
        ),
      ),
      knex.raw(`sum(${when('active_ms IS NOT NULL', '1')}) AS measured`),
      knex.raw(
        `max(${when(
          'total_rank = (total_n + 1) / 2',
          'total_ms',
        )}) AS median_total`,
      ),
      knex.raw(
        `max(${when(
          'total_rank = (9 * total_n + 9) / 10',
          'total_ms',
        )}) AS p90_total`,
      ),
      knex.raw(
        `max(${when(
          'active_ms IS NOT NULL AND active_rank = (active_n + 1) / 2',
          'active_ms',
        )}) AS median_active`,
      ),
      knex.raw(
        `sum(${when('active_ms IS NOT NULL', 'active_ms')}) AS sum_active`,
      ),
      knex.raw(`sum(${when('1 = 1', 'total_ms')}) AS sum_total`),
    )
    .orderBy(keys) as unknown as Promise<StepRow[]>;
}
