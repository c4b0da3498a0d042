import { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { isPostgres } from './dialect';

const REFRESH_MS = 60_000;
const SAMPLES = 3;
/** A clock further off than this deserves a word to the operator. */
const SKEW_WARNING_MS = 1_000;

/**
 * The database's clock, read without a round trip: the difference to this
 * process's clock is measured at the start and once a minute.
 */
export class DatabaseClock {
  #offset = 0;
  #measuredAt = 0;
  #refreshing = false;
  #last = 0;

  static async create(options: {
    knex: Knex;
    logger: LoggerService;
  }): Promise<DatabaseClock> {
    const clock = new DatabaseClock(options.knex, options.logger);
    await clock.#measure();
    return clock;
  }

  private constructor(
    private readonly knex: Knex,
    private readonly logger: LoggerService,
  ) {}

  /** Milliseconds since 1970, never fewer than the time before. */
  millis(): number {
    const local = Date.now();
    if (Math.abs(local - this.#measuredAt) > REFRESH_MS && !this.#refreshing) {
      this.#refresh();
    }
    this.#last = Math.max(this.#last, Math.round(local + this.#offset));
    return this.#last;
  }

  now(): string {
    return new Date(this.millis()).toISOString();
  }

  #refresh(): void {
    this.#refreshing = true;
    this.#measure()
      .catch(error => {
        // The last known difference is still the best guess.
        this.#measuredAt = Date.now();
        this.logger.warn('The database clock could not be read', error);
      })
      .finally(() => {
        this.#refreshing = false;
      });
  }

  async #measure(): Promise<void> {
    if (!isPostgres(this.knex)) {
      this.#measuredAt = Date.now();
      return;
    }
    let best = { offset: 0, took: Number.POSITIVE_INFINITY };
    for (let sample = 0; sample < SAMPLES; sample++) {
      const sent = performance.now();
      const { rows } = await this.knex.raw(
        'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
      );
      const took = performance.now() - sent;
      if (took < best.took) {
        best = { offset: rows[0].ms + took / 2 - Date.now(), took };
      }
    }
    const changed = Math.abs(best.offset - this.#offset) > SKEW_WARNING_MS;
    if (changed && Math.abs(best.offset) > SKEW_WARNING_MS) {
      this.logger.warn(
        `This machine's clock is ${Math.round(Math.abs(best.offset))} ms ${
          best.offset > 0 ? 'behind' : 'ahead of'
        } the database's`,
      );
    }
    this.#offset = best.offset;
    this.#measuredAt = Date.now();
  }
}
