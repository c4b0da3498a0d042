import { randomUUID } from 'node:crypto';
import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { OutboxEntry, RunStore } from '../database/RunStore';
import { ConsumerPositions } from './ConsumerPositions';
import { OutboxConsumer } from './OutboxConsumer';

/** How long a replica that is gone keeps a consumer to itself. */
const LEASE_MS = 15_000;
const BATCH = 100;
/** Before a delivery that failed is tried again; doubled each time. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

export interface OutboxRelayOptions {
  store: Pick<RunStore, 'readOutbox'>;
  positions: ConsumerPositions;
  consumers: OutboxConsumer[];
  logger: LoggerService;
  /** Milliseconds between two looks; a net below {@link OutboxRelay.wake}. */
  cadence: number;
  /** Milliseconds; see `LEASE_MS`. */
  leaseMs?: number;
}

/**
 * Delivers what the outbox holds to each consumer: in order, at least once, by
 * one replica at a time. The position is kept in the database and moves after
 * the delivery, so a crash in between repeats one and loses none.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #owner = randomUUID();
  readonly #leaseMs: number;
  readonly #busy = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();
  readonly #notBefore = new Map<string, number>();
  #stopped = false;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  async start(scheduler: SchedulerService): Promise<void> {
    const { consumers, positions, cadence } = this.#options;
    for (const { name, startAt } of consumers) {
      await positions.register(name, startAt);
    }
    await scheduler.scheduleTask({
      id: 'sop-outbox',
      frequency: { milliseconds: cadence },
      timeout: { minutes: 1 },
      scope: 'local',
      fn: () => this.wake(),
    });
  }

  /** Delivers what there is; returns when everybody has it or has failed. */
  async wake(): Promise<void> {
    await Promise.all(
      this.#options.consumers.map(consumer => this.#wake(consumer)),
    );
  }

  /** Ends after the deliveries under way and lets other replicas go on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#busy.values());
    await Promise.all(
      this.#options.consumers.map(({ name }) =>
        this.#options.positions.release(name, this.#owner).catch(() => {}),
      ),
    );
  }

  async #wake(consumer: OutboxConsumer): Promise<void> {
    const { name } = consumer;
    if (this.#stopped || Date.now() < (this.#notBefore.get(name) ?? 0)) {
      return;
    }
    this.#again.add(name);
    let busy = this.#busy.get(name);
    if (!busy) {
      busy = this.#drain(consumer).finally(() => this.#busy.delete(name));
      this.#busy.set(name, busy);
    }
    await busy;
  }

  async #drain(consumer: OutboxConsumer): Promise<void> {
    const { name } = consumer;
    try {
      while (this.#again.delete(name) && !this.#stopped) {
        if (await this.#deliverBatch(consumer)) {
          this.#again.add(name);
        }
      }
    } catch (error) {
      this.#options.logger.warn(
        `Delivering the outbox to ${name} failed: ${stringifyError(error)}`,
      );
    }
  }

  /** @returns whether there may be more */
  async #deliverBatch(consumer: OutboxConsumer): Promise<boolean> {
    const { store, positions } = this.#options;
    const { name } = consumer;
    const position = await positions.acquire(name, this.#owner, this.#leaseMs);
    if (!position) {
      return false;
    }
    let { failures } = position;
    let delivered: string | undefined;
    let more = false;
    let failed = false;
    const { items } = await store.readOutbox({
      after: position.after,
      limit: BATCH,
    });
    const until = Date.now() + this.#leaseMs / 2;
    for (const entry of items) {
      if (this.#stopped) {
        break;
      }
      failed = !(await this.#deliver(consumer, entry, failures));
      if (failed) {
        break;
      }
      failures = 0;
      delivered = entry.cursor;
      // When it is slow it asks for the lease again before that ends.
      more = Date.now() > until || entry === items[BATCH - 1];
      if (more) {
        break;
      }
    }
    // Once per batch: a crash repeats at most one batch.
    const isOwner =
      delivered === undefined ||
      (await positions.advance(name, this.#owner, delivered));
    if (failed) {
      await positions.fail(name, this.#owner);
    }
    return isOwner && more;
  }

  /** @returns false when it is to be tried again later */
  async #deliver(
    consumer: OutboxConsumer,
    entry: OutboxEntry,
    failures: number,
  ): Promise<boolean> {
    const { logger } = this.#options;
    const { name, maxTries } = consumer;
    try {
      await consumer.deliver(entry);
      this.#notBefore.delete(name);
      return true;
    } catch (error) {
      const tries = failures + 1;
      const where = `${name} could not take events ${entry.events[0]?.seq} to ${
        entry.events[entry.events.length - 1]?.seq
      } of run ${entry.runId}`;
      if (maxTries !== undefined && tries >= maxTries) {
        logger.error(
          `${where} in ${tries} tries; it is left out: ${stringifyError(
            error,
          )}`,
        );
        return true;
      }
      logger.warn(`${where}, try ${tries}: ${stringifyError(error)}`);
      this.#notBefore.set(
        name,
        Date.now() + Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS),
      );
      return false;
    }
  }
}
