/** How long one person has taken, or has been there without arriving. @public */
export interface Duration {
  /** Hours since the first sign-in. */
  hours: number;
  /** False while the person is not there yet (right-censored). */
  reached: boolean;
}

/** People who took from `fromHours` up to but not including `toHours`. @public */
export interface DurationBin {
  fromHours: number;
  /** Absent for the last bin. */
  toHours?: number;
  /** People who arrived within the bin. */
  reached: number;
  /** People not there yet who have been here for so long. */
  waiting: number;
}

/** @public */
export interface DurationDistribution {
  /** Everybody counted. */
  n: number;
  /** Of those, people who are not there yet. */
  censored: number;
  bins: DurationBin[];
  /** Hours within which half arrive; absent while fewer than half have. */
  medianHours?: number;
  /** Hours within which three quarters arrive; absent while fewer have. */
  p75Hours?: number;
}

/** Borders of the bins, in hours: one hour to four weeks. */
const BORDERS = [1, 4, 24, 72, 168, 336, 672];

/**
 * The distribution of durations, of which some have not ended. Median and 75th
 * percentile come from the product-limit estimate (Kaplan and Meier, JASA 53
 * (1958) 457), so that people who are not there yet count for as long as they
 * have been here and are not dropped.
 * @public
 */
export function distribute(durations: Duration[]): DurationDistribution {
  const bins: DurationBin[] = [0, ...BORDERS].map((fromHours, index) => ({
    fromHours,
    ...(BORDERS[index] === undefined ? {} : { toHours: BORDERS[index] }),
    reached: 0,
    waiting: 0,
  }));
  for (const { hours, reached } of durations) {
    const bin = bins.find(
      one => one.toHours === undefined || hours < one.toHours,
    );
    if (bin) {
      bin[reached ? 'reached' : 'waiting'] += 1;
    }
  }
  return {
    n: durations.length,
    censored: durations.filter(one => !one.reached).length,
    bins,
    medianHours: quantile(durations, 0.5),
    p75Hours: quantile(durations, 0.75),
  };
}

/** The first duration at which at least `share` have arrived, by the estimate. */
function quantile(durations: Duration[], share: number): number | undefined {
  // At equal times those who arrived come before those who still wait.
  const ordered = [...durations].sort(
    (a, b) => a.hours - b.hours || Number(b.reached) - Number(a.reached),
  );
  let survival = 1;
  for (let index = 0; index < ordered.length; ) {
    const { hours } = ordered[index];
    const atRisk = ordered.length - index;
    const here = ordered.slice(index).filter(one => one.hours === hours);
    survival *= 1 - here.filter(one => one.reached).length / atRisk;
    // Products of fractions end a hair above the border they mean.
    if (survival <= 1 - share + 1e-9) {
      return hours;
    }
    index += here.length;
  }
  return undefined;
}
