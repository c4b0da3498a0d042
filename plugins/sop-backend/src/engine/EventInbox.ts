import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { InboundEvent, listeners } from '@handrail/plugin-sop-common';
import { ClaimedTimer, RunStore } from '../database/RunStore';
import { RunCommitter } from '../service/RunCommitter';
import { MAX_OUTPUT_SIZE } from './callAction';

const LEASE_MS = 30_000;
const BATCH = 50;
/** The longest a step may look back, and a day to spare. */
const KEEP_MS = 2 * 86_400_000;

interface Place {
  runId: string;
  stepId: string;
  attempt: number;
}

/**
 * Brings events from elsewhere to the steps that listen for them. An event is
 * kept before its sender is told that it arrived, and offered to the steps that
 * listen then; a step that begins to listen later looks among those that are
 * kept. Between the two none is missed: whichever of the event and the listener
 * is written second finds the first.
 */
export class EventInbox {
  readonly #store: RunStore;
  readonly #committer: RunCommitter;
  readonly #logger: LoggerService;
  #matching: Promise<void> | undefined;
  #again = false;

  constructor(options: {
    store: RunStore;
    committer: RunCommitter;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#committer = options.committer;
    this.#logger = options.logger;
  }

  /** Looks for events that a process which is gone left behind, and for old ones. */
  async start(scheduler: SchedulerService, cadence: number): Promise<void> {
    await scheduler.scheduleTask({
      id: 'sop-events',
      frequency: { milliseconds: cadence },
      timeout: { minutes: 1 },
      scope: 'local',
      fn: () => this.match(),
    });
    await scheduler.scheduleTask({
      id: 'sop-events-cleanup',
      frequency: { hours: 1 },
      timeout: { minutes: 5 },
      fn: async () => {
        const before = Date.parse(this.#store.now()) - KEEP_MS;
        await this.#store.deleteEvents(new Date(before).toISOString());
      },
    });
  }

  /**
   * Keeps an event; from then on it is not lost.
   * @returns false when it was kept before
   */
  async accept(event: {
    source: string;
    id: string;
    topic: string;
    payload: JsonValue;
  }): Promise<boolean> {
    const isNew = await this.#store.saveEvent(event);
    if (isNew) {
      this.match().catch(error =>
        this.#logger.warn(`Matching events failed: ${stringifyError(error)}`),
      );
    }
    return isNew;
  }

  /** Offers every event that is kept and was not yet offered. */
  async match(): Promise<void> {
    this.#again = true;
    this.#matching ??= this.#matchAll().finally(() => {
      this.#matching = undefined;
    });
    await this.#matching;
    if (this.#again) {
      await this.match();
    }
  }

  async #matchAll(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const events = await this.#store.claimEvents({
        limit: BATCH,
        leaseMs: LEASE_MS,
      });
      this.#again ||= events.length === BATCH;
      for (const event of events) {
        try {
          const places = await this.#store.findListeners(event.topic);
          for (const place of places) {
            await this.#offer(place, event);
          }
          await this.#store.finishEvent(event);
        } catch (error) {
          // It comes back when the claim has run out.
          this.#logger.warn(
            `Event ${event.id} of ${
              event.source
            } could not be matched yet: ${stringifyError(error)}`,
          );
        }
      }
    }
  }

  /** A step began to listen: what it waits for may have come already. */
  async handle(timer: ClaimedTimer): Promise<void> {
    const { runId, stepId, attempt, id, fence } = timer;
    const { state, spec } = await this.#store.load(runId);
    const topic = listeners(state, spec).find(
      one => one.stepId === stepId,
    )?.topic;
    if (topic !== undefined) {
      const events = await this.#store.findEvents(topic, state.startedAt);
      for (const event of events) {
        if (await this.#offer({ runId, stepId, attempt }, event)) {
          return;
        }
      }
    }
    await this.#store.removeTimer(id, fence);
  }

  /** @returns whether it was what the step waits for */
  async #offer(
    { runId, stepId, attempt }: Place,
    event: InboundEvent,
  ): Promise<boolean> {
    const { events } = await this.#committer.execute(
      runId,
      {},
      { type: 'event-arrived', stepId, attempt, event },
    );
    return events.length > 0;
  }
}

/** Greatest size of an event, in bytes: a step keeps it as its output. */
export const MAX_EVENT_SIZE = MAX_OUTPUT_SIZE;
