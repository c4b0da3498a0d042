import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  AnyRunEvent,
  decide,
  Facts,
  PolicyFacts,
  RunCommand,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { LruMap } from '../database/LruMap';
import {
  RunStore,
  StartRunOptions,
  StartRunResult,
  TransactOptions,
  TransactResult,
} from '../database/RunStore';
import { Policies, PolicySubject } from './Policies';

/** Runs whose subject is kept in memory. */
const SUBJECTS = 10_000;

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
  readonly #policies: Pick<Policies, 'factsFor' | 'withWordings'>;
  /** What runs are about; it never changes. */
  readonly #subjects = new LruMap<string, PolicySubject>(SUBJECTS);

  constructor(options: {
    store: RunStore;
    logger: LoggerService;
    policies: Pick<Policies, 'factsFor' | 'withWordings'>;
  }) {
    this.#store = options.store;
    this.#policies = options.policies;
    this.#logger = options.logger;
  }

  addListener(listener: CommitListener): void {
    this.#listeners.push(listener);
  }

  async startRun(options: StartRunOptions): Promise<StartRunResult> {
    const result = await this.#store.startRun(options);
    const { sopRef, target } = result.state;
    this.#subjects.set(result.runId, { sopRef, targetRef: target?.entityRef });
    this.#tell(result);
    return result;
  }

  /**
   * Carries out a command. Run, procedure, time and policies are gathered here,
   * so that no way to a decision can leave one of them out.
   * @param known - what only the caller knows
   */
  async execute(
    runId: string,
    options: TransactOptions,
    command: RunCommand,
    known: Omit<Facts, 'now' | 'spec' | keyof PolicyFacts> = {},
  ): Promise<TransactResult> {
    const policies = await this.#policies.factsFor(await this.#subject(runId));
    const result = await this.#policies.withWordings(() =>
      this.#store.transact(runId, options, ({ state, spec, now }) =>
        decide(state, command, { ...known, ...policies, now, spec }),
      ),
    );
    this.#tell(result);
    return result;
  }

  async #subject(runId: string): Promise<PolicySubject> {
    const known = this.#subjects.get(runId);
    if (known) {
      return known;
    }
    const { row } = await this.#store.load(runId);
    const subject = { sopRef: row.sopRef, targetRef: row.targetRef };
    this.#subjects.set(runId, subject);
    return subject;
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
