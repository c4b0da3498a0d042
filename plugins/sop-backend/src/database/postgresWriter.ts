import { isJournalConflict } from '@handrail/journal';
import type { Knex } from 'knex';
import { withConnection } from './dialect';
import {
  Cell,
  COLUMNS,
  NewRun,
  newRunCells,
  RowSets,
  rowSets,
  runChangeCells,
} from './rowSets';
import { postgresStatement, SET_NAMES, shapeOf } from './statements';
import { Transition } from './transition';

/** What became of a write. */
export type WriteResult =
  | { outcome: 'written'; fences: Map<string, number> }
  /** The run has moved on (or the start key exists); nothing was written. */
  | { outcome: 'stale' }
  /** The command id was used before; nothing was written. */
  | { outcome: 'repeated' };

/** As much of the driver as is used here. */
interface PostgresConnection {
  query(query: {
    name: string;
    text: string;
    values: unknown[];
  }): Promise<{ rows: Array<{ step_id?: string; fence?: string }> }>;
}

/** Shapes are few: they repeat with the procedures. Rare ones are not kept. */
const MAX_PREPARED = 200;

/** Writes a transition as one prepared statement: one round trip, all or nothing. */
export class PostgresWriter {
  readonly #statements = new Map<string, string>();

  async write(
    db: Knex,
    transition: Transition,
    options: { leaseDue: string; start?: NewRun },
  ): Promise<WriteResult> {
    const sets = rowSets(transition, options.leaseDue);
    const { text, name } = this.#statement(shapeOf(sets), !!options.start);
    const values = parameters(transition, sets, options.start);
    try {
      const { rows } = await withConnection(
        db,
        (connection: PostgresConnection) =>
          connection.query({ name, text, values }),
      );
      if (rows.length === 0) {
        return { outcome: 'stale' };
      }
      const fences = new Map<string, number>();
      for (const { step_id: stepId, fence } of rows) {
        if (stepId && fence) {
          fences.set(stepId, Number(fence));
        }
      }
      return { outcome: 'written', fences };
    } catch (error) {
      if (transition.commandId && isJournalConflict(error, 'run_event')) {
        return { outcome: 'repeated' };
      }
      throw error;
    }
  }

  #statement(shape: string, start: boolean): { name: string; text: string } {
    const key = `${start ? 'start' : 'go'}_${shape}`;
    let text = this.#statements.get(key);
    if (!text) {
      text = postgresStatement(shape, start);
      if (this.#statements.size < MAX_PREPARED) {
        this.#statements.set(key, text);
      } else {
        // Without a name the server forgets it after this once.
        return { name: '', text };
      }
    }
    return { name: `sop_${key}`, text };
  }
}

function parameters(
  transition: Transition,
  sets: RowSets,
  start: NewRun | undefined,
): unknown[] {
  const { runId, expected, events, actorRef } = transition;
  const values: unknown[] = start
    ? [
        runId,
        ...runChangeCells(transition.after, transition.changes),
        ...newRunCells(transition, start),
      ]
    : [
        runId,
        expected,
        ...runChangeCells(transition.after, transition.changes),
      ];
  values.push(events[0].seq, events[events.length - 1].seq, actorRef ?? null);
  const shape = shapeOf(sets);
  SET_NAMES.forEach((name, index) => {
    const rows = sets[name];
    if (shape[index] === 'n') {
      COLUMNS[name].forEach((_, column) => {
        values.push(rows.map((row): Cell => row[column]));
      });
    } else {
      for (const row of rows) {
        values.push(...row);
      }
    }
  });
  return values;
}
