import { DiscoveryService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { ProbeConfig } from '../config';
import { SloStore, StreamCount } from '../database';
import { streamKey } from './EmbeddedSource';

/** Asks configured addresses and counts one event for each. */
export class Prober {
  /** Own paths that have answered well once. */
  readonly #ready = new Set<ProbeConfig>();

  constructor(
    private readonly options: {
      probes: ProbeConfig[];
      store: SloStore;
      discovery: DiscoveryService;
      logger: LoggerService;
    },
  ) {}

  /**
   * One question to each address. A path of this back end counts from its first
   * good answer on: other plugins may still be starting.
   */
  async probe(now: number): Promise<void> {
    const { probes, store } = this.options;
    const counts = await Promise.all(
      probes.map(async (probe): Promise<StreamCount[]> => {
        const isGood = await this.#isGood(probe);
        if (isGood) {
          this.#ready.add(probe);
        } else if ('path' in probe.target && !this.#ready.has(probe)) {
          return [];
        }
        const bad = isGood ? 0 : 1;
        return [{ key: streamKey(probe.stream), at: now, bad, total: 1 }];
      }),
    );
    if (counts.flat().length > 0) {
      await store.addCounts(counts.flat());
    }
  }

  async #isGood({ stream, target, timeoutMs }: ProbeConfig): Promise<boolean> {
    try {
      const response = await fetch(await this.#resolve(target), {
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      this.options.logger.debug(
        `The probe of ${stream} failed: ${stringifyError(error)}`,
      );
      return false;
    }
  }

  async #resolve(target: ProbeConfig['target']): Promise<string> {
    return 'url' in target
      ? target.url
      : new URL(
          target.path,
          await this.options.discovery.getBaseUrl('slo'),
        ).toString();
  }
}
