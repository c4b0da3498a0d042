import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Bucket, SloDefinition } from '@handrail/plugin-slo-common';

/** Asks for the counters of one indicator. @public */
export interface SloSeriesRequest {
  /** As the source's `seriesKey` gave it. */
  key: string;
  /** An SLO that is computed from these counters. */
  definition: SloDefinition;
  /** Start of the first bucket that is wanted, seconds since 1970. */
  from: number;
}

/**
 * What a source answers about one indicator: all buckets with events from
 * `from` to `until`, or why there is no answer. All or nothing: an answer that
 * was cut short is an error.
 * @public
 */
export type SloSeriesResult =
  | {
      key: string;
      /** Left out by a source whose buckets are in the store already. */
      buckets?: Bucket[];
      /** End of the newest bucket that is complete, seconds since 1970. */
      until: number;
    }
  | {
      key: string;
      /** A sentence. */
      error: string;
    };

/**
 * Where counters come from. A bucket is five minutes long and begins at a
 * multiple of five minutes.
 * @public
 */
export interface SloSource {
  /** Type of `metricSource` or DataSource that it serves, in lower case. */
  readonly type: string;

  /**
   * Names the counters of an SLO. SLOs with the same key share them; what was
   * stored for another key is not looked at.
   *
   * @throws InputError when the SLO does not say what to read, or names a data
   * source that is not configured
   */
  seriesKey(definition: SloDefinition): string;

  /**
   * Reads many indicators in few queries. What goes wrong with one is told in
   * its result.
   */
  fetch(
    requests: SloSeriesRequest[],
    options: { now: number },
  ): Promise<SloSeriesResult[]>;
}

/** Takes sources of counters. @public */
export interface SloSourceExtensionPoint {
  /** @throws Error when there is one of that type already */
  addSource(source: SloSource): void;
}

/** @public */
export const sloSourceExtensionPoint =
  createExtensionPoint<SloSourceExtensionPoint>({ id: 'slo.sources' });
