import { randomUUID } from 'node:crypto';
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  decideIncident,
  IncidentPolicy,
} from '@handrail/plugin-incidents-common';
import { IncidentStore } from '../database/IncidentStore';
import { ClaimedObligation } from '../database/obligations';
import { withRetry } from '../database/retry';
import { OutboxSender } from './OutboxSender';
import { Repeater } from './Repeater';

/** How long a claimed duty stays with its claimer without being fired. */
const LEASE_MS = 15_000;
const BATCH = 50;

/**
 * Fires duties. Every replica has one and looks every few seconds; the database
 * hands each duty to one of them, its clock says when, and the journal makes
 * sure that it fires once. Nothing is kept in memory that the next one needs.
 */
export class DutyWorker {
  readonly #store: IncidentStore;
  readonly #policy: IncidentPolicy;
  readonly #sender: OutboxSender | undefined;
  readonly #logger: LoggerService;
  readonly #cadence: number;
  readonly #leaseMs: number;
  readonly #owner = randomUUID();
  readonly #repeater: Repeater;
  #alarm: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: {
    store: IncidentStore;
    policy: IncidentPolicy;
    /** Woken when something was fired. */
    sender?: OutboxSender;
    logger: LoggerService;
    /** Milliseconds between two looks. */
    cadence: number;
    leaseMs?: number;
  }) {
    this.#store = options.store;
    this.#policy = options.policy;
    this.#sender = options.sender;
    this.#logger = options.logger;
    this.#cadence = options.cadence;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#repeater = new Repeater(() => this.#look(), options.logger);
  }

  /** Looks regularly, as a net below the alarm for what is known to be due. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'incidents-duties',
      frequency: { milliseconds: this.#cadence },
      timeout: { minutes: 1 },
      scope: 'local',
      fn: async () => {
        await this.wake();
        await this.#sender?.wake();
      },
    });
  }

  /** Fires what is due and returns when it was tried. */
  wake(): Promise<void> {
    return this.#repeater.wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#alarm);
    await this.#repeater.stop();
  }

  async #look(): Promise<boolean> {
    const claims = await this.#store.claimObligations({
      owner: this.#owner,
      limit: BATCH,
      leaseMs: this.#leaseMs,
    });
    for (const claim of claims) {
      await this.#fire(claim);
    }
    if (claims.length) {
      this.#sender?.wake().catch(() => undefined);
    }
    await this.#setAlarm();
    return claims.length === BATCH;
  }

  /** One duty that cannot be fired must not hold up the others. */
  async #fire(claim: ClaimedObligation): Promise<void> {
    const { incidentId, obligationId } = claim;
    try {
      await withRetry(() =>
        this.#store.transact(incidentId, { claim }, (state, now) =>
          decideIncident(
            state,
            { type: 'fire', obligationId },
            { now, policy: this.#policy },
          ),
        ),
      );
    } catch (error) {
      this.#logger.error(
        `Duty ${obligationId} of incident ${incidentId} could not be fired and is tried again: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #setAlarm(): Promise<void> {
    const next = await this.#store.nextDueAt();
    clearTimeout(this.#alarm);
    if (next && !this.#stopped) {
      const delay = Date.parse(next) - Date.parse(await this.#store.now());
      if (delay > 0 && delay < this.#cadence) {
        this.#alarm = setTimeout(() => {
          this.wake().catch(() => undefined);
        }, delay + 5);
        this.#alarm.unref();
      }
    }
  }
}
