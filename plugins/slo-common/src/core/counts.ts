/** Events of a span of time. @public */
export interface Counts {
  bad: number;
  total: number;
}

/**
 * Counters in buckets of equal length, without gaps: a bucket without events
 * holds zeros.
 * @public
 */
export interface CounterSeries {
  /** Start of the first bucket, seconds since 1970. */
  start: number;
  /** Length of a bucket in seconds. */
  step: number;
  bad: ArrayLike<number>;
  total: ArrayLike<number>;
}

/** A bucket as it is stored: only those with events. @public */
export interface Bucket extends Counts {
  /** Start, seconds since 1970, a multiple of the bucket's length. */
  at: number;
}

/**
 * A series from buckets in any order; several with one start add up, those
 * outside are left out.
 * @public
 */
export function toSeries(
  buckets: Iterable<Bucket>,
  range: { from: number; to: number; step: number },
): CounterSeries {
  const { step } = range;
  const start = Math.floor(range.from / step) * step;
  const length = Math.max(0, Math.ceil((range.to - start) / step));
  const bad = new Float64Array(length);
  const total = new Float64Array(length);
  for (const bucket of buckets) {
    const index = Math.floor((bucket.at - start) / step);
    if (index >= 0 && index < length) {
      bad[index] += bucket.bad;
      total[index] += bucket.total;
    }
  }
  return { start, step, bad, total };
}

/**
 * Sums of every window of a series by one subtraction.
 * @public
 */
export class WindowSums {
  /** Start of the first bucket. */
  readonly start: number;
  /** End of the last bucket. */
  readonly end: number;
  readonly #step: number;
  readonly #bad: Float64Array;
  readonly #total: Float64Array;

  constructor(series: CounterSeries) {
    const length = series.total.length;
    this.#step = series.step;
    this.#bad = new Float64Array(length + 1);
    this.#total = new Float64Array(length + 1);
    for (let i = 0; i < length; i++) {
      this.#bad[i + 1] = this.#bad[i] + series.bad[i];
      this.#total[i + 1] = this.#total[i] + series.total[i];
    }
    this.start = series.start;
    this.end = series.start + length * series.step;
  }

  /** Events of the buckets that begin in `[from, to)`. */
  between(from: number, to: number): Counts {
    const low = this.#index(from);
    const high = Math.max(low, this.#index(to));
    return {
      bad: this.#bad[high] - this.#bad[low],
      total: this.#total[high] - this.#total[low],
    };
  }

  /** Events of the last seconds before the end. */
  last(seconds: number): Counts {
    return this.between(this.end - seconds, this.end);
  }

  #index(at: number): number {
    const index = Math.ceil((at - this.start) / this.#step);
    return Math.min(this.#total.length - 1, Math.max(0, index));
  }
}
