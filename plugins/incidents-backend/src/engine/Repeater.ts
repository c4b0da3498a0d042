import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';

/**
 * Runs one job at a time. Calls that come while it runs make it run once more,
 * so nothing that was there when somebody called is left lying.
 */
export class Repeater {
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  /** @param job - returns whether there may be more to do at once */
  constructor(
    private readonly job: () => Promise<boolean>,
    private readonly logger: LoggerService,
  ) {}

  /** Returns when all that was there at the call has been tried. */
  async wake(): Promise<void> {
    if (this.#stopped) {
      return;
    }
    this.#again = true;
    while (this.#again && !this.#stopped) {
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
      await this.#running;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        this.#again = (await this.job()) || this.#again;
      }
    } catch (error) {
      this.#again = false;
      this.logger.warn(`Looking for due work failed: ${stringifyError(error)}`);
    }
  }
}
