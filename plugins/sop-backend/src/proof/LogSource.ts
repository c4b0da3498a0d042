import { LogEntry } from '@handrail/journal';
import type { Knex } from 'knex';
import { isPostgres } from '../database/dialect';

interface Row {
  xid: string;
  id: number | string;
  run_id: string;
  last_seq: number;
}

/**
 * Transitions in the order of their commits. As with the outbox, only such of
 * which none before can turn up any more.
 */
const POSTGRES = `
  SELECT xid::text AS xid, id, run_id, last_seq FROM outbox
  WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
    AND (xid, id) > (?::xid8, ?::bigint)
  ORDER BY xid, id LIMIT ?`;

const SQLITE = `
  SELECT '0' AS xid, id, run_id, last_seq FROM outbox
  WHERE id > ? ORDER BY id LIMIT ?`;

/** @returns what is to be logged next, and up to where that is */
export async function readEntries(
  tx: Knex,
  options: {
    cursor?: string;
    limit: number;
    /** The highest number of each run that is logged. */
    logged: (runIds: string[]) => Promise<Map<string, number>>;
  },
): Promise<{ entries: LogEntry[]; cursor?: string; more: boolean }> {
  const [xid, id] = (options.cursor ?? '0:0').split(':');
  const rows: Row[] = isPostgres(tx)
    ? (await tx.raw(POSTGRES, [xid, id, options.limit])).rows
    : await tx.raw(SQLITE, [id, options.limit]);
  if (rows.length === 0) {
    return { entries: [], cursor: options.cursor, more: false };
  }
  const ends = new Map<string, number>();
  for (const row of rows) {
    ends.set(row.run_id, Math.max(row.last_seq, ends.get(row.run_id) ?? 0));
  }
  const logged = await options.logged([...ends.keys()]);
  const hashes = await readHashes(tx, ends, logged);
  const entries: LogEntry[] = [];
  for (const row of rows) {
    const first = (logged.get(row.run_id) ?? 0) + 1;
    for (let seq = first; seq <= row.last_seq; seq++) {
      const hash = hashes.get(`${row.run_id}/${seq}`);
      // One that is gone cannot be logged; verification tells that it is gone.
      if (hash) {
        entries.push({ hash, subject: row.run_id, seq });
      }
    }
    logged.set(row.run_id, Math.max(row.last_seq, first - 1));
  }
  const last = rows[rows.length - 1];
  return {
    entries,
    cursor: `${last.xid}:${last.id}`,
    more: rows.length === options.limit,
  };
}

async function readHashes(
  tx: Knex,
  ends: Map<string, number>,
  logged: Map<string, number>,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const runs = [...ends];
  for (let start = 0; start < runs.length; start += 100) {
    const found: Array<{ run_id: string; seq: number; hash: string }> =
      await tx('run_event')
        .where(any =>
          runs.slice(start, start + 100).forEach(([runId, end]) =>
            any.orWhere(one =>
              one
                .where('run_id', runId)
                .where('seq', '>', logged.get(runId) ?? 0)
                .where('seq', '<=', end),
            ),
          ),
        )
        .select('run_id', 'seq', 'hash');
    found.forEach(row => hashes.set(`${row.run_id}/${row.seq}`, row.hash));
  }
  return hashes;
}
