import {
  DatabaseService,
  LoggerService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { fromRow } from '@handrail/journal';
import { AnyRunEvent, ENGINE_VERSION } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { DatabaseClock } from './clock';
import { findCommand } from './commands';
import { checkLimit } from './cursor';
import { isPostgres } from './dialect';
import { runGenesis } from './hashing';
import { KeyedMutex } from './keyedMutex';
import {
  claimEvents,
  deleteEvents,
  findEvents,
  findListeners,
  finishEvent,
  saveEvent,
} from './queries/events';
import { listLocks, wakeLockQueues } from './queries/locks';
import { adoptForeignOutbox, readOutbox } from './queries/outbox';
import { listPolicies, savePolicies } from './queries/policies';
import { Revisions } from './queries/revisions';
import { latestRuns, listRuns } from './queries/runs';
import { countTasks, listDoneTasks, listOpenTasks } from './queries/tasks';
import {
  claimTimers,
  extendTimer,
  nextDueAt,
  removeTimer,
} from './queries/timers';
import { timerId } from './timerId';
import { ConsumerPositions } from '../outbox/ConsumerPositions';
import { rebuildRun } from './rebuild';
import { DbRun, toRunRow } from './rows';
import { readJournalRows, runNotFound, RunReader } from './RunReader';
import {
  DecideFn,
  Lease,
  RunStore,
  StartRunOptions,
  StartRunResult,
  TransactOptions,
  TransactResult,
} from './RunStore';
import { PostgresTransactor } from './PostgresTransactor';
import { SqliteTransactor } from './SqliteTransactor';
import { Transactor } from './Transactor';
import { prepareTransition, RunSnapshot, Transition } from './transition';
import { verifyRun } from './verification';

const MIGRATIONS = resolvePackagePath(
  '@handrail/plugin-sop-backend',
  'migrations',
);

/** Runs kept in memory. */
const DEFAULT_CACHED_RUNS = 1000;
/** How long a try may go without a sign of life. */
const DEFAULT_LEASE_MS = 60_000;

export interface DatabaseRunStoreOptions {
  database: DatabaseService;
  logger: LoggerService;
  /** Runs kept in memory; 1000 when absent. */
  cachedRuns?: number;
  /** Milliseconds a try that was handed out is left alone; 60,000 when absent. */
  leaseMs?: number;
}

/** Runs on PostgreSQL or SQLite. Any number of stores may share a PostgreSQL. */
export class DatabaseRunStore implements RunStore {
  static async create(
    options: DatabaseRunStoreOptions,
  ): Promise<DatabaseRunStore> {
    const { database, logger } = options;
    const knex = await database.getClient();
    const postgres = isPostgres(knex);
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: MIGRATIONS });
    }
    const revisions = new Revisions(knex);
    const reader = new RunReader(
      revisions,
      options.cachedRuns ?? DEFAULT_CACHED_RUNS,
    );
    let transactor: Transactor;
    if (postgres) {
      transactor = new PostgresTransactor(knex, reader);
      await adoptForeignOutbox(knex);
    } else {
      const sqlite = new SqliteTransactor(knex, reader);
      await sqlite.prepare();
      transactor = sqlite;
    }
    const clock = await DatabaseClock.create({ knex, logger });
    return new DatabaseRunStore(
      knex,
      clock,
      revisions,
      reader,
      transactor,
      options.leaseMs ?? DEFAULT_LEASE_MS,
    );
  }

  readonly #mutex = new KeyedMutex();

  private constructor(
    private readonly knex: Knex,
    private readonly clock: DatabaseClock,
    private readonly revisions: Revisions,
    private readonly reader: RunReader,
    private readonly transactor: Transactor,
    private readonly leaseMs: number,
  ) {}

  saveRevision(revision: Parameters<RunStore['saveRevision']>[0]) {
    return this.revisions.save(revision, this.now());
  }

  getRevision(hash: string) {
    return this.revisions.get(hash);
  }

  savePolicies(policies: Parameters<RunStore['savePolicies']>[0]) {
    return savePolicies(this.knex, policies, this.now());
  }

  listPolicies() {
    return listPolicies(this.knex);
  }

  now(): string {
    return this.clock.now();
  }

  async startRun(options: StartRunOptions): Promise<StartRunResult> {
    const { runId, startKey, commandId, sopRef, events } = options;
    if (runId.includes('/')) {
      throw new InputError(`runId is ${runId}; a slash is not allowed in it`);
    }
    const revision = await this.revisions.get(options.revisionHash);
    const genesis = runGenesis({
      runId,
      revisionHash: revision.hash,
      engineVersion: ENGINE_VERSION,
      sopRef,
    });
    const transition = prepareTransition(runId, undefined, events, {
      revision,
      prevHash: genesis,
      commandId,
      actorRef: events[0]?.actor,
    });
    assertSubject(transition, options);
    const leaseDue = this.#leaseDue();
    const written = await this.transactor.start(transition, {
      leaseDue,
      start: { startKey, sopTitle: options.sopTitle, genesis },
    });
    if (written.outcome === 'written') {
      this.reader.remember(runId, transition.after);
      return {
        repeated: false,
        runId,
        ...this.#result(transition, written.fences, leaseDue),
      };
    }
    const usedBy = await this.findByStartKey(startKey);
    if (usedBy === undefined) {
      throw new ConflictError(`Run ${runId} exists already`);
    }
    const { state, revision: used } = await this.reader.latest(
      this.knex,
      usedBy,
    );
    return {
      repeated: true,
      runId: usedBy,
      state,
      spec: used.spec,
      events: [],
      leases: [],
    };
  }

  async transact(
    runId: string,
    options: TransactOptions,
    decide: DecideFn,
  ): Promise<TransactResult> {
    return this.#mutex.run(runId, () => this.#transact(runId, options, decide));
  }

  async #transact(
    runId: string,
    { commandId, actorRef }: TransactOptions,
    decide: DecideFn,
  ): Promise<TransactResult> {
    const leaseDue = this.#leaseDue();
    const prepare = (snapshot: RunSnapshot): Transition | undefined => {
      const { state, revision } = snapshot;
      const events: readonly AnyRunEvent[] = decide({
        state,
        spec: revision.spec,
        now: later(this.now(), state.updatedAt),
      });
      return events.length
        ? prepareTransition(runId, snapshot, events, {
            revision,
            prevHash: snapshot.head,
            commandId,
            actorRef,
          })
        : undefined;
    };
    const done = await this.transactor.transact(
      runId,
      { commandId, leaseDue },
      prepare,
    );
    if (done.outcome === 'written') {
      const { transition, fences } = done;
      this.reader.remember(runId, transition.after);
      return {
        repeated: false,
        ...this.#result(transition, fences, leaseDue),
      };
    }
    if (done.outcome === 'unchanged') {
      const { state, revision } = done.snapshot;
      const spec = revision.spec;
      return { state, spec, events: [], repeated: false, leases: [] };
    }
    // A repeat is only ever found for a command that has an id.
    const events =
      commandId === undefined
        ? undefined
        : await findCommand(this.knex, runId, commandId, actorRef);
    const { state, revision } = await this.reader.latest(this.knex, runId);
    return {
      state,
      spec: revision.spec,
      events: events ?? [],
      repeated: true,
      leases: [],
    };
  }

  async load(runId: string) {
    const row = await this.knex<DbRun>('run').where('run_id', runId).first();
    if (!row) {
      this.reader.forget(runId);
      throw runNotFound(runId);
    }
    const { state, revision } = await this.reader.snapshot(
      this.knex,
      runId,
      row,
    );
    return { state, spec: revision.spec, revision, row: toRunRow(row) };
  }

  async findByStartKey(startKey: string) {
    const row = await this.knex<DbRun>('run')
      .where('start_key', startKey)
      .first('run_id');
    return row?.run_id;
  }

  async findRuns(runIds: string[]) {
    const rows: DbRun[] = runIds.length
      ? await this.knex<DbRun>('run').whereIn('run_id', runIds)
      : [];
    return new Map(rows.map(row => [row.run_id, toRunRow(row)]));
  }

  listRuns(...[filter, page]: Parameters<RunStore['listRuns']>) {
    return listRuns(this.knex, filter, page);
  }

  latestRuns(
    ...[targetRef, sopRefs, visible]: Parameters<RunStore['latestRuns']>
  ) {
    return latestRuns(this.knex, targetRef, sopRefs, visible);
  }

  async listTasks(...[query, page]: Parameters<RunStore['listTasks']>) {
    return query.scope === 'done'
      ? listDoneTasks(this.knex, query, page)
      : listOpenTasks(this.knex, query, query.scope, page);
  }

  countTasks(query: Parameters<RunStore['countTasks']>[0]) {
    return countTasks(this.knex, query);
  }

  async claimTimers(options: Parameters<RunStore['claimTimers']>[0]) {
    const timers = await claimTimers(this.knex, this.clock, options);
    await this.reader.prefetch(
      this.knex,
      timers.map(({ runId }) => runId),
    );
    return timers;
  }

  extendTimer(id: string, fence: number, ms: number) {
    return extendTimer(this.knex, this.clock, id, fence, ms);
  }

  removeTimer(id: string, fence: number) {
    return removeTimer(this.knex, id, fence);
  }

  listLocks(filter: Parameters<RunStore['listLocks']>[0]) {
    return listLocks(this.knex, filter);
  }

  wakeLockQueues() {
    return wakeLockQueues(this.knex, this.clock);
  }

  saveEvent(event: Parameters<RunStore['saveEvent']>[0]) {
    return saveEvent(this.knex, this.now(), event);
  }

  claimEvents(options: Parameters<RunStore['claimEvents']>[0]) {
    return claimEvents(this.knex, this.clock, options);
  }

  finishEvent(event: Parameters<RunStore['finishEvent']>[0]) {
    return finishEvent(this.knex, event);
  }

  findEvents(topic: string, after: string) {
    return findEvents(this.knex, topic, after);
  }

  findListeners(topic: string) {
    return findListeners(this.knex, topic);
  }

  deleteEvents(before: string) {
    return deleteEvents(this.knex, before);
  }

  nextDueAt(options?: Parameters<RunStore['nextDueAt']>[0]) {
    return nextDueAt(this.knex, options);
  }

  async readJournal(
    runId: string,
    options: { after?: number; limit?: number },
  ) {
    const limit = checkLimit(options.limit, { max: 1000, fallback: 200 });
    const run = await this.knex<DbRun>('run')
      .where('run_id', runId)
      .first('genesis');
    if (!run) {
      throw runNotFound(runId);
    }
    const rows = await readJournalRows(this.knex, runId, {
      after: options.after ?? 0,
      limit,
    });
    return { genesis: run.genesis, items: rows.map(fromRow) };
  }

  async verify(runId: string) {
    const verdict = await verifyRun(this.knex, runId);
    return { ...verdict, checkedAt: this.now() };
  }

  async readOutbox(options: { after?: string; limit: number }) {
    return readOutbox(this.knex, options);
  }

  /** Positions of consumers of this store's outbox. */
  positions(): ConsumerPositions {
    return new ConsumerPositions(this.knex, this.clock);
  }

  async rebuildProjections(runId: string): Promise<void> {
    await this.#mutex.run(runId, () =>
      rebuildRun(this.knex, runId, this.#leaseDue()),
    );
    this.reader.forget(runId);
  }

  #leaseDue(): string {
    return new Date(this.clock.millis() + this.leaseMs).toISOString();
  }

  #result(
    { runId, after, events, changes }: Transition,
    fences: Map<string, number>,
    leaseDue: string,
  ) {
    const leases: Lease[] = changes.timersPut
      .filter(timer => timer.kind === 'lease')
      .map(timer => {
        const id = timerId(runId, timer.slot, timer.stepId);
        return {
          id,
          stepId: timer.stepId,
          attempt: timer.attempt,
          try: timer.try ?? undefined,
          fence: fences.get(id) ?? 0,
          dueAt: leaseDue,
        };
      });
    return {
      state: after.state,
      spec: after.revision.spec,
      events: events.map(({ prevHash: _p, hash: _h, ...event }) => event),
      leases,
    };
  }
}

/** Of two instants the later one: a run's events never go back in time. */
function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** A run's row and its first event must speak of the same run. */
function assertSubject(
  { after: { state } }: Transition,
  options: StartRunOptions,
): void {
  for (const field of ['runId', 'sopRef', 'revisionHash'] as const) {
    if (state[field] !== options[field]) {
      throw new InputError(
        `${field} is ${options[field]}, but the first event says ${state[field]}`,
      );
    }
  }
}
