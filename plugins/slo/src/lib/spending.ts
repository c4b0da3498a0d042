import { errorBudget, SloBurnDown } from '@handrail/plugin-slo-common';

/** Part of the budget that stands out in one step, however busy it was. */
const NOTABLE = 0.02;

/** A stretch of time in which much budget was spent. */
export interface Spending {
  /** ISO instants. */
  from: string;
  to: string;
  bad: number;
  total: number;
  /** Part of the window's whole budget, 0.2 for a fifth of it. */
  consumed: number;
}

/** What a window's budget was spent on. */
export interface SpendingReport {
  /** The stretches that cost most, most expensive first. */
  spans: Spending[];
  /** All the rest, as part of the whole budget. */
  rest: number;
}

/**
 * Finds what burned the budget. Neighbouring steps whose error ratio is above
 * the budget (a burn rate above 1), or which cost at least 2 % of it each, make
 * one stretch; its cost is bad / ((1 - target) * total(window)), as in the
 * burn-down. The costs of all
 * stretches and the rest add up to what has been spent.
 *
 * @param limit - How many stretches to tell apart; cheaper ones are the rest.
 */
export function findSpending(
  burnDown: Pick<SloBurnDown, 'target' | 'stepSeconds' | 'points'>,
  limit = 5,
): SpendingReport {
  const { points, stepSeconds, target } = burnDown;
  const total = points.reduce((sum, point) => sum + point.total, 0);
  const allowed = errorBudget(target);
  const budget = allowed * total;
  if (budget <= 0) {
    return { spans: [], rest: 0 };
  }
  const spans: Spending[] = [];
  let open: Spending | undefined;
  for (const point of points) {
    const burns =
      point.bad > allowed * point.total || point.bad >= NOTABLE * budget;
    if (!burns) {
      open = undefined;
      continue;
    }
    if (!open) {
      const end = Date.parse(point.at);
      open = {
        from: new Date(end - stepSeconds * 1000).toISOString(),
        to: point.at,
        bad: 0,
        total: 0,
        consumed: 0,
      };
      spans.push(open);
    }
    open.to = point.at;
    open.bad += point.bad;
    open.total += point.total;
    open.consumed = open.bad / budget;
  }
  const kept = [...spans].sort((a, b) => b.bad - a.bad).slice(0, limit);
  const all = points.reduce((sum, point) => sum + point.bad, 0);
  const told = kept.reduce((sum, span) => sum + span.bad, 0);
  return { spans: kept, rest: Math.max(0, all - told) / budget };
}

/** One row of the table behind the chart. */
export interface BurnDownRow {
  /** ISO instants. */
  from: string;
  to: string;
  /** What is left at the end. */
  remaining: number | null;
  bad: number;
  total: number;
}

/** The steps of a burn-down joined to at most `rows` rows, latest first. */
export function toRows(
  burnDown: Pick<SloBurnDown, 'stepSeconds' | 'points'>,
  rows = 28,
): BurnDownRow[] {
  const { points, stepSeconds } = burnDown;
  const per = Math.max(1, Math.ceil(points.length / rows));
  const result: BurnDownRow[] = [];
  for (let end = points.length; end > 0; end -= per) {
    const part = points.slice(Math.max(0, end - per), end);
    const last = part[part.length - 1];
    result.push({
      from: new Date(Date.parse(part[0].at) - stepSeconds * 1000).toISOString(),
      to: last.at,
      remaining: last.remaining,
      bad: part.reduce((sum, point) => sum + point.bad, 0),
      total: part.reduce((sum, point) => sum + point.total, 0),
    });
  }
  return result;
}
