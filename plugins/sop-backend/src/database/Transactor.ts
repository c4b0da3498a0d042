import { NewRun } from './rowSets';
import { RunSnapshot, Transition } from './transition';

/** What became of a write. */
export type WriteResult =
  | {
      outcome: 'written';
      /** Of the timers it wrote, by step. */
      fences: Map<string, number>;
    }
  /**
   * The run has moved on, its command was carried out before, or the start key
   * exists; nothing was written.
   */
  | { outcome: 'stale' };

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
