import { randomUUID } from 'node:crypto';
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  AnyIncidentEvent,
  IncidentState,
} from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { Clock, databaseClock, isPostgres, lockRows } from './dialect';
import {
  fold,
  incidentNotFound,
  journal,
  loadState,
  toIncidentEvents,
} from './journal';
import { ClaimedObligation, claimObligations, holdsFence } from './obligations';
import { Outbox } from './outbox';
import { Announce, writeEvents } from './writeEvents';

/** Where the migrations are. */
export const MIGRATIONS = resolvePackagePath(
  '@handrail/plugin-incidents-backend',
  'migrations',
);

/** What became of a command. */
export interface TransactResult {
  state: IncidentState;
  events: AnyIncidentEvent[];
  /** The command was carried out before; `state` is as it was after it. */
  repeated: boolean;
}

/** Given the incident as it is and the time, tells what happens. */
export type Decide = (state: IncidentState, now: string) => AnyIncidentEvent[];

/** How an incident begins. */
export interface BeginOptions {
  commandId?: string;
  startKey?: string;
  /** Runs in the same transaction, before it is decided. */
  prepare?: (tx: Knex) => Promise<void>;
  /** Runs in the same transaction, when the incident is written. */
  also?: (tx: Knex, state: IncidentState) => Promise<void>;
}

/** What a new incident is called. */
export interface NewIdentity {
  incidentId: string;
  reference: string;
}

export interface IncidentStoreOptions {
  database: DatabaseService;
  /** What others are told about events; nobody when absent. */
  announce?: Announce;
  /** Default: the database's own. */
  clock?: Clock;
}

