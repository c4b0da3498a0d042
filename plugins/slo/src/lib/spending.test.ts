import fc from 'fast-check';
import { findSpending, toRows } from './spending';

const STEP = 3600;
const at = (index: number) =>
  new Date(Date.UTC(2026, 0, 1) + index * STEP * 1000).toISOString();

/** Steps of 1000 events with as many bad ones. */
function curve(bad: number[], total = 1000) {
  return {
    target: 0.99,
    stepSeconds: STEP,
    points: bad.map((count, index) => ({
      at: at(index + 1),
      remaining: null,
      bad: count,
      total,
    })),
  };
}

describe('findSpending', () => {
  it('joins neighbours that burn too fast, most expensive first', () => {
    // The budget is 10 of 1000, so 2080 in all, and 2 % of it are 41.6.
    const quiet = new Array(200).fill(0);
    const { spans, rest } = findSpending(
      curve([0, 20, 30, 10, 5, 11, 0, 100, ...quiet]),
    );
    expect(spans).toEqual([
      { from: at(7), to: at(8), bad: 100, total: 1000, consumed: 100 / 2080 },
      { from: at(1), to: at(3), bad: 50, total: 2000, consumed: 50 / 2080 },
      { from: at(5), to: at(6), bad: 11, total: 1000, consumed: 11 / 2080 },
    ]);
    // Exactly at the budget does not burn too fast: 10 and 5 are the rest.
    expect(rest).toBeCloseTo(15 / 2080, 12);
  });

  it('tells apart what cost much though it was a small part of a busy time', () => {
    const busy = curve([0, 600, 0], 1_000);
    busy.points[1].total = 1_000_000;
    const { spans } = findSpending(busy);
    // 600 of the 10 020 of a budget of 1 %: a burn rate of 0.06.
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ from: at(1), to: at(2), bad: 600 });
    expect(spans[0].consumed).toBeCloseTo(600 / 10_020, 12);
  });

  it('knows no spending where there are no events', () => {
    expect(findSpending(curve([0, 0], 0))).toEqual({ spans: [], rest: 0 });
    expect(findSpending(curve([]))).toEqual({ spans: [], rest: 0 });
    expect(findSpending(curve([0, 0]))).toEqual({ spans: [], rest: 0 });
  });

  it('adds up to what was spent, whatever is told apart', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.nat(1000).chain(total =>
            fc.record({
              total: fc.constant(total),
              bad: fc.nat(total),
            }),
          ),
          { minLength: 1, maxLength: 60 },
        ),
        fc.constantFrom(0.9, 0.99, 0.999),
        fc.integer({ min: 1, max: 4 }),
        (steps, target, limit) => {
          const points = steps.map((step, index) => ({
            ...step,
            at: at(index + 1),
            remaining: null,
          }));
          const total = steps.reduce((sum, step) => sum + step.total, 0);
          const bad = steps.reduce((sum, step) => sum + step.bad, 0);
          const { spans, rest } = findSpending(
            { points, stepSeconds: STEP, target },
            limit,
          );
          const told = spans.reduce((sum, span) => sum + span.consumed, rest);
          const spent = total ? bad / ((1 - target) * total) : 0;
          expect(spans.length).toBeLessThanOrEqual(limit);
          expect(told).toBeCloseTo(spent, 6);
          spans.forEach((span, index) => {
            expect(span.from < span.to).toBe(true);
            expect(span.bad).toBeGreaterThan(0);
            expect(span.bad).toBeLessThanOrEqual(
              spans[index - 1]?.bad ?? Infinity,
            );
          });
        },
      ),
    );
  });
});

describe('toRows', () => {
  it('joins steps to few rows without losing events, latest first', () => {
    const burnDown = curve(Array.from({ length: 100 }, (_, index) => index));
    const rows = toRows(burnDown, 28);
    expect(rows.length).toBeLessThanOrEqual(28);
    expect(rows[0].to).toBe(at(100));
    expect(rows[rows.length - 1].from).toBe(at(0));
    rows
      .slice(1)
      .forEach((row, index) => expect(row.to).toBe(rows[index].from));
    expect(rows.reduce((sum, row) => sum + row.bad, 0)).toBe(4950);
    expect(rows.reduce((sum, row) => sum + row.total, 0)).toBe(100_000);
  });

  it('has no row without points', () => {
    expect(toRows(curve([]))).toEqual([]);
  });
});
