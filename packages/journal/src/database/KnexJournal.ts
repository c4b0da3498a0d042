import { ConflictError, InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { ChainVerifier } from '../lib/ChainVerifier';
import {
  ChainedEvent,
  JournalEvent,
  JournalHead,
  TrustedHead,
  VerifyResult,
} from '../lib/types';
import { isJournalConflict } from './conflict';
import {
  CHAIN_COLUMNS,
  fromRow,
  JournalRow,
  ROW_COLUMNS,
  toRow,
  toStoredEvent,
} from './rows';
import { checkNames, JournalTable } from './table';

/** SQLite takes at most 500 rows in the form knex gives to one insert. */
const MAX_INSERT = 400;

const VERIFY_BATCH = 1000;

/** Subjects that are read together, and rows of theirs in one statement. */
const MANY_SUBJECTS = 200;
const MANY_BATCH = 5000;

/** @public */
export interface ReadOptions {
  /** Only events with a higher number. */
  afterSeq?: number;
  /** At most this many, the lowest numbers first. All when absent. */
  limit?: number;
}

/**
 * A journal and what is known about it from elsewhere.
 * @public
 */
export interface KnownJournal {
  subjectId: string;
  /** See {@link ChainVerifierOptions.genesis}. */
  genesis: string;
  head?: TrustedHead;
}

/**
 * Refuses a batch with a gap or a broken link: in an append-only table it
 * could never be put right.
 */
function checkBatch(events: readonly ChainedEvent<JournalEvent<object>>[]) {
  for (let i = 1; i < events.length; i++) {
    const [previous, event] = [events[i - 1], events[i]];
    if (event.seq !== previous.seq + 1 || event.prevHash !== previous.hash) {
      throw new InputError(
        `Event ${event.seq} does not follow event ${previous.seq}; allowed are consecutive events as chainEvents returns them`,
      );
    }
  }
}

/**
 * The journals of many subjects in one table.
 *
 * Writers of the same subject should take turns (a row lock on the subject);
 * the primary key is the last net: of two writers with the same number exactly
 * one wins, the other gets a ConflictError.
 * @public
 */
export class KnexJournal {
  /** @throws InputError when a name cannot be used */
  static create(options: JournalTable): KnexJournal {
    checkNames(options.table, options.subjectColumn);
    return new KnexJournal(options.table, options.subjectColumn);
  }

  private constructor(
    private readonly table: string,
    private readonly subjectColumn: string,
  ) {}

  /**
   * The rows of events, for an insert inside a larger statement. Errors of
   * that statement are told apart by {@link isJournalConflict}.
   *
   * @param commandId - goes on the last row
   * @throws InputError when the events are not consecutive and linked
   */
  toRows(
    subjectId: string,
    events: readonly ChainedEvent<JournalEvent<object>>[],
    commandId?: string,
  ): (JournalRow & Record<string, string | number | null>)[] {
    checkBatch(events);
    return events.map((event, index) => ({
      [this.subjectColumn]: subjectId,
      ...toRow(event, index === events.length - 1 ? commandId : undefined),
    }));
  }

  /**
   * Appends events with one multi-row insert (one per 400 events).
   *
   * The first event's `prevHash` must come from the head read under the same
   * lock; it is not compared with the stored head here.
   *
   * @param commandId - id of the command that caused all these events; unique
   *   per subject, kept on the last of them
   * @throws ConflictError when an event's number or the command id is taken;
   *   nothing of the batch is stored then
   * @throws InputError when the events are not consecutive and linked
   */
  async append(
    tx: Knex,
    subjectId: string,
    events: readonly ChainedEvent<JournalEvent<object>>[],
    commandId?: string,
  ): Promise<void> {
    const rows = this.toRows(subjectId, events, commandId);
    if (rows.length === 0) {
      return;
    }
    try {
      if (rows.length <= MAX_INSERT) {
        await tx(this.table).insert(rows);
      } else {
        // In a transaction of its own, or a savepoint of the caller's.
        await tx.batchInsert(this.table, rows, MAX_INSERT);
      }
    } catch (error) {
      if (isJournalConflict(error, this.table)) {
        throw new ConflictError(
          `The journal of ${subjectId} already holds event ${rows[0].seq}${
            commandId === undefined ? '' : ` or command ${commandId}`
          }`,
          error,
        );
      }
      throw error;
    }
  }

  /**
   * Events in the order of their numbers. Nothing is verified here.
   *
   * @throws Error naming the event whose data is not JSON any more
   */
  async read(
    db: Knex,
    subjectId: string,
    options: ReadOptions = {},
  ): Promise<ChainedEvent[]> {
    return (await this.#readRows(db, subjectId, options)).map(fromRow);
  }

  /** The last event's number and hash; undefined for an unknown subject. */
  async head(db: Knex, subjectId: string): Promise<JournalHead | undefined> {
    return db<JournalRow>(this.table)
      .where({ [this.subjectColumn]: subjectId })
      .orderBy('seq', 'desc')
      .first('seq', 'hash');
  }

  /**
   * The last event of a command that was carried out before: folding the
   * journal up to its number gives the command's result again.
   */
  async findCommand(
    db: Knex,
    subjectId: string,
    commandId: string,
  ): Promise<ChainedEvent | undefined> {
    const row: JournalRow | undefined = await db(this.table)
      .where({ [this.subjectColumn]: subjectId, command_id: commandId })
      .first(...ROW_COLUMNS);
    return row && fromRow(row);
  }

  /**
   * Verifies the stored bytes of a subject's journal in batches; memory use
   * does not grow with the journal.
   *
   * @param genesis - the subject's genesis hash, from facts the caller trusts
   * @param head - see {@link TrustedHead}; without it a truncated tail cannot
   *   be noticed
   * @throws InputError when `genesis` or `head` is not well-formed
   */
  async verify(
    db: Knex,
    subjectId: string,
    genesis: string,
    head?: TrustedHead,
  ): Promise<VerifyResult> {
    const verifier = ChainVerifier.create({ genesis, head });
    // No lower bound at first, so that a false event numbered 0 or less is read.
    let afterSeq: number | undefined;
    for (;;) {
      const rows = await this.#readRows(db, subjectId, {
        afterSeq,
        limit: VERIFY_BATCH,
      });
      // Ordered by number, so later rows add nothing to a failure's reason.
      const sound = verifier.addStored(rows.map(toStoredEvent));
      if (!sound || rows.length < VERIFY_BATCH) {
        return verifier.finish();
      }
      afterSeq = rows[rows.length - 1].seq;
    }
  }

  /**
   * Verifies the journals of many subjects as {@link KnexJournal.verify} does
   * one, with far fewer statements: most journals are short.
   *
   * @returns the results in the order of `journals`
   * @throws InputError when a genesis or head is not well-formed
   */
  async verifyMany(
    db: Knex,
    journals: readonly KnownJournal[],
  ): Promise<VerifyResult[]> {
    const results: VerifyResult[] = [];
    for (let start = 0; start < journals.length; start += MANY_SUBJECTS) {
      const part = journals.slice(start, start + MANY_SUBJECTS);
      const verifiers = part.map(one => ChainVerifier.create(one));
      const bySubject = new Map(
        part.map((one, index) => [one.subjectId, verifiers[index]]),
      );
      for await (const rows of this.#readMany(db, [...bySubject.keys()])) {
        for (const row of rows) {
          bySubject
            .get(row[this.subjectColumn])
            ?.addStored([toStoredEvent(row)]);
        }
      }
      results.push(
        // By name: a subject that is named twice has one verifier.
        ...part.map(({ subjectId }) => bySubject.get(subjectId)!.finish()),
      );
    }
    return results;
  }

  /** All rows of some subjects in order, in batches. */
  async *#readMany(db: Knex, subjectIds: string[]) {
    const order = [this.subjectColumn, 'seq'];
    let last: [string, number] | undefined;
    for (;;) {
      const query = db(this.table)
        .whereIn(this.subjectColumn, subjectIds)
        .orderBy(order)
        .limit(MANY_BATCH)
        .select(this.subjectColumn, ...CHAIN_COLUMNS);
      if (last) {
        query.whereRaw(`(${order.join(', ')}) > (?, ?)`, last);
      }
      const rows: (Omit<JournalRow, 'command_id'> & Record<string, string>)[] =
        await query;
      yield rows;
      if (rows.length < MANY_BATCH) {
        return;
      }
      const { seq, [this.subjectColumn]: subjectId } = rows[rows.length - 1];
      last = [subjectId, seq];
    }
  }

  async #readRows(
    db: Knex,
    subjectId: string,
    { afterSeq, limit }: ReadOptions,
  ): Promise<JournalRow[]> {
    const query = db(this.table)
      .where({ [this.subjectColumn]: subjectId })
      .orderBy('seq')
      .select(...ROW_COLUMNS);
    if (afterSeq !== undefined) {
      query.andWhere('seq', '>', afterSeq);
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    return query;
  }
}
