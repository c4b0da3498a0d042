import type { SloProblem } from '../api';
import { formatSeconds } from '../openslo/duration';
import { errorBudget } from './budget';

/**
 * A pair of windows that alerts. What is chosen is the part of the budget that
 * may be spent before; the burn rate follows from it.
 * @public
 */
export interface AlertTier {
  severity: 'page' | 'ticket';
  longSeconds: number;
  shortSeconds: number;
  /** Part of the window's budget, c. */
  consumed: number;
}

/** A tier for one window and target. @public */
export interface PlannedTier extends AlertTier {
  /** Burn rate that both windows must exceed, F = c * P / L. */
  factor: number;
  /** Error ratio that both windows must exceed, F * (1 - target). */
  threshold: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/**
 * The four pairs in common use, for a window of 30 days: burn rates 14.4, 6, 3
 * and 1 (Site Reliability Workbook, table 5-8, with the row of one day that
 * later practice added).
 * @public
 */
export const STANDARD_TIERS: AlertTier[] = [
  { severity: 'page', longSeconds: HOUR, shortSeconds: 300, consumed: 0.02 },
  {
    severity: 'page',
    longSeconds: 6 * HOUR,
    shortSeconds: 1800,
    consumed: 0.05,
  },
  {
    severity: 'ticket',
    longSeconds: DAY,
    shortSeconds: 2 * HOUR,
    consumed: 0.1,
  },
  {
    severity: 'ticket',
    longSeconds: 3 * DAY,
    shortSeconds: 6 * HOUR,
    consumed: 0.1,
  },
];

/**
 * The standard pairs for a window. Below 28 days a pair would alert on a burn
 * rate that never spends the budget; there it gets the share that stands for a
 * burn rate of 1. Pairs as long as the window are left out.
 * @public
 */
export function standardTiers(windowSeconds: number): AlertTier[] {
  return STANDARD_TIERS.filter(
    ({ longSeconds }) => longSeconds < windowSeconds,
  ).map(tier => ({
    ...tier,
    consumed:
      windowSeconds < 28 * DAY
        ? Math.max(tier.consumed, tier.longSeconds / windowSeconds)
        : tier.consumed,
  }));
}

/**
 * Burn rates and thresholds of the pairs. A pair whose threshold is an error
 * ratio of 1 or more could never alert: it is refused.
 * @public
 */
export function planTiers(
  tiers: AlertTier[],
  target: number,
  windowSeconds: number,
): { tiers: PlannedTier[]; problems: SloProblem[] } {
  const budget = errorBudget(target);
  const planned: PlannedTier[] = [];
  const problems: SloProblem[] = [];
  for (const tier of tiers) {
    const factor = tidy((tier.consumed * windowSeconds) / tier.longSeconds);
    const threshold = tidy(factor * budget);
    if (threshold < 1) {
      planned.push({ ...tier, factor, threshold });
    } else {
      problems.push({
        path: `/alerts/${tier.severity}/${formatSeconds(tier.longSeconds)}`,
        severity: 'error',
        message: `can never alert: ${tidy(
          100 * tier.consumed,
        )} % of the budget in ${formatSeconds(
          tier.longSeconds,
        )} would take more than every event to fail`,
        found: `error ratio ${threshold}`,
        allowed: 'below 1',
      });
    }
  }
  return { tiers: planned, problems };
}

/**
 * Minutes until a pair alerts after the error ratio steps from 0 to `ratio`:
 * L * F * (1 - target) / ratio.
 * @returns undefined when it never does
 * @public
 */
export function detectionMinutes(
  tier: PlannedTier,
  ratio: number,
): number | undefined {
  return ratio > tier.threshold
    ? (Math.max(tier.longSeconds, tier.shortSeconds) * tier.threshold) /
        ratio /
        60
    : undefined;
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
