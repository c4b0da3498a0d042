import { CounterSeries } from './counts';

/**
 * Turns events into time slices, after which everything else is computed as
 * for events. A slice without events does not count.
 *
 * `Timeslices`: a slice is good when its part of good events reaches
 * `sliceTarget`. `RatioTimeslices`: a slice is as good as its part of good
 * events, so that the indicator is their mean.
 *
 * @throws RangeError when a slice is not a whole number of buckets
 * @public
 */
export function toSlices(
  series: CounterSeries,
  options:
    | { method: 'Timeslices'; sliceSeconds: number; sliceTarget: number }
    | { method: 'RatioTimeslices'; sliceSeconds: number },
): CounterSeries {
  const per = options.sliceSeconds / series.step;
  if (!Number.isInteger(per) || per < 1) {
    throw new RangeError(
      `A slice of ${options.sliceSeconds} s is not a multiple of ${series.step} s`,
    );
  }
  // Aligned to the clock, so that a slice does not change as the window moves.
  const offset = Math.floor(series.start / series.step) % per;
  const length = Math.ceil((series.total.length + offset) / per);
  const bad = new Float64Array(length);
  const total = new Float64Array(length);
  for (let i = 0; i < series.total.length; i++) {
    const slice = Math.floor((i + offset) / per);
    bad[slice] += series.bad[i];
    total[slice] += series.total[i];
  }
  for (let i = 0; i < length; i++) {
    if (total[i] > 0) {
      const ratio = bad[i] / total[i];
      bad[i] =
        options.method === 'RatioTimeslices'
          ? ratio
          : Number((total[i] - bad[i]) / total[i] < options.sliceTarget);
      total[i] = 1;
    }
  }
  return {
    start: series.start - offset * series.step,
    step: options.sliceSeconds,
    bad,
    total,
  };
}
