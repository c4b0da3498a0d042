import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError, toError } from '@backstage/errors';
import {
  BUCKET_SECONDS,
  evaluateSlo,
  SloDefinition,
  toSeries,
} from '@handrail/plugin-slo-common';
import { SloSeriesRequest, SloSource } from '@handrail/plugin-slo-node';
import { Outcome, SloStore, StatusChange } from '../database';
import { EmbeddedSource } from './EmbeddedSource';

/** What a source counted late is read again. */
const OVERLAP_SECONDS = 2 * BUCKET_SECONDS;

/** SLOs whose counters are read from the database at the same time. */
const CONCURRENCY = 4;

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
    const queue = [...jobs];
    const work = async () => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const until = untils.get(job.key) ?? 'The source did not answer.';
        outcomes.push(await this.#compute(job, until, now));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
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
    for (const result of results) {
      const request = requests.get(result.key);
      if (!request) {
        continue;
      }
      if ('error' in result) {
        untils.set(result.key, result.error);
      } else {
        if (result.buckets && result.until > request.from) {
          await store.replaceBuckets(
            result.key,
            { from: request.from, until: result.until },
            result.buckets,
          );
        }
        untils.set(result.key, result.until);
      }
    }
    return untils;
  }

  async #compute(
    job: Job,
    until: number | string,
    now: number,
  ): Promise<Outcome> {
    const { definition, key } = job;
    const { ref } = definition;
    if (typeof until === 'string') {
      return { ref, error: until, at: now };
    }
    const from = until - definition.window.seconds;
    const buckets = await this.options.store.readBuckets(key, from, until);
    const series = toSeries(buckets, { from, to: until, step: BUCKET_SECONDS });
    const { cautionBelow } = this.options;
    const evaluation = evaluateSlo(series, definition, { cautionBelow });
    return { ref, evaluation, at: now, dataUntil: Math.min(until, now) };
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
