import { Counts } from './counts';

/**
 * Part of events that were bad, bad/total.
 * @returns null without events
 * @public
 */
export function errorRatio({ bad, total }: Counts): number | null {
  return total > 0 ? bad / total : null;
}

/**
 * Part of events that were good, (total - bad)/total.
 * @returns null without events
 * @public
 */
export function indicatorValue({ bad, total }: Counts): number | null {
  return total > 0 ? (total - bad) / total : null;
}

/** 1 - target. @throws RangeError when the target leaves no budget. @public */
export function errorBudget(target: number): number {
  if (!(target >= 0 && target < 1)) {
    throw new RangeError(
      `A target is a fraction from 0 to below 1; found ${target}`,
    );
  }
  // Without the noise of binary fractions: 0.001 and not 0.0010000000000000009.
  return Number((1 - target).toPrecision(12));
}

/**
 * How many times as fast as allowed the budget is spent: error ratio divided by
 * the budget (Site Reliability Workbook, chapter 5).
 * @returns null without events
 * @public
 */
export function burnRate(counts: Counts, target: number): number | null {
  const ratio = errorRatio(counts);
  return ratio === null ? null : ratio / errorBudget(target);
}

/**
 * Part of the window's budget that is left: 1 untouched, 0 spent, negative
 * when overspent.
 * @returns null without events
 * @public
 */
export function budgetRemaining(counts: Counts, target: number): number | null {
  const rate = burnRate(counts, target);
  return rate === null ? null : 1 - rate;
}

/** Minutes of total outage that the budget of a window stands for. @public */
export function budgetMinutes(target: number, windowSeconds: number): number {
  return (errorBudget(target) * windowSeconds) / 60;
}

/**
 * Seconds until the budget is spent if traffic and burn rate stay as they are:
 * remaining * window / rate, from the workbook's rule that a burn rate of 1
 * spends the whole budget in one window (Site Reliability Workbook, chapter 5,
 * "Alerting on SLOs").
 *
 * It takes no account of what leaves a rolling window, so it is the earliest
 * time. When it is beyond the window the rate is below what a window allows and
 * the budget is never spent.
 *
 * @returns 0 when it is spent already, null when it will not be
 * @public
 */
export function secondsToExhaustion(
  remaining: number | null,
  rate: number | null,
  windowSeconds: number,
): number | null {
  if (remaining === null) {
    return null;
  }
  if (remaining <= 0) {
    return 0;
  }
  if (rate === null || rate <= 0) {
    return null;
  }
  const seconds = (remaining * windowSeconds) / rate;
  return seconds > windowSeconds ? null : seconds;
}
