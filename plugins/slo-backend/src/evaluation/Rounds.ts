import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { SloDefinition } from '@handrail/plugin-slo-common';
import { SloStore } from '../database';
import { Definitions } from './Definitions';
import { Evaluator } from './Evaluator';
import { Prober } from './Prober';

const DAY = 86_400;
/** Shortest time that counters are kept. */
const KEEP_SECONDS = 92 * DAY;

/** Probes and evaluates everything, again and again, in one replica at a time. */
export class Rounds {
  #prunedAt = 0;

  constructor(
    private readonly options: {
      definitions: Definitions;
      evaluator: Evaluator;
      prober: Prober;
      store: SloStore;
      logger: LoggerService;
    },
  ) {}

  async start(
    scheduler: SchedulerService,
    intervalSeconds: number,
  ): Promise<void> {
    await scheduler.scheduleTask({
      id: 'slo-evaluation',
      frequency: { seconds: intervalSeconds },
      timeout: { minutes: 10 },
      initialDelay: { seconds: 3 },
      fn: () => this.run(Math.floor(Date.now() / 1000)),
    });
  }

  /** One round. The SLOs of the last one stand in while the catalog is away. */
  async run(now: number): Promise<void> {
    const { evaluator, prober, store } = this.options;
    await prober.probe(now);
    const definitions = await this.sync();
    await evaluator.evaluate(definitions, now);
    if (now - this.#prunedAt > DAY) {
      const longest = Math.max(
        KEEP_SECONDS,
        ...definitions.map(({ window }) => window.seconds + 2 * DAY),
      );
      await store.prune(now - longest);
      this.#prunedAt = now;
    }
  }

  /** Takes over what the catalog has. */
  async sync(): Promise<SloDefinition[]> {
    const { definitions, store, logger } = this.options;
    try {
      const loaded = await definitions.load();
      await store.syncDefinitions(loaded);
      return loaded;
    } catch (error) {
      logger.warn(
        `The catalog’s SLOs could not be read: ${stringifyError(error)}`,
      );
      return (await store.list()).map(({ definition }) => definition);
    }
  }
}
