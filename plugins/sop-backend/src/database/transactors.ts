import type { Knex } from 'knex';
import { withConnection } from './dialect';
import { PostgresWriter, WriteResult } from './postgresWriter';
import { RunHead, runNotFound, RunReader } from './RunReader';
import { NewRun } from './rowSets';
import { DbRun } from './rows';
import { SqliteConnection, SqliteWriter } from './sqliteWriter';
import { catchUp, isCurrent, RunSnapshot, Transition } from './transition';

/** Undefined when there is nothing to write. */
export type Prepare = (snapshot: RunSnapshot) => Transition | undefined;

/** What became of a decision, with the run it was made on. */
export type TransactOutcome =
  | {
      outcome: 'written';
      transition: Transition;
      fences: Map<string, number>;
    }
  /** There was nothing to write. */
  | { outcome: 'unchanged'; snapshot: RunSnapshot }
  /** The command was carried out before. */
  | { outcome: 'repeated' };

/** Writes transitions on one kind of database. */
export interface Transactor {
  start(
    transition: Transition,
    options: { leaseDue: string; start: NewRun },
  ): Promise<WriteResult>;

  /**
   * Prepares a transition on the run as it is and writes it. `prepare` may be
   * called more than once; an error it throws for the run as it is now is
   * thrown on, unless the command was carried out before.
   */
  transact(
    runId: string,
    options: { commandId?: string; leaseDue: string },
    prepare: Prepare,
  ): Promise<TransactOutcome>;
}

/** One statement when memory is up to date, else a row lock and a second look. */
export class PostgresTransactor implements Transactor {
  readonly #writer = new PostgresWriter();

  constructor(
    private readonly knex: Knex,
    private readonly reader: RunReader,
  ) {}

  start(
    transition: Transition,
    options: { leaseDue: string; start: NewRun },
  ): Promise<WriteResult> {
    return this.#writer.write(this.knex, transition, options);
  }

  async transact(
    runId: string,
    options: { commandId?: string; leaseDue: string },
    prepare: Prepare,
  ): Promise<TransactOutcome> {
    const known =
      this.reader.peek(runId) ?? (await this.reader.latest(this.knex, runId));
    const transition = this.#guess(known, prepare);
    if (transition) {
      const result = await this.#writer.write(this.knex, transition, options);
      if (result.outcome === 'written') {
        return { ...result, transition };
      }
      if (result.outcome === 'repeated') {
        return result;
      }
    }
    return this.#locked(runId, options, prepare);
  }

  /**
   * What was known may be out of date, so a refusal says nothing yet, and nor
   * does "nothing to do".
   */
  #guess(known: RunSnapshot, prepare: Prepare): Transition | undefined {
    try {
      return prepare(known);
    } catch {
      return undefined;
    }
  }

  async #locked(
    runId: string,
    options: { commandId?: string; leaseDue: string },
    prepare: Prepare,
  ): Promise<TransactOutcome> {
    return this.knex.transaction(async tx => {
      const head: RunHead | undefined = await tx<DbRun>('run')
        .where('run_id', runId)
        .forUpdate()
        .first('version', 'head', 'revision_hash');
      if (!head) {
        throw runNotFound(runId);
      }
      const { commandId } = options;
      if (
        commandId !== undefined &&
        (await tx('run_event')
          .where({ run_id: runId, command_id: commandId })
          .first('seq'))
      ) {
        return { outcome: 'repeated' };
      }
      const snapshot = await this.reader.snapshot(tx, runId, head);
      const transition = prepare(snapshot);
      if (!transition) {
        return { outcome: 'unchanged', snapshot };
      }
      const result = await this.#writer.write(tx, transition, options);
      if (result.outcome !== 'written') {
        throw new Error(
          `Run ${runId} changed although its row was locked (${result.outcome})`,
        );
      }
      return { ...result, transition };
    });
  }
}

/**
 * SQLite has one writer: a transition is read, decided and written inside one
 * immediate transaction, in one turn of the event loop.
 */
export class SqliteTransactor implements Transactor {
  readonly #writer = new SqliteWriter();

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

  #immediate<T>(fn: (connection: SqliteConnection) => T): Promise<T> {
    return withConnection(this.knex, (connection: SqliteConnection) =>
      this.#writer.immediate(connection, () => fn(connection)),
    );
  }
}
