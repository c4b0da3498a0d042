import { InputError } from '@backstage/errors';
import {
  OccurrencePage,
  OccurrenceView,
  RunStatus,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import {
  assertInstant,
  checkLimit,
  decodeCursor,
  encodeCursor,
  toPage,
} from '../database/cursor';
import { toIso } from '../database/dialect';
import { DbOccurrence, toOccurrence } from './ScheduleStore';
import { OccurrenceState } from './types';

/** What may pass before a start counts as late. */
const LATE_AFTER_SECONDS = 60;

/** Which occurrences are wanted. */
export interface OccurrenceFilter {
  /** Any of them. */
  sopRefs: string[];
  targetRef?: string;
  state?: OccurrenceState[];
  from?: string;
  to?: string;
}

type Row = DbOccurrence & {
  run_title: string | null;
  run_status: RunStatus | null;
  run_closed_at: Date | string | null;
};

/**
 * Latest occurrences first.
 * @throws InputError for a bad cursor, limit or instant
 */
export async function listOccurrences(
  knex: Knex,
  filter: OccurrenceFilter,
  page: { limit?: number; cursor?: string },
  now: string,
): Promise<OccurrencePage> {
  const limit = checkLimit(page.limit);
  const query = knex('schedule_occurrence as o')
    .leftJoin('run as r', 'r.run_id', 'o.run_id')
    .select('o.*', 'r.title as run_title', 'r.status as run_status')
    .select('r.closed_at as run_closed_at')
    .whereIn('o.sop_ref', filter.sopRefs);
  if (filter.targetRef !== undefined) {
    query.where('o.target_ref', filter.targetRef);
  }
  if (filter.state?.length) {
    query.whereIn('o.state', filter.state);
  }
  if (filter.from !== undefined) {
    query.where('o.occurs_at', '>=', readInstant('from', filter.from));
  }
  if (filter.to !== undefined) {
    query.where('o.occurs_at', '<', readInstant('to', filter.to));
  }
  if (page.cursor !== undefined) {
    const after = decodeCursor('occurrences', 3, page.cursor);
    assertInstant(after[0]);
    query.whereRaw('(o.occurs_at, o.sop_ref, o.target_ref) < (?, ?, ?)', after);
  }
  const rows: Row[] = await query
    .orderBy(
      ['occurs_at', 'sop_ref', 'target_ref'].map(name => ({
        column: `o.${name}`,
        order: 'desc',
      })),
    )
    .limit(limit + 1);
  return toPage(
    rows,
    limit,
    row => toView(row, now),
    row =>
      encodeCursor('occurrences', [
        toIso(row.occurs_at),
        row.sop_ref,
        row.target_ref,
      ]),
  );
}

function readInstant(name: string, text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new InputError(
      `${name} is ${JSON.stringify(
        text.slice(0, 80),
      )}; allowed are ISO 8601 instants such as 2026-11-30T14:00:00.000Z`,
    );
  }
  return new Date(time).toISOString();
}

function toView(row: Row, now: string): OccurrenceView {
  const { sopRef, occursAt, targetRef, state, ...rest } = toOccurrence(row);
  const startedAt = state === 'started' ? rest.settledAt : undefined;
  const until =
    state === 'due' || state === 'waiting' ? now : startedAt ?? undefined;
  const lateBySeconds =
    until === undefined
      ? undefined
      : Math.max(
          0,
          Math.floor((Date.parse(until) - Date.parse(occursAt)) / 1000),
        );
  return {
    ...{ sopRef, occursAt, targetRef, state, startedAt, lateBySeconds },
    late: (lateBySeconds ?? 0) > LATE_AFTER_SECONDS,
    reason: rest.reason,
    runId: rest.runId,
    runTitle: row.run_title ?? undefined,
    runStatus: row.run_status ?? undefined,
    runClosedAt: toIso(row.run_closed_at),
  };
}
