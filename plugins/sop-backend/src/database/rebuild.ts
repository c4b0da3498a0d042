import type { Knex } from 'knex';
import { isPostgres } from './dialect';
import { project } from './projections';
import { runNotFound, readJournalRows } from './RunReader';
import {
  Cell,
  COLUMNS,
  RowSetName,
  projectionSets,
  RUN_CHANGE_COLUMNS,
  runChangeCells,
} from './rowSets';
import { DbRevision, DbRun, toRevision } from './rows';
import { fold, toRunEvents } from './transition';

const TABLES = [
  ['steps', 'run_step'],
  ['inboxPut', 'task_inbox'],
  ['timersPut', 'timer'],
  ['locksPut', 'lock_request'],
  ['listenersPut', 'event_listener'],
  ['done', 'task_done'],
] as const satisfies ReadonlyArray<readonly [RowSetName, string]>;

const BATCH = 50;

function named(
  columns: ReadonlyArray<[string, string]>,
  cells: Cell[],
): Record<string, Cell> {
  return Object.fromEntries(
    columns.map(([column], index) => [column, cells[index]]),
  );
}

/**
 * Writes everything that is derived from a run's journal again. Work that is
 * claimed becomes due again, and its claimers can no longer extend it.
 * @throws NotFoundError
 */
export async function rebuildRun(
  knex: Knex,
  runId: string,
  leaseDue: string,
): Promise<void> {
  await knex.transaction(async tx => {
    const query = tx<DbRun>('run').where('run_id', runId).first();
    const row = await (isPostgres(knex) ? query.forUpdate() : query);
    if (!row) {
      throw runNotFound(runId);
    }
    const revision = await tx<DbRevision>('sop_revision')
      .where('hash', row.revision_hash)
      .first();
    if (!revision) {
      throw new Error(`The revision ${row.revision_hash} is not there`);
    }
    const { spec } = toRevision(revision);
    const rows = await readJournalRows(tx, runId, { after: 0 });
    const events = toRunEvents(rows);
    const state = fold(undefined, events);
    const changes = project(undefined, state, spec, events);
    const [{ fence }] = await tx('timer')
      .where('run_id', runId)
      .max('fence as fence');
    const sets = projectionSets(changes, {
      version: state.seq,
      leaseDue,
      minimumFence: Number(fence ?? 0) + 1,
    });
    for (const [name, table] of TABLES) {
      await tx(table).where('run_id', runId).delete();
      const all = sets[name].map(cells => ({
        run_id: runId,
        ...named(COLUMNS[name], cells),
      }));
      await tx.batchInsert(table, all, BATCH);
    }
    const head = rows[rows.length - 1].hash;
    await tx('run')
      .where('run_id', runId)
      .update(
        named(
          RUN_CHANGE_COLUMNS,
          runChangeCells({ version: state.seq, head }, changes),
        ),
      );
  });
}
