import { ConflictError } from '@backstage/errors';
import {
  canonicalJson,
  chainEvents,
  ChainedEvent,
  genesisHash,
  KnexJournal,
} from '@handrail/journal';
import {
  ControlEvent,
  ControlHead,
  ControlState,
  evolveControl,
  newControl,
  replayControl,
  Verification,
} from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { isPostgres, toIso } from '../database/dialect';

/** Document control of a procedure, and where its journal stands. */
export interface LoadedControl {
  state: ControlState;
  head: ControlHead;
}

/** What came of a decision. */
export interface ControlCommit extends LoadedControl {
  /** Nothing when there was nothing to write, or when it was written before. */
  events: ControlEvent[];
}

interface DbControl {
  sop_ref: string;
  genesis: string;
  version: number;
  head: string;
  state: string;
  updated_at: Date | string;
}

const MAX_JOURNAL_PAGE = 1000;

/**
 * Journals of document control, one per procedure. The journal is the truth;
 * the row with the folded state and the rows of acknowledgements are derived
 * from it in the same transaction.
 */
export class ControlStore {
  readonly #knex: Knex;
  readonly #now: () => string;
  readonly #journal = KnexJournal.create({
    table: 'procedure_event',
    subjectColumn: 'sop_ref',
  });

  /** @param options - `now`: the database's clock */
  constructor(options: { knex: Knex; now: () => string }) {
    this.#knex = options.knex;
    this.#now = options.now;
  }

  now(): string {
    return this.#now();
  }

  async load(sopRef: string): Promise<LoadedControl | undefined> {
    const row = await this.#knex<DbControl>('procedure_control')
      .where('sop_ref', sopRef)
      .first();
    return row && toLoaded(row);
  }

  /** Every procedure that was ever filed, by its ref. */
  async list(): Promise<LoadedControl[]> {
    const rows = await this.#knex<DbControl>('procedure_control')
      .select('*')
      .orderBy('sop_ref');
    return rows.map(toLoaded);
  }

  /**
   * Decides on the latest state and writes the result, all or nothing.
   *
   * @param options - `commandId`: unique per procedure; a repeat by the same
   * person changes nothing
   * @throws ConflictError when the command id was used by somebody else; what
   * `decide` throws
   */
  async transact(
    sopRef: string,
    options: { commandId?: string; actorRef?: string },
    decide: (state: ControlState, now: string) => ControlEvent[],
  ): Promise<ControlCommit> {
    return this.#knex.transaction(async tx => {
      const row = await this.#lock(tx, sopRef);
      const { commandId, actorRef } = options;
      const before = commandId
        ? await this.#journal.findCommand(tx, sopRef, commandId)
        : undefined;
      if (before && before.actor !== actorRef) {
        throw new ConflictError(
          `The command id ${commandId} was used by somebody else`,
        );
      }
      const loaded = toLoaded(row);
      const now = later(this.#now(), toIso(row.updated_at));
      const events = before ? [] : decide(loaded.state, now);
      if (events.length === 0) {
        return { ...loaded, events };
      }
      const chained = chainEvents(row.head, events);
      const state = events.reduce(evolveControl, loaded.state);
      const { seq, hash } = chained[chained.length - 1];
      await this.#journal.append(tx, sopRef, chained, commandId);
      await tx<DbControl>('procedure_control')
        .where('sop_ref', sopRef)
        .update({
          version: seq,
          head: hash,
          state: JSON.stringify(state),
          updated_at: now,
        });
      await writeAcknowledgements(tx, sopRef, events);
      return { state, head: { seq, hash }, events };
    });
  }

  /** When a person acknowledged a revision. */
  async acknowledgedAt(
    sopRef: string,
    hash: string,
    userRef: string,
  ): Promise<string | undefined> {
    const row = await this.#knex('procedure_acknowledgement')
      .where({ sop_ref: sopRef, revision_hash: hash, user_ref: userRef })
      .first('acknowledged_at');
    return toIso(row?.acknowledged_at);
  }

  /** How many people acknowledged a revision. */
  async countAcknowledgements(sopRef: string, hash: string): Promise<number> {
    const [row] = await this.#knex('procedure_acknowledgement')
      .where({ sop_ref: sopRef, revision_hash: hash })
      .count({ count: '*' });
    return Number(row.count);
  }

  /** Events with a number above `after`, in order. */
  async readJournal(
    sopRef: string,
    options: { after?: number; limit?: number } = {},
  ): Promise<{ genesis: string; items: ChainedEvent[] }> {
    const items = await this.#journal.read(this.#knex, sopRef, {
      afterSeq: options.after ?? 0,
      limit: Math.min(options.limit ?? 200, MAX_JOURNAL_PAGE),
    });
    return { genesis: controlGenesis(sopRef), items };
  }

  /**
   * Recomputes every hash from what the database holds, and the state and the
   * acknowledgements from the journal.
   */
  async verify(sopRef: string): Promise<Verification> {
    const checkedAt = this.#now();
    const row = await this.#knex<DbControl>('procedure_control')
      .where('sop_ref', sopRef)
      .first();
    const head = row && { seq: row.version, hash: row.head, final: true };
    const result = await this.#journal.verify(
      this.#knex,
      sopRef,
      controlGenesis(sopRef),
      head,
    );
    if (!result.ok) {
      const { seq, reason, message, expected, found } = result;
      const events = Math.max(seq - 1, 0);
      return {
        ok: false,
        ...{ events, seq, reason, message, expected, found, checkedAt },
      };
    }
    const events = await this.#journal.read(this.#knex, sopRef);
    const differs = await this.#derivedDiffers(sopRef, row, events);
    const sound = {
      events: result.events,
      head: result.head.hash,
      checkedAt,
    };
    return differs
      ? { ok: false, ...sound, reason: 'projection', message: differs }
      : {
          ok: true,
          ...sound,
          message: `All ${result.events} events are as they were written.`,
        };
  }

  /** What does not follow from the journal, as a sentence. */
  async #derivedDiffers(
    sopRef: string,
    row: DbControl | undefined,
    events: ChainedEvent[],
  ): Promise<string | undefined> {
    const folded = replayControl(sopRef, events as unknown as ControlEvent[]);
    if (row && canonical(row.state) !== canonical(JSON.stringify(folded))) {
      return 'The journal is sound, but the revisions and signatures that are shown differ from what it says.';
    }
    const rows = await this.#knex('procedure_acknowledgement')
      .where('sop_ref', sopRef)
      .orderBy('seq')
      .select('seq', 'revision_hash', 'user_ref');
    const shown = rows.map(one => [one.seq, one.revision_hash, one.user_ref]);
    const said = events
      .filter(one => one.type === 'revision.acknowledged')
      .map(one => [one.seq, one.data.hash, one.actor]);
    return JSON.stringify(shown) === JSON.stringify(said)
      ? undefined
      : 'The journal is sound, but the acknowledgements that are counted differ from what it says.';
  }

  async #lock(tx: Knex, sopRef: string): Promise<DbControl> {
    const genesis = controlGenesis(sopRef);
    await tx<DbControl>('procedure_control')
      .insert({
        sop_ref: sopRef,
        genesis,
        version: 0,
        head: genesis,
        state: JSON.stringify(newControl(sopRef)),
        updated_at: this.#now(),
      })
      .onConflict('sop_ref')
      .ignore();
    const query = tx<DbControl>('procedure_control')
      .where('sop_ref', sopRef)
      .first();
    const row = await (isPostgres(tx) ? query.forUpdate() : query);
    return row as DbControl;
  }
}

function toLoaded(row: DbControl): LoadedControl {
  return {
    state: JSON.parse(row.state),
    head: { seq: row.version, hash: row.head },
  };
}

function controlGenesis(sopRef: string): string {
  return genesisHash({ document: 'procedure', sopRef });
}

async function writeAcknowledgements(
  tx: Knex,
  sopRef: string,
  events: ControlEvent[],
): Promise<void> {
  for (const event of events) {
    if (event.type === 'revision.acknowledged') {
      await tx('procedure_acknowledgement').insert({
        sop_ref: sopRef,
        revision_hash: event.data.hash,
        user_ref: event.actor,
        seq: event.seq,
        acknowledged_at: event.at,
      });
    }
  }
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function canonical(json: string): string {
  return canonicalJson(JSON.parse(json));
}
