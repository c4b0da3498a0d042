import { DateTime } from 'luxon';
import type { SloFigures, SloObjectiveView, SloStatus } from '../api';
import { ObjectiveDefinition, SloDefinition } from '../openslo/definition';
import { formatSeconds } from '../openslo/duration';
import {
  budgetMinutes,
  budgetRemaining,
  burnRate,
  errorRatio,
  indicatorValue,
  secondsToExhaustion,
} from './budget';
import { CounterSeries, WindowSums } from './counts';
import { toSlices } from './slices';
import { planTiers, standardTiers } from './tiers';

/** Windows whose burn rates are told, in seconds. */
const RATE_WINDOWS = [300, 1800, 3600, 7200, 21_600, 86_400, 259_200];

/** The rate that times to exhaustion are computed from. */
const CURRENT_RATE_SECONDS = 3600;

/** Part of the budget below which an SLO needs caution. @public */
export const DEFAULT_CAUTION_BELOW = 0.25;

/** All objectives of an SLO over its window. @public */
export interface SloEvaluation {
  status: SloStatus;
  /** Index of the objective in the worst state. */
  worst: number;
  objectives: SloObjectiveView[];
}

/**
 * The series that the arithmetic of one objective is done on: events, or time
 * slices.
 * @public
 */
export function objectiveSeries(
  series: CounterSeries,
  definition: SloDefinition,
  objective: ObjectiveDefinition,
): CounterSeries {
  const sliceSeconds = objective.timeSliceSeconds ?? series.step;
  switch (definition.budgetingMethod) {
    case 'Timeslices':
      return toSlices(series, {
        method: 'Timeslices',
        sliceSeconds,
        sliceTarget: objective.timeSliceTarget ?? 1,
      });
    case 'RatioTimeslices':
      return toSlices(series, { method: 'RatioTimeslices', sliceSeconds });
    default:
      return series;
  }
}

/**
 * Evaluates an SLO on counters that end now and reach back one window.
 * @public
 */
export function evaluateSlo(
  series: CounterSeries,
  definition: SloDefinition,
  options: { cautionBelow?: number } = {},
): SloEvaluation {
  const { cautionBelow = DEFAULT_CAUTION_BELOW } = options;
  const objectives = definition.objectives.map(objective =>
    evaluateObjective(
      new WindowSums(objectiveSeries(series, definition, objective)),
      definition,
      objective,
      cautionBelow,
    ),
  );
  let worst = 0;
  objectives.forEach(({ figures }, index) => {
    const least = objectives[worst].figures.budgetRemaining ?? Infinity;
    if ((figures.budgetRemaining ?? Infinity) < least) {
      worst = index;
    }
  });
  const order: SloStatus[] = ['exhausted', 'caution', 'healthy', 'no-data'];
  const status =
    order.find(one => objectives.some(({ status: is }) => is === one)) ??
    'unknown';
  return { status, worst, objectives };
}

function evaluateObjective(
  sums: WindowSums,
  definition: SloDefinition,
  objective: ObjectiveDefinition,
  cautionBelow: number,
): SloObjectiveView {
  const { target, name, displayName } = objective;
  const windowSeconds = definition.window.seconds;
  const rate = (seconds: number) => burnRate(sums.last(seconds), target);
  const alerts = planTiers(
    standardTiers(windowSeconds),
    target,
    windowSeconds,
  ).tiers.map(tier => {
    const longRate = rate(tier.longSeconds);
    const shortRate = rate(tier.shortSeconds);
    return {
      severity: tier.severity,
      long: formatSeconds(tier.longSeconds),
      short: formatSeconds(tier.shortSeconds),
      factor: tier.factor,
      consumed: tier.consumed,
      longRate,
      shortRate,
      holds: (longRate ?? 0) > tier.factor && (shortRate ?? 0) > tier.factor,
    };
  });
  const figures = evaluateFigures(sums, target, windowSeconds);
  const left = figures.budgetRemaining;
  let status: SloStatus = 'healthy';
  if (left === null) {
    status = 'no-data';
  } else if (left <= 0) {
    status = 'exhausted';
  } else if (left < cautionBelow || alerts.some(({ holds }) => holds)) {
    status = 'caution';
  }
  return {
    name,
    displayName,
    status,
    figures,
    burnRates: RATE_WINDOWS.filter(seconds => seconds <= windowSeconds).map(
      seconds => ({
        window: formatSeconds(seconds),
        seconds,
        burnRate: rate(seconds),
      }),
    ),
    alerts,
  };
}

function evaluateFigures(
  sums: WindowSums,
  target: number,
  windowSeconds: number,
): SloFigures {
  const counts = sums.between(sums.start, sums.end);
  const remaining = budgetRemaining(counts, target);
  const current = burnRate(sums.last(CURRENT_RATE_SECONDS), target);
  const seconds = secondsToExhaustion(remaining, current, windowSeconds);
  const minutes = budgetMinutes(target, windowSeconds);
  return {
    target,
    sli: indicatorValue(counts),
    errorRatio: errorRatio(counts),
    bad: counts.total > 0 ? counts.bad : null,
    total: counts.total > 0 ? counts.total : null,
    budgetRemaining: remaining,
    budgetMinutes: minutes,
    budgetMinutesRemaining: remaining === null ? null : remaining * minutes,
    burnRate: current,
    secondsToExhaustion: seconds,
    exhaustsAt:
      seconds === null || seconds === 0
        ? null
        : DateTime.fromSeconds(sums.end + seconds, { zone: 'utc' }).toISO(),
  };
}
