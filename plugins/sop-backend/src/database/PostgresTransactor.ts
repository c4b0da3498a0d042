import type { Knex } from 'knex';
import { GroupWriter } from './GroupWriter';
import { writeAlone } from './postgresWriter';
import { RunHead, runNotFound, RunReader } from './RunReader';
import { NewRun } from './rowSets';
import { DbRun } from './rows';
import {
  Prepare,
  Transactor,
  TransactOutcome,
  WriteResult,
} from './Transactor';
import { RunSnapshot, Transition } from './transition';

/** One statement when memory is up to date, else a row lock and a second look. */
export class PostgresTransactor implements Transactor {
  readonly #writer: GroupWriter;

  constructor(private readonly knex: Knex, private readonly reader: RunReader) {
    this.#writer = new GroupWriter(knex);
  }

  start(
    transition: Transition,
    options: { leaseDue: string; start: NewRun },
  ): Promise<WriteResult> {
    return this.#writer.write({ transition, ...options });
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
      const { leaseDue } = options;
      const result = await this.#writer.write({ transition, leaseDue });
      if (result.outcome === 'written') {
        return { ...result, transition };
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
      const { leaseDue } = options;
      const result = await writeAlone(tx, { transition, leaseDue });
      if (result.outcome !== 'written') {
        throw new Error(
          `Run ${runId} changed although its row was locked (${result.outcome})`,
        );
      }
      return { ...result, transition };
    });
  }
}
