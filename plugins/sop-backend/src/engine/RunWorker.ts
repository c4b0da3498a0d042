import { randomUUID } from 'node:crypto';
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import {
  indexRun,
  pendingWork,
  RunEventData,
  SystemCommand,
} from '@handrail/plugin-sop-common';
import {
  ClaimedTimer,
  Lease,
  RunStore,
  TransactResult,
} from '../database/RunStore';
import { Commit, RunCommitter } from '../service/RunCommitter';
import { ActionInvoker } from './ActionInvoker';
import { callAction, CallOutcome, lostOutcome } from './callAction';
import { measureGuard } from './measureGuard';
import { timeoutMillis } from './timeout';
import { rehearseAction } from './rehearseAction';
import { EventInbox } from './EventInbox';
import { Locks } from './Locks';
import { RelatedRuns } from './RelatedRuns';
import { WorkSlots } from './WorkSlots';

/** How long claimed work stays with its claimer without a sign of life. */
const LEASE_MS = 30_000;
/** How long a stopping process waits for calls that are under way. */
const SHUTDOWN_GRACE_MS = 10_000;
/**
 * Transitions on their way at the same time, and how many are taken on together:
 * those that come together share the database's statements and commits.
 */
const RECORDS = 64;
const RECORDS_BATCH = 32;
/** Before work that failed for a technical reason is looked at again. */
const RETRY_MS = 5_000;

export interface RunWorkerOptions {
  store: RunStore;
  committer: RunCommitter;
  invoker: ActionInvoker;
  /** Does the work about parents and sub-procedures. */
  relatives: Pick<RelatedRuns, 'handle'>;
  /** Grants locks. */
  locks: Pick<Locks, 'handle' | 'release'>;
  /** Finds events for steps that listen. */
  inbox: Pick<EventInbox, 'handle'>;
  logger: LoggerService;
  /** Globs of action ids that steps may use. */
  allowedActions: string[];
  /** Milliseconds between two looks for due work. */
  cadence: number;
  /** Actions that are called at the same time. */
  concurrency: number;
  /** Milliseconds; see `LEASE_MS`. */
  leaseMs?: number;
  /** Told of each timer that had an effect, how many milliseconds late it was. */
  onTimer?: (lateMs: number) => void;
}

/**
 * Does the work of runs that no person does: ends waits, calls actions, finds
 * calls whose caller is gone. Every replica has one; the store hands each piece
 * of work to one of them at a time, and nothing is kept in memory that the next
 * claimer needs.
 */
export class RunWorker {
  readonly #options: RunWorkerOptions;
  readonly #owner = randomUUID();
  readonly #leaseMs: number;
  readonly #slots: WorkSlots[];
  #stopped = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #alarm: NodeJS.Timeout | undefined;

