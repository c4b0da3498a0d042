import type { Knex } from 'knex';
import { withConnection } from './dialect';
import { runNotFound, RunReader } from './RunReader';
import { NewRun } from './rowSets';
import { SqliteConnection, SqliteWriter } from './sqliteWriter';
import {
  Prepare,
  Transactor,
  TransactOutcome,
  WriteResult,
} from './Transactor';
import { catchUp, isCurrent, RunSnapshot, Transition } from './transition';

/** Transitions in one commit. */
const MAX_GROUP = 32;

interface Work {
  /** Returns what tells the caller. */
  run: (connection: SqliteConnection) => () => void;
  reject: (error: unknown) => void;
}

/**
 * SQLite has one writer: transitions are read, decided and written inside an
 * immediate transaction, in one turn of the event loop. Those that wait for the
 * connection share its commit, each undone by itself when it fails.
 */
export class SqliteTransactor implements Transactor {
  readonly #writer = new SqliteWriter();
  readonly #waiting: Work[] = [];
  #draining = false;

  constructor(
    private readonly knex: Knex,
    private readonly reader: RunReader,
  ) {}

  /** Sets the connection up before its first use. */
  async prepare(): Promise<void> {
    await withConnection(this.knex, (connection: SqliteConnection) =>
      this.#writer.prepare(connection),
    );
  }

  async start(
    transition: Transition,
    options: { leaseDue: string; start: NewRun },
  ): Promise<WriteResult> {
    return this.#immediate(connection =>
      this.#writer.write(connection, transition, options),
    );
  }

  async transact(
    runId: string,
    options: { commandId?: string; leaseDue: string },
    prepare: Prepare,
  ): Promise<TransactOutcome> {
    const known =
      this.reader.peek(runId) ?? (await this.reader.latest(this.knex, runId));
    return this.#immediate(connection => {
      const { commandId } = options;
      if (
        commandId !== undefined &&
        this.#writer.hasCommand(connection, runId, commandId)
      ) {
        return { outcome: 'repeated' };
      }
      const snapshot = this.#refresh(connection, runId, known);
      const transition = prepare(snapshot);
      if (!transition) {
        return { outcome: 'unchanged', snapshot };
      }
      const result = this.#writer.write(connection, transition, options);
      if (result.outcome !== 'written') {
        throw new Error(
          `Run ${runId} changed inside an immediate transaction (${result.outcome})`,
        );
      }
      return { ...result, transition };
    });
  }

  #refresh(
    connection: SqliteConnection,
    runId: string,
    known: RunSnapshot,
  ): RunSnapshot {
    const current = this.#writer.current(connection, runId);
    if (!current) {
      this.reader.forget(runId);
      throw runNotFound(runId);
    }
    if (isCurrent(known, current)) {
      return known;
    }
    const after = (seq: number) =>
      this.#writer.journalAfter(connection, runId, seq);
    const snapshot =
      catchUp(known, known.revision, after(known.version), current) ??
      catchUp(undefined, known.revision, after(0), current);
    if (!snapshot) {
      this.reader.forget(runId);
      throw new Error(
        `The journal of run ${runId} does not end with event ${current.version}, as its row says; verify the run`,
      );
    }
    return snapshot;
  }

  /** Callers that come while the connection is in use share a commit. */
  #immediate<T>(fn: (connection: SqliteConnection) => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({
        run: connection => {
          const result = fn(connection);
          return () => resolve(result);
        },
        reject,
      });
      if (!this.#draining) {
        this.#drain();
      }
    });
  }

  /** Settles every member of every group; never rejects. */
  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#waiting.length > 0) {
      let group: Work[] = [];
      try {
        const settle = await withConnection(
          this.knex,
          (connection: SqliteConnection) => {
            group = this.#waiting.splice(0, MAX_GROUP);
            return this.#writer.immediate(connection, () =>
              group.map(work => this.#attempt(connection, work)),
            );
          },
        );
        settle.forEach(one => one());
      } catch (error) {
        // No connection, no lock or no commit: nothing was written.
        const lost = group.length > 0 ? group : this.#waiting.splice(0);
        lost.forEach(({ reject }) => reject(error));
      }
    }
    this.#draining = false;
  }

  /** @returns what tells the caller, for after the commit */
  #attempt(connection: SqliteConnection, { run, reject }: Work): () => void {
    try {
      return this.#writer.savepoint(connection, () => run(connection));
    } catch (error) {
      return () => reject(error);
    }
  }
}
