import { JournalRow } from '@handrail/journal';
import { TimerSlot } from '@handrail/plugin-sop-common';
import {
  COLUMNS,
  NEW_RUN_COLUMNS,
  NewRun,
  newRunCells,
  RowSetName,
  rowSets,
  RUN_CHANGE_COLUMNS,
  runChangeCells,
} from './rowSets';
import { SET_NAMES, sqliteStatement } from './statements';
import { timerId } from './timerId';
import { WriteResult } from './Transactor';
import { Transition } from './transition';

interface SqliteStatement {
  run(...parameters: unknown[]): { changes: number };
  get(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
}

/** As much of the driver as is used here. Everything in it is synchronous. */
export interface SqliteConnection {
  prepare(sql: string): SqliteStatement;
  pragma(source: string, options: { simple: true }): unknown;
  readonly memory: boolean;
  readonly inTransaction: boolean;
}

const UPDATE_RUN = `UPDATE run SET ${RUN_CHANGE_COLUMNS.map(
  ([column]) => `${column} = ?`,
).join(', ')} WHERE run_id = ? AND version = ?`;

const RUN_COLUMNS = [
  'run_id',
  ...[...RUN_CHANGE_COLUMNS, ...NEW_RUN_COLUMNS].map(([column]) => column),
];

const INSERT_RUN = `INSERT INTO run (${RUN_COLUMNS.join(
  ', ',
)}) VALUES (${RUN_COLUMNS.map(() => '?').join(
  ', ',
)}) ON CONFLICT (start_key) DO NOTHING`;

const STATEMENTS = Object.fromEntries(
  SET_NAMES.map(name => [name, sqliteStatement(name)]),
) as Record<RowSetName, string>;

/**
 * Writes transitions by prepared statements inside one immediate transaction
 * that does not leave the current turn of the event loop.
 */
export class SqliteWriter {
  readonly #prepared = new WeakMap<
    SqliteConnection,
    Map<string, SqliteStatement>
  >();

  /**
   * Runs `fn` in a transaction that holds the write lock from its beginning.
   * What `fn` throws undoes everything.
   */
  immediate<T>(connection: SqliteConnection, fn: () => T): T {
    this.#statement(connection, 'BEGIN IMMEDIATE').run();
    try {
      const result = fn();
      this.#statement(connection, 'COMMIT').run();
      return result;
    } catch (error) {
      // Some errors have ended the transaction already.
      if (connection.inTransaction) {
        this.#statement(connection, 'ROLLBACK').run();
      }
      throw error;
    }
  }

  /** Inside {@link SqliteWriter.immediate}: undoes only `fn` when it throws. */
  savepoint<T>(connection: SqliteConnection, fn: () => T): T {
    if (!connection.inTransaction) {
      // An error before has ended it; a savepoint would begin another one.
      throw new Error('The transaction was rolled back');
    }
    this.#statement(connection, 'SAVEPOINT one').run();
    try {
      const result = fn();
      this.#statement(connection, 'RELEASE one').run();
      return result;
    } catch (error) {
      if (connection.inTransaction) {
        this.#statement(connection, 'ROLLBACK TO one').run();
        this.#statement(connection, 'RELEASE one').run();
      }
      throw error;
    }
  }

  /** Where a run's journal stands now. */
  current(
    connection: SqliteConnection,
    runId: string,
  ): { version: number; head: string } | undefined {
    return this.#statement(
      connection,
      'SELECT version, head FROM run WHERE run_id = ?',
    ).get(runId) as { version: number; head: string } | undefined;
  }

  journalAfter(
    connection: SqliteConnection,
    runId: string,
    seq: number,
  ): JournalRow[] {
    return this.#statement(
      connection,
      `SELECT ${COLUMNS.events
        .map(([column]) => column)
        .join(', ')} FROM run_event WHERE run_id = ? AND seq > ? ORDER BY seq`,
    ).all(runId, seq) as JournalRow[];
  }

  hasCommand(
    connection: SqliteConnection,
    runId: string,
    commandId: string,
  ): boolean {
    return (
      this.#statement(
        connection,
        'SELECT 1 FROM run_event WHERE run_id = ? AND command_id = ?',
      ).get(runId, commandId) !== undefined
    );
  }

  /** Inside {@link SqliteWriter.immediate}. */
  write(
    connection: SqliteConnection,
    transition: Transition,
    options: { leaseDue: string; start?: NewRun },
  ): WriteResult {
    const { runId, expected, events, actorRef } = transition;
    const run = (sql: string, ...parameters: unknown[]) =>
      this.#statement(connection, sql).run(...parameters);
    const cells = runChangeCells(transition.after, transition.changes);
    const { changes } = options.start
      ? run(
          INSERT_RUN,
          runId,
          ...cells,
          ...newRunCells(transition, options.start),
        )
      : run(UPDATE_RUN, ...cells, runId, expected);
    if (changes === 0) {
      return { outcome: 'stale' };
    }
    const sets = rowSets(transition, options.leaseDue);
    const fences = new Map<string, number>();
    for (const name of SET_NAMES) {
      for (const row of sets[name]) {
        const statement = this.#statement(connection, STATEMENTS[name]);
        if (name === 'timersPut') {
          const written = statement.get(runId, ...row) as {
            step_id: string;
            slot: TimerSlot;
            fence: number;
          };
          fences.set(
            timerId(runId, written.slot, written.step_id),
            written.fence,
          );
        } else {
          statement.run(runId, ...row);
        }
      }
    }
    run(
      'INSERT INTO outbox (run_id, first_seq, last_seq, actor) VALUES (?, ?, ?, ?)',
      runId,
      events[0].seq,
      events[events.length - 1].seq,
      actorRef ?? null,
    );
    return { outcome: 'written', fences };
  }

  /**
   * Makes a commit survive a loss of power, once per connection: the pool may
   * replace its connection at any time.
   */
  prepare(connection: SqliteConnection): void {
    if (this.#prepared.has(connection)) {
      return;
    }
    this.#prepared.set(connection, new Map());
    if (!connection.memory) {
      connection.pragma('journal_mode = WAL', { simple: true });
    }
    connection.pragma('synchronous = FULL', { simple: true });
    connection.pragma('foreign_keys = ON', { simple: true });
  }

  #statement(connection: SqliteConnection, sql: string): SqliteStatement {
    this.prepare(connection);
    const prepared = this.#prepared.get(connection)!;
    let statement = prepared.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement;
  }
}