/** Incidents on PostgreSQL or SQLite. Any number of stores may share one. */
export class IncidentStore {
  static async create(options: IncidentStoreOptions): Promise<IncidentStore> {
    const { database } = options;
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: MIGRATIONS });
    }
    if (!isPostgres(knex)) {
      // Readers do not wait for the writer, and a commit is one write.
      await knex.raw('PRAGMA journal_mode = WAL');
    }
    return new IncidentStore(
      knex,
      options.clock ?? databaseClock,
      options.announce ?? (() => []),
    );
  }

  readonly outbox: Outbox;

  private constructor(
    readonly knex: Knex,
    readonly clock: Clock,
    private readonly announce: Announce,
  ) {
    this.outbox = new Outbox(knex, clock);
  }

  now(): Promise<string> {
    return this.clock.now(this.knex);
  }

  /**
   * Begins an incident. The same start key gives the same incident, as it was
   * when it began.
   */
  async begin(
    options: BeginOptions,
    decide: (identity: NewIdentity, now: string) => AnyIncidentEvent[],
    tx?: Knex,
  ): Promise<TransactResult> {
    const known = await this.#findStart(tx ?? this.knex, options);
    if (known) {
      return known;
    }
    try {
      return tx
        ? await this.#begin(tx, options, decide)
        : await this.knex.transaction(own => this.#begin(own, options, decide));
    } catch (error) {
      // Somebody else began it with the same key meanwhile. Inside a foreign
      // transaction PostgreSQL does nothing more, so only its owner can look.
      const meanwhile = tx
        ? undefined
        : await this.#findStart(this.knex, options);
      if (meanwhile) {
        return meanwhile;
      }
      throw error;
    }
  }

  async #findStart(
    db: Knex,
    { startKey, commandId }: { startKey?: string; commandId?: string },
  ): Promise<TransactResult | undefined> {
    if (!startKey || !commandId) {
      return undefined;
    }
    const row = await db('incident')
      .where({ start_key: startKey })
      .first('incident_id');
    const last =
      row && (await journal.findCommand(db, row.incident_id, commandId));
    return last
      ? {
          state: await loadState(db, row.incident_id, last.seq),
          events: [],
          repeated: true,
        }
      : undefined;
  }

  async #begin(
    tx: Knex,
    options: BeginOptions,
    decide: (identity: NewIdentity, now: string) => AnyIncidentEvent[],
  ): Promise<TransactResult> {
    const { commandId, startKey, prepare, also } = options;
    // On SQLite this makes it the writer, so that nothing read is out of date.
    const [{ number }] = await tx('incident_number').insert({}, ['number']);
    await prepare?.(tx);
    const identity = {
      incidentId: randomUUID(),
      reference: `INC-${number}`,
    };
    const events = decide(identity, await this.clock.now(tx));
    const state = fold(undefined, events);
    await writeEvents(tx, {
      after: state,
      events,
      commandId,
      startKey,
      messages: this.announce(state, events),
    });
    await also?.(tx, state);
    return { state, events, repeated: false };
  }

  /**
   * Decides on the incident as it is and writes what follows. `also` runs in
   * the same transaction; other incidents it writes to must be named in `lock`.
   */
  async transact(
    incidentId: string,
    options: {
      commandId?: string;
      /** Number of the last event that the sender saw. */
      expectedVersion?: number;
      /** Gives up quietly when somebody else has claimed it since. */
      claim?: ClaimedObligation;
      lock?: string[];
      also?: (tx: Knex, result: TransactResult) => Promise<void>;
      /** A transaction of the caller's. */
      tx?: Knex;
    },
    decide: Decide,
  ): Promise<TransactResult> {
    const run = (tx: Knex) => this.#transact(tx, incidentId, options, decide);
    return options.tx ? run(options.tx) : this.knex.transaction(run);
  }

  /**
   * Whether a command would be possible as the incident is now; writes nothing.
   * @returns the incident as it is now
   * @throws what {@link IncidentStore.transact} would throw
   */
  async preview(
    incidentId: string,
    { expectedVersion }: { expectedVersion?: number },
    decide: Decide,
  ): Promise<IncidentState> {
    const state = await this.load(incidentId);
    if (expectedVersion !== undefined) {
      await this.#assertFresh(this.knex, state, expectedVersion);
    }
    decide(state, await this.now());
    return state;
  }

  async #transact(
    tx: Knex,
    incidentId: string,
    options: Parameters<IncidentStore['transact']>[1],
    decide: Decide,
  ): Promise<TransactResult> {
    const { commandId, expectedVersion, claim } = options;
    await lockRows(tx, 'incident', 'incident_id', [
      incidentId,
      ...(options.lock ?? []),
    ]);
    const repeated = await this.findCommand(incidentId, commandId, tx);
    if (repeated) {
      return repeated;
    }
    const before = await loadState(tx, incidentId);
    if (claim && !(await holdsFence(tx, claim))) {
      return { state: before, events: [], repeated: false };
    }
    if (expectedVersion !== undefined) {
      await this.#assertFresh(tx, before, expectedVersion);
    }
    const events = decide(before, await this.clock.now(tx));
    if (events.length === 0) {
      return { state: before, events, repeated: false };
    }
    const after = fold(before, events);
    await writeEvents(tx, {
      before,
      after,
      events,
      commandId,
      messages: this.announce(after, events),
    });
    const result = { state: after, events, repeated: false };
    await options.also?.(tx, result);
    return result;
  }

  /** What a command gave when it was carried out before. */
  async findCommand(
    incidentId: string,
    commandId: string | undefined,
    db: Knex = this.knex,
  ): Promise<TransactResult | undefined> {
    const last =
      commandId && (await journal.findCommand(db, incidentId, commandId));
    return last
      ? {
          state: await loadState(db, incidentId, last.seq),
          events: [],
          repeated: true,
        }
      : undefined;
  }

  /**
   * What the engine recorded meanwhile is no conflict: people could not finish
   * a sentence while duties fall due.
   */
  async #assertFresh(
    tx: Knex,
    { incidentId, reference, seq }: IncidentState,
    seen: number,
  ): Promise<void> {
    const since = await journal.read(tx, incidentId, { afterSeq: seen });
    const byPeople = since.filter(event => event.actor !== undefined);
    if (byPeople.length || seen > seq) {
      throw Object.assign(
        new ConflictError(
          `${reference} changed since you saw it (you saw version ${seen}, it is ${seq})`,
        ),
        { changedBy: byPeople },
      );
    }
  }

  /** The id of an incident that is named by id or reference. */
  async resolveId(idOrReference: string): Promise<string> {
    const row = await this.knex('incident')
      .where('incident_id', idOrReference)
      .orWhere('reference', idOrReference.toLocaleUpperCase('en-US'))
      .first('incident_id');
    if (!row) {
      throw incidentNotFound(idOrReference);
    }
    return row.incident_id;
  }

  /** The incident as its journal tells it. */
  load(incidentId: string): Promise<IncidentState> {
    return loadState(this.knex, incidentId);
  }

  /** Newest first. */
  async readTimeline(
    incidentId: string,
    { before, limit }: { before?: number; limit: number },
  ) {
    const query = this.knex('incident_event')
      .where({ incident_id: incidentId })
      .orderBy('seq', 'desc')
      .limit(limit)
      .select('seq', 'hash');
    if (before !== undefined) {
      query.andWhere('seq', '<', before);
    }
    const rows: Array<{ seq: number; hash: string }> = await query;
    if (rows.length === 0) {
      return [];
    }
    const lowest = rows[rows.length - 1].seq;
    const events = await journal.read(this.knex, incidentId, {
      afterSeq: lowest - 1,
      limit: rows.length,
    });
    const plain = toIncidentEvents(events);
    return events
      .map((event, index) => ({ event: plain[index], hash: event.hash }))
      .reverse();
  }

  claimObligations(options: {
    owner: string;
    limit: number;
    leaseMs: number;
  }): Promise<ClaimedObligation[]> {
    return claimObligations(this.knex, this.clock, options);
  }

  /** When a duty is due next; undefined when none is. */
  async nextDueAt(): Promise<string | undefined> {
    const row = await this.knex('obligation')
      .whereNotNull('next_at')
      .orderBy('next_at')
      .first('next_at');
    return row?.next_at;
  }
}
