import { errorBudget } from './budget';
import { CounterSeries, Counts } from './counts';

/** One step of a burn-down. @public */
export interface BurnDownPoint extends Counts {
  /** End of the step, seconds since 1970. */
  at: number;
  /** Part of the budget that is left then; null when there are no events. */
  remaining: number | null;
}

/**
 * How the budget of the series' whole span was spent: it starts at 1 and ends
 * at what is left now. The budget is that of all events of the span, so
 * remaining(t) = 1 - bad(start..t) / ((1 - target) * total(span)).
 *
 * Steps are counted back from the end, so only the first can be shorter.
 * @public
 */
export function burnDown(
  series: CounterSeries,
  target: number,
  maxPoints: number,
): { stepSeconds: number; points: BurnDownPoint[] } {
  const length = series.total.length;
  const perStep = Math.max(1, Math.ceil(length / Math.max(1, maxPoints)));
  let all = 0;
  for (let i = 0; i < length; i++) {
    all += series.total[i];
  }
  const budget = errorBudget(target) * all;
  const points: BurnDownPoint[] = [];
  let spent = 0;
  const first = length % perStep || perStep;
  for (let low = 0, high = first; low < length; low = high, high += perStep) {
    let bad = 0;
    let total = 0;
    for (let i = low; i < high; i++) {
      bad += series.bad[i];
      total += series.total[i];
    }
    spent += bad;
    points.push({
      at: series.start + high * series.step,
      remaining: all > 0 ? 1 - spent / budget : null,
      bad,
      total,
    });
  }
  return { stepSeconds: perStep * series.step, points };
}
