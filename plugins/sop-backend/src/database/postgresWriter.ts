import { isJournalConflict } from '@handrail/journal';
import { TimerSlot } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { withConnection } from './dialect';
import {
  Cell,
  COLUMNS,
  NewRun,
  newRunCells,
  RowSet,
  RowSets,
  rowSets,
  runChangeCells,
} from './rowSets';
import {
  INSERT_COLUMNS,
  OUTBOX_COLUMNS,
  postgresStatement,
  SET_NAMES,
  shapeOf,
  UPDATE_COLUMNS,
} from './statements';
import { timerId } from './timerId';
import { WriteResult } from './Transactor';
import { Transition } from './transition';

export interface Write {
  transition: Transition;
  /** When leases end that it hands out. */
  leaseDue: string;
  /** For the start of a run. */
  start?: NewRun;
}

interface ReturnedRow {
  run_id: string;
  step_id?: string | null;
  slot?: TimerSlot | null;
  fence?: string | null;
}

/** As much of the driver as is used here. */
interface PostgresConnection {
  query(query: {
    name: string;
    text: string;
    values: string[];
  }): Promise<{ rows: ReturnedRow[] }>;
}

/** Each set is there or not, for starts and other transitions: 2 × 2^7 at most. */
const statements = new Map<string, { name: string; text: string }>();

function statementFor(shape: string, start: boolean) {
  const name = `sop_${start ? 'start' : 'go'}_${shape}`;
  let statement = statements.get(name);
  if (!statement) {
    statement = { name, text: postgresStatement(shape, start) };
    statements.set(name, statement);
  }
  return statement;
}

const SPECIAL = /["\\]/g;

/** An element of an array literal. */
function element(cell: Cell): string {
  if (typeof cell === 'string') {
    return `"${cell.replace(SPECIAL, '\\$&')}"`;
  }
  return cell === null ? 'NULL' : String(cell);
}

/**
 * Rows for `unnest`: one array literal per column. The driver would write the
 * same, at several times the cost.
 */
function transpose(rows: RowSet, width: number): string[] {
  const columns: string[] = [];
  for (let column = 0; column < width; column++) {
    columns.push(`{${rows.map(row => element(row[column])).join(',')}}`);
  }
  return columns;
}

function parameters(
  writes: readonly Write[],
  batch: readonly RowSets[],
  shape: string,
): string[] {
  const start = writes[0].start !== undefined;
  const runs = writes.map(({ transition, start: run }) => {
    const { runId, expected, after, changes } = transition;
    const cells = runChangeCells(after, changes);
    return run
      ? [runId, ...cells, ...newRunCells(transition, run)]
      : [runId, expected, ...cells];
  });
  const outbox = writes.map(({ transition: { runId, events, actorRef } }) => [
    runId,
    events[0].seq,
    events[events.length - 1].seq,
    actorRef ?? null,
  ]);
  const values = [
    ...transpose(runs, (start ? INSERT_COLUMNS : UPDATE_COLUMNS).length),
    ...transpose(outbox, OUTBOX_COLUMNS.length),
  ];
  SET_NAMES.forEach((name, index) => {
    if (shape[index] === '1') {
      const rows = batch.flatMap((sets, number) =>
        sets[name].map(cells => [writes[number].transition.runId, ...cells]),
      );
      values.push(...transpose(rows, COLUMNS[name].length + 1));
    }
  });
  return values;
}

/**
 * Writes transitions of different runs as one prepared statement: one round
 * trip and one commit. All are written or, when one of them cannot be, none.
 */
export async function writeTogether(
  db: Knex,
  writes: readonly Write[],
): Promise<WriteResult[]> {
  const batch = writes.map(({ transition, leaseDue }) =>
    rowSets(transition, leaseDue),
  );
  const shape = shapeOf(batch);
  const { name, text } = statementFor(shape, writes[0].start !== undefined);
  const values = parameters(writes, batch, shape);
  const { rows } = await withConnection(db, (connection: PostgresConnection) =>
    connection.query({ name, text, values }),
  );
  const written = new Map<string, Map<string, number>>();
  for (const { run_id: runId, step_id: stepId, slot, fence } of rows) {
    const fences = written.get(runId) ?? new Map<string, number>();
    if (stepId && slot && fence) {
      fences.set(timerId(runId, slot, stepId), Number(fence));
    }
    written.set(runId, fences);
  }
  return writes.map(({ transition }) => {
    const fences = written.get(transition.runId);
    return fences ? { outcome: 'written', fences } : { outcome: 'stale' };
  });
}

/**
 * Writes one transition. It is stale when the run has moved on, or when the
 * command was carried out before: which of them, the run itself tells.
 */
export async function writeAlone(db: Knex, write: Write): Promise<WriteResult> {
  try {
    const [result] = await writeTogether(db, [write]);
    return result;
  } catch (error) {
    if (isJournalConflict(error, 'run_event')) {
      return { outcome: 'stale' };
    }
    throw error;
  }
}
