import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import {
  Bucket,
  BUCKET_SECONDS,
  evaluateSlo,
  SloDefinition,
  toSeries,
} from '@handrail/plugin-slo-common';
import { SloSeriesRequest, SloSource } from '@handrail/plugin-slo-node';
import { Outcome, Replacement, SloStore, StatusChange } from '../database';
import { EmbeddedSource } from './EmbeddedSource';

/** What a source counted late is read again. */
const OVERLAP_SECONDS = 2 * BUCKET_SECONDS;

/** SLOs whose counters are read from the database by one statement. */
const BATCH = 25;

interface Job {
  definition: SloDefinition;
  key: string;
}

/** Hears of changes of status. */
export type StatusListener = (
  changes: Array<StatusChange & { definition: SloDefinition }>,
) => Promise<void>;

/** Fetches new counters, computes and stores. */
export class Evaluator {
  readonly #listeners: StatusListener[] = [];

  constructor(
    private readonly options: {
      store: SloStore;
      sources: Map<string, SloSource>;
      logger: LoggerService;
      cautionBelow: number;
    },
  ) {}

  addListener(listener: StatusListener): void {
    this.#listeners.push(listener);
  }

  /**
   * Evaluates many SLOs; what goes wrong with one is stored with it. Sources
   * are asked when a new bucket is complete, or in any case with `force`.
   */
  async evaluate(
    definitions: SloDefinition[],
    now: number,
    options: { force?: boolean } = {},
  ): Promise<void> {
    const { store, sources } = this.options;
    const outcomes: Outcome[] = [];
    const jobs = new Map<SloSource, Job[]>();
    for (const definition of definitions) {
      try {
        const source = this.#sourceOf(definition);
        const key = source.seriesKey(definition);
        jobs.set(source, [...(jobs.get(source) ?? []), { definition, key }]);
      } catch (error) {
        const { message } = toError(error);
        outcomes.push({ ref: definition.ref, error: message, at: now });
      }
    }
    for (const source of sources.values()) {
      const own = jobs.get(source) ?? [];
      if (own.length > 0) {
        outcomes.push(
          ...(await this.#evaluateSource(source, own, now, options)),
        );
      }
    }
    await this.#tell(await store.saveOutcomes(outcomes), definitions);
  }

  /** Key of the counters of an SLO; undefined when it cannot be evaluated. */
  seriesKey(definition: SloDefinition): string | undefined {
    try {
      return this.#sourceOf(definition).seriesKey(definition);
    } catch {
      return undefined;
    }
  }

  #sourceOf(definition: SloDefinition): SloSource {
    const { sources } = this.options;
    if (definition.unsupported || !definition.indicator) {
      throw new Error(definition.unsupported ?? 'It has no indicator.');
    }
    const type = definition.indicator.sourceType;
    const source = sources.get(type);
    if (!source) {
      throw new Error(
        `There is no source of type “${type}”; installed: ${[
          ...sources.keys(),
        ].join(', ')}.`,
      );
    }
    return source;
  }

  async #evaluateSource(
    source: SloSource,
    jobs: Job[],
    now: number,
    options: { force?: boolean },
  ): Promise<Outcome[]> {
    const fail = (error: string) =>
      jobs.map(job => ({ ref: job.definition.ref, error, at: now }));
    let untils: Map<string, number | string>;
    try {
      untils = await this.#fetch(source, jobs, now, options.force);
    } catch (error) {
      this.options.logger.warn(
        `Source ${source.type} failed: ${stringifyError(error)}`,
      );
      return fail(`The source failed: ${toError(error).message}`);
    }
    const outcomes: Outcome[] = [];
    for (let i = 0; i < jobs.length; i += BATCH) {
      const batch = jobs.slice(i, i + BATCH);
      outcomes.push(...(await this.#compute(batch, untils, now)));
    }
    return outcomes;
  }

  /** End of the data, or an error, by key. */
  async #fetch(
    source: SloSource,
    jobs: Job[],
    now: number,
    force = false,
  ): Promise<Map<string, number | string>> {
    const { store } = this.options;
    const ranges = await store.ranges([...new Set(jobs.map(job => job.key))]);
    const requests = new Map<string, SloSeriesRequest>();
    const untils = new Map<string, number | string>();
    const skips = !force && !(source instanceof EmbeddedSource);
    for (const { key, definition } of jobs) {
      const first = bucketStart(bucketStart(now) - definition.window.seconds);
      const range = ranges.get(key);
      if (
        skips &&
        range &&
        range.since <= first &&
        range.until >= bucketStart(now)
      ) {
        untils.set(key, range.until);
        continue;
      }
      const from =
        range && range.since <= first
          ? Math.max(first, bucketStart(range.until - OVERLAP_SECONDS))
          : first;
      const other = requests.get(key);
      if (!other || from < other.from) {
        requests.set(key, { key, definition, from });
      }
    }
    const results =
      requests.size > 0
        ? await source.fetch([...requests.values()], { now })
        : [];
    const fresh: Replacement[] = [];
    for (const result of results) {
      const request = requests.get(result.key);
      if (!request) {
        continue;
      }
      if ('error' in result) {
        untils.set(result.key, result.error);
      } else {
        if (result.buckets && result.until > request.from) {
          fresh.push({
            key: result.key,
            from: request.from,
            until: result.until,
            buckets: result.buckets,
          });
        }
        untils.set(result.key, result.until);
      }
    }
    await store.replaceBuckets(fresh);
    return untils;
  }

  async #compute(
    jobs: Job[],
    untils: Map<string, number | string>,
    now: number,
  ): Promise<Outcome[]> {
    const ranges = jobs.flatMap(({ key, definition }) => {
      const until = untils.get(key);
      return typeof until === 'number'
        ? [{ key, from: until - definition.window.seconds, until }]
        : [];
    });
    const buckets =
      ranges.length > 0
        ? await this.options.store.readBuckets(
            [...new Set(ranges.map(({ key }) => key))],
            {
              from: Math.min(...ranges.map(({ from }) => from)),
              until: Math.max(...ranges.map(({ until }) => until)),
            },
          )
        : new Map<string, Bucket[]>();
    const { cautionBelow } = this.options;
    return jobs.map(({ key, definition }): Outcome => {
      const { ref, window } = definition;
      const until = untils.get(key) ?? 'The source did not answer.';
      if (typeof until === 'string') {
        return { ref, error: until, at: now };
      }
      const series = toSeries(buckets.get(key) ?? [], {
        from: until - window.seconds,
        to: until,
        step: BUCKET_SECONDS,
      });
      const evaluation = evaluateSlo(series, definition, { cautionBelow });
      return { ref, evaluation, at: now, dataUntil: Math.min(until, now) };
    });
  }

  async #tell(changes: StatusChange[], definitions: SloDefinition[]) {
    const byRef = new Map(definitions.map(one => [one.ref, one]));
    const told = changes.flatMap(change => {
      const definition = byRef.get(change.ref);
      return definition ? [{ ...change, definition }] : [];
    });
    if (told.length > 0) {
      await Promise.all(this.#listeners.map(listener => listener(told)));
    }
  }
}

function bucketStart(at: number): number {
  return Math.floor(at / BUCKET_SECONDS) * BUCKET_SECONDS;
}
