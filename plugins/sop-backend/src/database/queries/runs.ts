import { RUN_STATUSES } from '../status';
import { InputError } from '@backstage/errors';
import { CLOSED_RUN_STATUSES, RunStatus } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import {
  assertInstant,
  checkLimit,
  decodeCursor,
  encodeCursor,
  toPage,
} from '../cursor';
import { toIso } from '../dialect';
import { DbRun, toRunRow } from '../rows';
import {
  LatestRun,
  Page,
  PageOptions,
  RunCriteria,
  RunFilter,
  RunRow,
} from '../RunStore';
import { whereCriteria } from './criteria';

/** Procedures asked about in one statement. */
const MAX_PROCEDURES = 400;

const EQUALS = {
  sopRef: 'sop_ref',
  targetRef: 'target_ref',
  initiator: 'initiator',
} as const;

function newestFirst<T extends Knex.QueryBuilder>(query: T): T {
  return query.orderBy([
    { column: 'started_at', order: 'desc' },
    { column: 'run_id', order: 'desc' },
  ]) as T;
}

/** Distinct and known. @throws InputError naming one that is not */
function checkStatuses(statuses: readonly RunStatus[]): RunStatus[] {
  const unknown = statuses.find(status => !RUN_STATUSES.includes(status));
  if (unknown !== undefined) {
    throw new InputError(
      `status is ${JSON.stringify(unknown)}; allowed are ${RUN_STATUSES.join(
        ', ',
      )}`,
    );
  }
  return [...new Set(statuses)];
}

/**
 * Newest runs first. With statuses each one is read by itself, in the order of
 * an index, and the parts are merged: a list of rare statuses then costs as
 * little as one of common ones.
 */
export async function listRuns(
  knex: Knex,
  filter: RunFilter,
  page: PageOptions,
): Promise<Page<RunRow>> {
  const limit = checkLimit(page.limit);
  const statuses = checkStatuses(filter.status ?? []);
  const after =
    page.cursor === undefined
      ? undefined
      : decodeCursor('runs', 2, page.cursor);
  if (after) {
    assertInstant(after[0]);
  }

  const part = (status?: RunStatus) => {
    const query = knex<DbRun>('run').select('run.*');
    for (const key of Object.keys(EQUALS) as Array<keyof typeof EQUALS>) {
      const value = filter[key];
      if (value !== undefined) {
        query.where(EQUALS[key], value);
      }
    }
    if (filter.glass) {
      query.where(
        filter.glass === 'open' ? 'glass_open' : 'glass_broken',
        '>',
        0,
      );
      // Lets the small index serve both.
      query.where('glass_broken', '>', 0);
    }
    if (status) {
      query.where('status', status);
    }
    if (filter.visible) {
      whereCriteria(knex, query, filter.visible);
    }
    if (after) {
      query.whereRaw('(started_at, run_id) < (?, ?)', after);
    }
    return newestFirst(query).limit(limit + 1);
  };

  const parts = statuses.map(status =>
    knex.select('*').from(part(status).as('part')),
  );
  const rows: DbRun[] = parts.length
    ? await newestFirst(
        knex
          .select('*')
          .from(knex.unionAll(parts, false).as('runs'))
          .limit(limit + 1),
      )
    : await part();
  return toPage(rows, limit, toRunRow, row =>
    encodeCursor('runs', [toIso(row.started_at), row.run_id]),
  );
}

/**
 * The latest run of each procedure on a target, and how many are open there.
 * Rehearsals do not count.
 */
export async function latestRuns(
  knex: Knex,
  targetRef: string,
  sopRefs: string[],
  visible?: RunCriteria,
): Promise<LatestRun[]> {
  if (sopRefs.length > MAX_PROCEDURES) {
    throw new InputError(
      `There are ${sopRefs.length} procedures to look up; at most ${MAX_PROCEDURES} are allowed`,
    );
  }
  if (sopRefs.length === 0) {
    return [];
  }
  const distinct = [...new Set(sopRefs)];
  const seen = <T extends Knex.QueryBuilder>(query: T): T =>
    visible ? whereCriteria(knex, query, visible) : query;
  const latest: DbRun[] = await knex.unionAll(
    distinct.map(sopRef =>
      knex.select('*').from(
        newestFirst(
          seen(
            knex<DbRun>('run')
              .where({ target_ref: targetRef, sop_ref: sopRef })
              .whereNull('mode'),
          ),
        )
          .limit(1)
          .as('latest'),
      ),
    ),
    false,
  );
  const counts: Array<{ sop_ref: string; open: number | string }> = await seen(
    knex<DbRun>('run')
      .where('target_ref', targetRef)
      .whereNull('mode')
      .whereIn('sop_ref', distinct)
      .whereNotIn('status', [...CLOSED_RUN_STATUSES]),
  )
    .groupBy('sop_ref')
    .select('sop_ref', knex.raw('count(*) AS open'));
  const openOf = new Map(counts.map(row => [row.sop_ref, Number(row.open)]));
  const latestOf = new Map(latest.map(row => [row.sop_ref, toRunRow(row)]));
  return distinct.flatMap(sopRef => {
    const run = latestOf.get(sopRef);
    return run
      ? [{ sopRef, latest: run, openRuns: openOf.get(sopRef) ?? 0 }]
      : [];
  });
}
