import { randomUUID } from 'node:crypto';
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import {
  decide,
  indexSpec,
  RunEventData,
  SystemCommand,
} from '@handrail/plugin-sop-common';
import { Duration } from 'luxon';
import {
  ClaimedTimer,
  Lease,
  RunStore,
  TransactResult,
} from '../database/RunStore';
import { RunCommitter } from '../service/RunCommitter';
import { ActionInvoker } from './ActionInvoker';
import { callAction, CallOutcome, lostOutcome } from './callAction';
import { rehearseAction } from './rehearseAction';

/** How long claimed work stays with its claimer without a sign of life. */
const LEASE_MS = 30_000;
/** When an attempt of a step names no timeout: PT4M. */
const DEFAULT_TIMEOUT_MS = 240_000;
/** How long a stopping process waits for calls that are under way. */
const SHUTDOWN_GRACE_MS = 10_000;
/** Before work that failed for a technical reason is looked at again. */
const RETRY_MS = 5_000;

export interface RunWorkerOptions {
  store: RunStore;
  committer: RunCommitter;
  invoker: ActionInvoker;
  logger: LoggerService;
  /** Globs of action ids that steps may use. */
  allowedActions: string[];
  /** Milliseconds between two looks for due work. */
  cadence: number;
  /** Work that is done at the same time. */
  concurrency: number;
  /** Milliseconds; see `LEASE_MS`. */
  leaseMs?: number;
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
  readonly #active = new Map<string, Promise<void>>();
  #stopped = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #alarm: NodeJS.Timeout | undefined;

  constructor(options: RunWorkerOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  /** Looks for work regularly, as a net below {@link RunWorker.wake}. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'sop-work',
      frequency: { milliseconds: this.#options.cadence },
      timeout: { minutes: 1 },
      scope: 'local',
      fn: () => this.wake(),
    });
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
    await Promise.race([Promise.all(this.#active.values()), grace]);
    clearTimeout(timer);
  }

  async #look(): Promise<void> {
    const { store, concurrency, logger } = this.#options;
    try {
      while (this.#lookAgain && !this.#stopped) {
        this.#lookAgain = false;
        const limit = concurrency - this.#active.size;
        if (limit > 0) {
          const timers = await store.claimTimers({
            owner: this.#owner,
            limit,
            leaseMs: this.#leaseMs,
          });
          timers.forEach(timer => this.#begin(timer));
        }
        await this.#setAlarm();
      }
    } catch (error) {
      logger.warn(`Looking for due work failed: ${stringifyError(error)}`);
    }
  }

  async #setAlarm(): Promise<void> {
    const { store, cadence, concurrency } = this.#options;
    const next = await store.nextDueAt();
    clearTimeout(this.#alarm);
    // Without a free slot the next end of work looks again.
    if (next && !this.#stopped && this.#active.size < concurrency) {
      const delay = Date.parse(next) - Date.parse(store.now());
      if (delay < cadence) {
        this.#alarm = setTimeout(() => this.wake(), Math.max(delay, 5));
        this.#alarm.unref();
      }
    }
  }

  #begin(timer: ClaimedTimer): void {
    const key = `${timer.id}/${timer.fence}`;
    const work = this.#handle(timer)
      .catch(error => this.#handleLater(timer, error))
      .finally(() => {
        this.#active.delete(key);
        // A slot is free now.
        this.wake().catch(() => undefined);
      });
    this.#active.set(key, work);
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
    const { runId, stepId, attempt } = timer;
    if (timer.kind === 'wait' || timer.kind === 'blocked') {
      await this.#commit(runId, { type: 'timer-fired', stepId, attempt });
    } else if (timer.kind === 'dispatch') {
      await this.#dispatch(timer);
    } else {
      await this.#findLost(timer);
    }
  }

  #commit(runId: string, command: SystemCommand): Promise<TransactResult> {
    return this.#options.committer.transact(runId, {}, ({ state, spec, now }) =>
      decide(state, command, { now, spec }),
    );
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
    const { action, input } = order.data as RunEventData['action.dispatched'];
    const step = indexSpec(result.spec).get(stepId)?.step;
    const timeout =
      step?.type === 'action' || step?.type === 'check'
        ? step.timeout
        : undefined;
    const call = { action, input, timeout: toMillis(timeout) };
    const outcome = await this.#keepLease(lease, () =>
      result.state.mode === 'rehearsal'
        ? rehearseAction(call, this.#options)
        : callAction(call, this.#options),
    );
    await this.#report(runId, timer, outcome);
  }

  /** Renews a lease for as long as the work takes. */
  async #keepLease<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
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
    const { state, spec } = await store.load(timer.runId);
    const step = indexSpec(spec).get(timer.stepId)?.step;
    const action =
      step?.type === 'action' || step?.type === 'check' ? step.action : '';
    const known = await invoker.list();
    const info = known.find(one => one.id === action);
    if (state.steps[timer.stepId]?.dispatched) {
      await this.#report(timer.runId, timer, lostOutcome(action, info));
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

function toMillis(timeout: string | undefined): number {
  const millis = timeout ? Duration.fromISO(timeout).toMillis() : NaN;
  // Longer delays overflow the timer of the runtime.
  return millis > 0 ? Math.min(millis, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}
