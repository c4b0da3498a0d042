import { OutboxEntry } from '../database/RunStore';

/** Somebody who is told of every transition, in order, at least once. */
export interface OutboxConsumer {
  /** Unique; names the position that is kept in the database. */
  readonly name: string;

  /**
   * Where a consumer begins that was never seen: at the first transition there
   * is, or at the next one.
   */
  readonly startAt: 'beginning' | 'end';

  /**
   * How often a delivery is tried before it is given up and logged, so that one
   * message nobody can take does not stop all others; for ever when absent.
   */
  readonly maxTries?: number;

  /**
   * Takes one transition. May be called again with one that it has taken, after
   * a crash or a failure.
   * @throws any error when it could not take it
   */
  deliver(entry: OutboxEntry): Promise<void>;
}