  constructor(options: RunWorkerOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#slots = [
      new WorkSlots({ sort: 'calls', limit: options.concurrency, batch: 1 }),
      new WorkSlots({ sort: 'records', limit: RECORDS, batch: RECORDS_BATCH }),
    ];
  }

  /** Looks for work regularly, as a net below {@link RunWorker.wake}. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'sop-work',
      frequency: { milliseconds: this.#options.cadence },
      timeout: { minutes: 1 },
      scope: 'local',
      fn: async () => {
        await this.#options.locks.release();
        await this.wake();
      },
    });
  }

  /** To be told of every transition: looks for work when one makes some due soon. */
  async notice({ state, spec }: Commit): Promise<void> {
    const { store, cadence } = this.#options;
    const soon = new Date(Date.parse(store.now()) + cadence).toISOString();
    const isSoon = pendingWork(state, spec).some(
      ({ kind, dueAt }) => kind !== 'lease' && (!dueAt || dueAt < soon),
    );
    if (isSoon) {
      await this.wake();
    }
  }

  /** Takes on all work that is due and returns when it is claimed. */
  async wake(): Promise<void> {
    if (this.#stopped) {
      return;
    }
    this.#lookAgain = true;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
    if (this.#lookAgain) {
      await this.wake();
    }
  }

  /** Takes on no more work and waits for what is under way, but not for ever. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#alarm);
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>(resolve => {
      timer = setTimeout(resolve, SHUTDOWN_GRACE_MS);
    });
    await Promise.race([this.#settled(), grace]);
    clearTimeout(timer);
  }

  async #settled(): Promise<void> {
    // What is being claimed just now is begun as well.
    await this.#looking;
    await Promise.all(this.#slots.map(slots => slots.settled()));
  }

  async #look(): Promise<void> {
    try {
      while (this.#lookAgain && !this.#stopped) {
        this.#lookAgain = false;
        for (const slots of this.#slots) {
          await this.#claim(slots);
        }
        await this.#setAlarm();
      }
    } catch (error) {
      this.#options.logger.warn(
        `Looking for due work failed: ${stringifyError(error)}`,
      );
    }
  }

  async #claim(slots: WorkSlots): Promise<void> {
    const { sort, room: limit } = slots;
    if (limit > 0 && !this.#stopped) {
      const timers = await this.#options.store.claimTimers({
        owner: this.#owner,
        limit,
        leaseMs: this.#leaseMs,
        sort,
      });
      timers.forEach(timer => this.#begin(timer, slots));
    }
  }

  async #setAlarm(): Promise<void> {
    const { store, cadence } = this.#options;
    // Without free slots the next end of such work looks again.
    const open = this.#slots.filter(slots => slots.room > 0);
    if (open.length === 0) {
      clearTimeout(this.#alarm);
      return;
    }
    const now = Date.parse(store.now());
    const next = await store.nextDueAt({
      before: new Date(now + cadence).toISOString(),
      ...(open.length < this.#slots.length ? { sort: open[0].sort } : {}),
    });
    clearTimeout(this.#alarm);
    if (next && !this.#stopped) {
      const delay = Math.max(Date.parse(next) - now, 5);
      this.#alarm = setTimeout(() => this.wake(), delay);
      this.#alarm.unref();
    }
  }

  #begin(timer: ClaimedTimer, slots: WorkSlots): void {
    const work = this.#handle(timer).catch(error =>
      this.#handleLater(timer, error),
    );
    slots.add(`${timer.id}/${timer.fence}`, work, () => {
      if (slots.room > 0) {
        this.wake().catch(() => undefined);
      }
    });
  }

  async #handleLater(timer: ClaimedTimer, error: unknown): Promise<void> {
    const { store, logger } = this.#options;
    const { id, fence, runId, stepId, kind } = timer;
    logger.warn(
      `Step ${stepId} of run ${runId}: ${kind} failed and is tried again: ${stringifyError(
        error,
      )}`,
    );
    await store
      .extendTimer(id, fence, RETRY_MS)
      .catch(failure => logger.warn(stringifyError(failure)));
  }

  async #handle(timer: ClaimedTimer): Promise<void> {
    const { runId, stepId, attempt, kind } = timer;
    if (kind === 'wait' || kind === 'blocked') {
      await this.#fire(runId, { type: 'timer-fired', stepId, attempt });
    } else if (kind === 'deadline' || kind === 'reminder') {
      await this.#commit(runId, {
        type: 'timer-fired',
        stepId,
        attempt,
        slot: kind,
      });
    } else if (kind === 'guard') {
      await this.#guard(timer);
    } else if (timer.kind === 'dispatch') {
      await this.#dispatch(timer);
    } else if (timer.kind === 'lease') {
      await this.#findLost(timer);
    } else if (timer.kind === 'lock') {
      await this.#options.locks.handle(timer);
    } else if (timer.kind === 'find-event') {
      await this.#options.inbox.handle(timer);
    } else {
      await this.#options.relatives.handle(timer);
    }
  }

  /** Tells how long after its time it came, unless it changed nothing. */
  async #fire(
    runId: string,
    command: Extract<SystemCommand, { type: 'timer-fired' }>,
  ): Promise<void> {
    const { onTimer, store } = this.#options;
    const { dueAt } =
      (await store.load(runId)).state.steps[command.stepId] ?? {};
    const lateMs = Date.parse(store.now()) - Date.parse(dueAt ?? '');
    const { events } = await this.#commit(runId, command);
    if (events.length > 0 && lateMs >= 0) {
      onTimer?.(lateMs);
    }
  }

  #commit(runId: string, command: SystemCommand): Promise<TransactResult> {
    return this.#options.committer.execute(runId, {}, command);
  }

  /** Records the order to call first, then calls. */
  async #dispatch(timer: ClaimedTimer): Promise<void> {
    const { runId, stepId, attempt } = timer;
    const result = await this.#commit(runId, {
      type: 'dispatch-action',
      stepId,
      attempt,
      try: timer.try ?? 1,
    });
    const order = result.events.find(
      event =>
        event.type === 'action.dispatched' && event.data.stepId === stepId,
    );
    const lease = result.leases.find(one => one.stepId === stepId);
    if (!order || !lease) {
      return;
    }
    const { action, input, idempotencyKey } =
      order.data as RunEventData['action.dispatched'];
    const step = indexRun(result.state, result.spec).get(stepId)?.step;
    const timeout =
      step?.type === 'action' || step?.type === 'check'
        ? step.timeout
        : undefined;
    const call = {
      action,
      input,
      idempotencyKey,
      timeout: timeoutMillis(timeout),
    };
    const outcome = await this.#keepLease(lease, () =>
      result.state.mode === 'rehearsal'
        ? rehearseAction(call, this.#options)
        : callAction(call, this.#options),
    );
    await this.#report(runId, timer, outcome);
  }

  /**
   * Measures a guard. Nothing is recorded before the call, as it changes
   * nothing: when its caller is gone, the timer comes back and another measures.
   */
  async #guard(timer: ClaimedTimer): Promise<void> {
    const { runId, stepId, attempt } = timer;
    const { state, spec } = await this.#options.store.load(runId);
    const outcome = await this.#keepLease(timer, () =>
      measureGuard(state, spec, stepId, this.#options),
    );
    await this.#commit(
      runId,
      outcome.ok
        ? { type: 'guard-succeeded', stepId, attempt, output: outcome.output }
        : {
            type: 'guard-failed',
            stepId,
            attempt,
            error: outcome.error,
            retryable: outcome.retryable,
          },
    );
  }

  /** Renews a lease for as long as the work takes. */
  async #keepLease<T>(
    lease: Pick<Lease, 'id' | 'fence'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const { store, logger } = this.#options;
    const heartbeat = setInterval(() => {
      store.extendTimer(lease.id, lease.fence, this.#leaseMs).catch(error => {
        logger.warn(`A lease was not renewed: ${stringifyError(error)}`);
      });
    }, this.#leaseMs / 3);
    heartbeat.unref();
    try {
      return await work();
    } finally {
      clearInterval(heartbeat);
    }
  }

  /** The lease of a call ran out, so nobody is waiting for its outcome. */
  async #findLost(timer: ClaimedTimer): Promise<void> {
    const { invoker, store } = this.#options;
    const { runId, stepId, attempt } = timer;
    const { state } = await store.load(runId);
    const order = state.steps[stepId]?.dispatched
      ? await findOrder(store, runId, timer)
      : undefined;
    if (order) {
      const { action, input, idempotencyKey } = order;
      const call = { action, input, idempotencyKey };
      await this.#report(
        runId,
        { stepId, attempt, try: timer.try },
        await lostOutcome(call, invoker),
      );
    }
  }

  async #report(
    runId: string,
    order: Pick<ClaimedTimer, 'stepId' | 'attempt' | 'try'>,
    outcome: CallOutcome,
  ): Promise<void> {
    const { stepId, attempt } = order;
    const fencing = { stepId, attempt, try: order.try ?? 1 };
    if (!outcome.ok) {
      const { error, retryable } = outcome;
      await this.#commit(runId, {
        type: 'action-failed',
        ...fencing,
        error,
        retryable,
      });
      return;
    }
    try {
      await this.#commit(runId, {
        type: 'action-succeeded',
        ...fencing,
        output: outcome.output,
      });
    } catch (error) {
      if (!isError(error) || error.name !== 'InputError') {
        throw error;
      }
      // Such as a lone surrogate, which no journal can keep.
      await this.#commit(runId, {
        type: 'action-failed',
        ...fencing,
        error: { name: 'OutputError', message: error.message },
        retryable: false,
      });
    }
  }
}

/** The order to call that a lease is about, from the journal. */
async function findOrder(
  store: RunStore,
  runId: string,
  { stepId, attempt, try: tryNumber }: ClaimedTimer,
): Promise<RunEventData['action.dispatched'] | undefined> {
  for (let after = 0; ; ) {
    const { items } = await store.readJournal(runId, { after, limit: 1000 });
    for (const { type, data } of items) {
      const order = data as unknown as RunEventData['action.dispatched'];
      if (
        type === 'action.dispatched' &&
        order.stepId === stepId &&
        order.attempt === attempt &&
        order.try === (tryNumber ?? 1)
      ) {
        return order;
      }
    }
    if (items.length < 1000) {
      return undefined;
    }
    after = items[items.length - 1].seq;
  }
}
