import type { Knex } from 'knex';
import { JournalRow } from '@handrail/journal';
import { checkLimit, decodeCursor, encodeCursor } from '../cursor';
import { isPostgres } from '../dialect';
import { OutboxEntry } from '../RunStore';
import { COLUMNS } from '../rowSets';
import { toRunEvents } from '../transition';
import { InputError } from '@backstage/errors';

/** Entries read again after a move to another PostgreSQL cluster. */
const OVERLAP = 1000;

/** Runs whose events are read in one statement. */
const RUNS_PER_READ = 100;

interface DbOutbox {
  /** Transaction on PostgreSQL, `0` on SQLite. */
  xid: string;
  id: number | string;
  run_id: string;
  first_seq: number;
  last_seq: number;
  actor: string | null;
  sop_ref: string;
  target_ref: string | null;
  initiator: string;
}

/**
 * On PostgreSQL a later id can be committed before an earlier one, so the order
 * is that of transaction numbers, and only transactions older than any that is
 * still going on are shown: no transaction with a lower number can turn up any
 * more. On SQLite there is one writer and ids are in the order of commits.
 */
const POSTGRES = `
  SELECT o.xid::text AS xid, o.id, o.run_id, o.first_seq, o.last_seq, o.actor,
    r.sop_ref, r.target_ref, r.initiator
  FROM outbox o JOIN run r ON r.run_id = o.run_id
  WHERE o.xid < pg_snapshot_xmin(pg_current_snapshot())
    AND (o.xid, o.id) > (
      SELECT CASE WHEN foreign_cursor THEN '0'::xid8 ELSE c.xid END,
        CASE WHEN foreign_cursor THEN c.id - ${OVERLAP} ELSE c.id END
      FROM (
        SELECT ?::xid8 AS xid, ?::bigint AS id,
          ?::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) AS foreign_cursor
      ) c
    )
  ORDER BY o.xid, o.id LIMIT ?`;

const SQLITE = `
  SELECT '0' AS xid, o.id, o.run_id, o.first_seq, o.last_seq, o.actor,
    r.sop_ref, r.target_ref, r.initiator
  FROM outbox o JOIN run r ON r.run_id = o.run_id
  WHERE o.id > ? ORDER BY o.id LIMIT ?`;

/**
 * After a restore of a dump into another cluster, transaction numbers of the
 * old one may lie in the new one's future, where they would hold everything
 * back. Such entries are moved to the beginning, in the order of their ids.
 */
export async function adoptForeignOutbox(knex: Knex): Promise<void> {
  if (isPostgres(knex)) {
    await knex.raw(
      `UPDATE outbox SET xid = '0'
       WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())`,
    );
  }
}

function position(after: string | undefined): [xid: string, id: string] {
  if (after === undefined) {
    return ['0', '0'];
  }
  const [xid, id] = decodeCursor('outbox', 2, after);
  if (!/^\d{1,18}$/.test(xid) || !/^\d{1,18}$/.test(id)) {
    throw new InputError(
      `cursor holds ${JSON.stringify(
        [xid, id].join(':').slice(0, 80),
      )}; allowed is a cursor of an earlier read of the outbox`,
    );
  }
  return [xid, id];
}

export async function readOutbox(
  knex: Knex,
  options: { after?: string; limit: number },
): Promise<{ items: OutboxEntry[]; cursor?: string }> {
  const limit = checkLimit(options.limit, { max: 1000 });
  const [xid, id] = position(options.after);
  const rows: DbOutbox[] = isPostgres(knex)
    ? (await knex.raw(POSTGRES, [xid, id, xid, limit])).rows
    : await knex.raw(SQLITE, [id, limit]);
  const events = await readEvents(knex, rows);
  const items = rows.map(row => ({
    cursor: encodeCursor('outbox', [row.xid, String(row.id)]),
    runId: row.run_id,
    sopRef: row.sop_ref,
    targetRef: row.target_ref ?? undefined,
    initiator: row.initiator,
    actor: row.actor ?? undefined,
    events: toRunEvents(
      (events.get(row.run_id) ?? []).filter(
        event => event.seq >= row.first_seq && event.seq <= row.last_seq,
      ),
    ),
  }));
  return {
    items,
    cursor: items.length ? items[items.length - 1].cursor : options.after,
  };
}

/** Position behind everything that can be read now; nothing while that is empty. */
export async function tailOutbox(knex: Knex): Promise<string | undefined> {
  const rows: Array<Pick<DbOutbox, 'xid' | 'id'>> = isPostgres(knex)
    ? (
        await knex.raw(
          `SELECT xid::text AS xid, id FROM outbox
           WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
           ORDER BY outbox.xid DESC, id DESC LIMIT 1`,
        )
      ).rows
    : await knex.raw(
        "SELECT '0' AS xid, id FROM outbox ORDER BY id DESC LIMIT 1",
      );
  const [last] = rows;
  return last && encodeCursor('outbox', [last.xid, String(last.id)]);
}

/** Events of all entries by run, one range per run. */
async function readEvents(
  knex: Knex,
  rows: DbOutbox[],
): Promise<Map<string, JournalRow[]>> {
  const ranges = new Map<string, { first: number; last: number }>();
  for (const row of rows) {
    const range = ranges.get(row.run_id);
    ranges.set(row.run_id, {
      first: Math.min(range?.first ?? row.first_seq, row.first_seq),
      last: Math.max(range?.last ?? row.last_seq, row.last_seq),
    });
  }
  const events = new Map<string, JournalRow[]>();
  const all = [...ranges];
  for (let start = 0; start < all.length; start += RUNS_PER_READ) {
    const part = all.slice(start, start + RUNS_PER_READ);
    const found: Array<JournalRow & { run_id: string }> = await knex(
      'run_event',
    )
      .where(any =>
        part.forEach(([runId, { first, last }]) =>
          any.orWhere(one =>
            one.where('run_id', runId).whereBetween('seq', [first, last]),
          ),
        ),
      )
      .orderBy(['run_id', 'seq'])
      .select('run_id', ...COLUMNS.events.map(([column]) => column));
    for (const row of found) {
      events.set(row.run_id, [...(events.get(row.run_id) ?? []), row]);
    }
  }
  return events;
}
