import { NotFoundError } from '@backstage/errors';
import { JournalRow } from '@handrail/journal';
import type { Knex } from 'knex';
import { LruMap } from './LruMap';
import { Revisions } from './queries/revisions';
import { COLUMNS } from './rowSets';
import { DbRun } from './rows';
import { catchUp, isCurrent, RunSnapshot } from './transition';

/** Where a run stands and what it runs; as much of its row as reading needs. */
export type RunHead = Pick<DbRun, 'version' | 'head' | 'revision_hash'>;

const JOURNAL_COLUMNS = COLUMNS.events.map(([column]) => column);

export function runNotFound(runId: string): NotFoundError {
  return new NotFoundError(`There is no run ${runId}`);
}

/** Journal rows with numbers from `after` + 1 up to `upTo`. */
export async function readJournalRows(
  db: Knex,
  runId: string,
  range: { after: number; upTo?: number; limit?: number },
): Promise<JournalRow[]> {
  const query = db('run_event')
    .where('run_id', runId)
    .where('seq', '>', range.after)
    .orderBy('seq')
    .select(...JOURNAL_COLUMNS);
  if (range.upTo !== undefined) {
    query.where('seq', '<=', range.upTo);
  }
  if (range.limit !== undefined) {
    query.limit(range.limit);
  }
  return query;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string) {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) {
      group.push(item);
    } else {
      groups.set(key(item), [item]);
    }
  }
  return groups;
}

/** Runs in memory, brought up to date by the events that came since. */
export class RunReader {
  readonly #snapshots: LruMap<string, RunSnapshot>;

  constructor(private readonly revisions: Revisions, capacity: number) {
    this.#snapshots = new LruMap(capacity);
  }

  /** As it was when it was last seen; possibly out of date. */
  peek(runId: string): RunSnapshot | undefined {
    return this.#snapshots.get(runId);
  }

  /** A snapshot that is known to be committed. An older one never replaces a newer one. */
  remember(runId: string, snapshot: RunSnapshot): void {
    const known = this.#snapshots.get(runId);
    if (!known || known.version < snapshot.version) {
      this.#snapshots.set(runId, snapshot);
    }
  }

  forget(runId: string): void {
    this.#snapshots.delete(runId);
  }

  /**
   * Reads those of the runs together that are not in memory, for somebody who
   * will want them one by one. What cannot be read is left to those, who get the
   * reason.
   */
  async prefetch(db: Knex, runIds: string[]): Promise<void> {
    const missing = [...new Set(runIds)].filter(id => !this.peek(id));
    // One alone is read as quickly by who wants it.
    if (missing.length < 2) {
      return;
    }
    try {
      const heads: Array<RunHead & { run_id: string }> = await db<DbRun>('run')
        .whereIn('run_id', missing)
        .select('run_id', 'version', 'head', 'revision_hash');
      const rows: Array<JournalRow & { run_id: string }> = await db('run_event')
        .whereIn('run_id', missing)
        .orderBy(['run_id', 'seq'])
        .select('run_id', ...JOURNAL_COLUMNS);
      const journals = groupBy(rows, row => row.run_id);
      for (const head of heads) {
        const revision = await this.revisions.get(head.revision_hash, db);
        // Not what came between the two reads.
        const journal = journals.get(head.run_id)?.slice(0, head.version) ?? [];
        const snapshot = catchUp(undefined, revision, journal, head);
        if (snapshot) {
          this.remember(head.run_id, snapshot);
        }
      }
    } catch {
      // It saves time and nothing else.
    }
  }

  /**
   * The run as it is at `head`, which was read from its row before.
   * @throws Error when the journal does not lead there
   */
  async snapshot(db: Knex, runId: string, head: RunHead): Promise<RunSnapshot> {
    const known = this.#snapshots.get(runId);
    if (known && isCurrent(known, head)) {
      return known;
    }
    const revision = await this.revisions.get(head.revision_hash, db);
    const base = known && known.version < head.version ? known : undefined;
    const snapshot =
      (base &&
        catchUp(
          base,
          revision,
          await readJournalRows(db, runId, {
            after: base.version,
            upTo: head.version,
          }),
          head,
        )) ??
      catchUp(
        undefined,
        revision,
        await readJournalRows(db, runId, { after: 0, upTo: head.version }),
        head,
      );
    if (!snapshot) {
      this.forget(runId);
      throw new Error(
        `The journal of run ${runId} does not end with event ${head.version}, as its row says; verify the run`,
      );
    }
    this.remember(runId, snapshot);
    return snapshot;
  }

  /** @throws NotFoundError */
  async latest(db: Knex, runId: string): Promise<RunSnapshot> {
    const head: RunHead | undefined = await db<DbRun>('run')
      .where('run_id', runId)
      .first('version', 'head', 'revision_hash');
    if (!head) {
      throw runNotFound(runId);
    }
    return this.snapshot(db, runId, head);
  }
}
