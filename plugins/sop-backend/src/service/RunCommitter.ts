import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { AnyRunEvent, RunState, SopSpec } from '@handrail/plugin-sop-common';
import {
  DecideFn,
  RunStore,
  StartRunOptions,
  StartRunResult,
  TransactOptions,
  TransactResult,
} from '../database/RunStore';

/** A transition that is in the journal. */
export interface Commit {
  state: RunState;
  spec: SopSpec;
  events: AnyRunEvent[];
}

/** Told about every transition this process commits. */
export type CommitListener = (commit: Commit) => Promise<void>;

/**
 * Writes transitions and tells others about them. What listeners do comes after
 * the fact: it delays no command, and its failure undoes nothing.
 */
export class RunCommitter {
  readonly #store: RunStore;
  readonly #logger: LoggerService;
  readonly #listeners: CommitListener[] = [];

  constructor(options: { store: RunStore; logger: LoggerService }) {
    this.#store = options.store;
    this.#logger = options.logger;
  }

  addListener(listener: CommitListener): void {
    this.#listeners.push(listener);
  }

  async startRun(options: StartRunOptions): Promise<StartRunResult> {
    const result = await this.#store.startRun(options);
    this.#tell(result);
    return result;
  }

  async transact(
    runId: string,
    options: TransactOptions,
    decide: DecideFn,
  ): Promise<TransactResult> {
    const result = await this.#store.transact(runId, options, decide);
    this.#tell(result);
    return result;
  }

  #tell(commit: Commit & { repeated: boolean }): void {
    if (commit.repeated || commit.events.length === 0) {
      return;
    }
    for (const listener of this.#listeners) {
      listener(commit).catch(error => {
        this.#logger.warn(
          `Run ${
            commit.state.runId
          } changed, but telling others failed: ${stringifyError(error)}`,
        );
      });
    }
  }
}
