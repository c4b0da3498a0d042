import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { Materialiser } from './Materialiser';
import { Planner } from './Planner';
import { ScheduleStore } from './ScheduleStore';
import { Starter } from './Starter';

/** How long the catalog may be ahead of the plans. */
const PLAN_SECONDS = 15;

/**
 * Makes schedules happen. Every replica has one, and nothing is kept in memory
 * that another needs. The calendar is in the plans: how often this looks only
 * limits how late an occurrence starts.
 */
export class ScheduleWorker {
  readonly #store: ScheduleStore;
  readonly #planner: Planner;
  readonly #materialiser: Materialiser;
  readonly #starter: Starter;
  readonly #now: () => string;
  readonly #logger: LoggerService;
  /** Milliseconds between two looks. */
  readonly #cadence: number;
  #working: Promise<void> | undefined;
  #lookAgain = false;
  #alarm: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: {
    store: ScheduleStore;
    planner: Planner;
    materialiser: Materialiser;
    starter: Starter;
    now: () => string;
    logger: LoggerService;
    cadence: number;
  }) {
    this.#store = options.store;
    this.#planner = options.planner;
    this.#materialiser = options.materialiser;
    this.#starter = options.starter;
    this.#now = options.now;
    this.#logger = options.logger;
    this.#cadence = options.cadence;
  }

  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'sop-schedule-plan',
      frequency: { seconds: PLAN_SECONDS },
      timeout: { minutes: 1 },
      scope: 'global',
      fn: () => this.plan(),
    });
    await scheduler.scheduleTask({
      id: 'sop-schedule-work',
      frequency: { milliseconds: this.#cadence },
      timeout: { minutes: 10 },
      scope: 'local',
      fn: () => this.wake(),
    });
  }

  /** Brings the plans up to date with the catalog. */
  async plan(): Promise<void> {
    try {
      await this.#planner.planAll();
    } catch (error) {
      this.#logger.warn(`Planning schedules failed: ${stringifyError(error)}`);
    }
  }

  /** Does all that is due and returns when it is done. */
  async wake(): Promise<void> {
    // Work that is under way may have looked at the time before this call.
    this.#lookAgain = true;
    while (this.#lookAgain && !this.#stopped) {
      this.#working ??= this.#work().finally(() => {
        this.#working = undefined;
      });
      await this.#working;
    }
  }

  /** Begins nothing more and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#alarm);
    await this.#working;
  }

  async #work(): Promise<void> {
    try {
      let more = true;
      while ((more || this.#lookAgain) && !this.#stopped) {
        this.#lookAgain = false;
        const materialised = await this.#materialiser.materialiseDue();
        const started = await this.#starter.startDue();
        more = materialised || started;
      }
      await this.#setAlarm();
    } catch (error) {
      this.#lookAgain = false;
      this.#logger.warn(`Schedules wait: ${stringifyError(error)}`);
    }
  }

  /** An occurrence that is near is not left waiting for the next look. */
  async #setAlarm(): Promise<void> {
    const next = await this.#store.nextAt();
    clearTimeout(this.#alarm);
    const delay = next
      ? Date.parse(next) - Date.parse(this.#now())
      : Number.POSITIVE_INFINITY;
    if (delay < this.#cadence && !this.#stopped) {
      this.#alarm = setTimeout(() => this.wake(), Math.max(delay, 5));
      this.#alarm.unref();
    }
  }
}
