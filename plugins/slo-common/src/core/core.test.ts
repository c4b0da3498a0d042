import fc from 'fast-check';
import {
  budgetMinutes,
  budgetRemaining,
  burnDown,
  burnRate,
  detectionMinutes,
  errorBudget,
  errorRatio,
  indicatorValue,
  planTiers,
  secondsToExhaustion,
  STANDARD_TIERS,
  standardTiers,
  toSeries,
  toSlices,
  WindowSums,
} from '.';

const DAY = 86_400;

describe('budget', () => {
  it.each([
    // bad, total, target, remaining, burn rate
    [0, 1000, 0.999, 1, 0],
    [1, 1000, 0.999, 0, 1],
    [2, 1000, 0.999, -1, 2],
    [1000, 1000, 0.999, -999, 1000],
    [5, 1000, 0.99, 0.5, 0.5],
    [1, 4, 0, 0.75, 0.25],
  ])('of %p bad of %p at %p', (bad, total, target, remaining, rate) => {
    expect(budgetRemaining({ bad, total }, target)).toBeCloseTo(remaining, 9);
    expect(burnRate({ bad, total }, target)).toBeCloseTo(rate, 9);
  });

  it('is not known without events', () => {
    const idle = { bad: 0, total: 0 };
    expect(errorRatio(idle)).toBeNull();
    expect(indicatorValue(idle)).toBeNull();
    expect(burnRate(idle, 0.99)).toBeNull();
    expect(budgetRemaining(idle, 0.99)).toBeNull();
  });

  it('counts minutes of total outage', () => {
    expect(budgetMinutes(0.999, 30 * DAY)).toBe(43.2);
    expect(budgetMinutes(0.9999, 28 * DAY)).toBeCloseTo(4.032, 9);
  });

  it('has no noise of binary fractions', () => {
    expect(errorBudget(0.999)).toBe(0.001);
    expect(errorBudget(0.9995)).toBe(0.0005);
  });

  it.each([1, 1.5, -0.1, NaN])('refuses a target of %p', target => {
    expect(() => errorBudget(target)).toThrow('from 0 to below 1');
  });

  it.each([
    // remaining, rate, expected
    [1, 1, 30 * DAY],
    [1, 14.4, (30 * DAY) / 14.4],
    [0.5, 2, 7.5 * DAY],
    [0, 5, 0],
    [-3, 0, 0],
    [1, 0, null],
    [1, null, null],
    [null, 3, null],
    // Slower than what a rolling window gives back.
    [0.9, 0.5, null],
  ])('%p left at rate %p lasts %p', (remaining, rate, expected) => {
    expect(secondsToExhaustion(remaining, rate, 30 * DAY)).toBe(expected);
  });
});

describe('pairs of windows', () => {
  const { tiers } = planTiers(STANDARD_TIERS, 0.999, 30 * DAY);

  it('derive the usual burn rates for 30 days', () => {
    expect(tiers.map(tier => tier.factor)).toEqual([14.4, 6, 3, 1]);
  });

  it('derive those of 28 days from the same shares', () => {
    const { tiers: of28 } = planTiers(standardTiers(28 * DAY), 0.999, 28 * DAY);
    expect(of28[0].factor).toBe(13.44);
    expect(of28[1].factor).toBe(5.6);
    expect(of28[2].factor).toBe(2.8);
    expect(of28[3].factor).toBeCloseTo(28 / 30, 9);
  });

  it('never alert on a rate that a short window allows', () => {
    for (const days of [4, 7, 14]) {
      const { tiers: short } = planTiers(
        standardTiers(days * DAY),
        0.99,
        days * DAY,
      );
      expect(
        Math.min(...short.map(tier => tier.factor)),
      ).toBeGreaterThanOrEqual(1);
    }
    expect(standardTiers(DAY)).toHaveLength(2);
  });

  const never = undefined;
  it.each([
    [1, [0.864, 2.16, 4.32, 4.32]],
    [0.1, [8.64, 21.6, 43.2, 43.2]],
    [0.02, [43.2, 108, 216, 216]],
    [0.01, [never, 216, 432, 432]],
    [0.005, [never, never, 864, 864]],
    [0.002, [never, never, never, 2160]],
  ])('detect an error ratio of %p after %p minutes', (ratio, expected) => {
    const minutes = tiers.map(tier => detectionMinutes(tier, ratio));
    expected.forEach((value, index) => {
      expect(minutes[index] ?? Infinity).toBeCloseTo(value ?? Infinity, 9);
    });
  });

  it('are refused when more than every event would have to fail', () => {
    // 14.4 * 0.07 = 1.008
    const { tiers: left, problems } = planTiers(STANDARD_TIERS, 0.93, 30 * DAY);
    expect(left.map(tier => tier.factor)).toEqual([6, 3, 1]);
    expect(problems).toEqual([
      expect.objectContaining({
        path: '/alerts/page/1h',
        severity: 'error',
        found: 'error ratio 1.008',
      }),
    ]);
    // Exactly 1 can never be exceeded either.
    const tier = { ...STANDARD_TIERS[0], consumed: 1 / 72 };
    expect(planTiers([tier], 0.9, 30 * DAY).tiers).toEqual([]);
  });
});

const counts = fc.integer({ min: 0, max: 1000 }).chain(total =>
  fc.record({
    total: fc.constant(total),
    bad: fc.integer({ min: 0, max: total }),
  }),
);
const seriesOf = (all: Array<{ bad: number; total: number }>, start = 0) => ({
  start,
  step: 300,
  bad: all.map(one => one.bad),
  total: all.map(one => one.total),
});

describe('windows', () => {
  it('sum what a loop sums', () => {
    fc.assert(
      fc.property(
        fc.array(counts, { maxLength: 60 }),
        fc.nat(70),
        fc.nat(70),
        (all, a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          const sums = new WindowSums(seriesOf(all, 600));
          const part = all.slice(low, high);
          expect(sums.between(600 + low * 300, 600 + high * 300)).toEqual({
            bad: part.reduce((sum, one) => sum + one.bad, 0),
            total: part.reduce((sum, one) => sum + one.total, 0),
          });
        },
      ),
    );
  });

  it('count a bucket to the window in which it begins', () => {
    const sums = new WindowSums(
      seriesOf([
        { bad: 1, total: 1 },
        { bad: 0, total: 10 },
        { bad: 5, total: 100 },
      ]),
    );
    expect(sums.last(300)).toEqual({ bad: 5, total: 100 });
    expect(sums.last(600)).toEqual({ bad: 5, total: 110 });
    expect(sums.last(10_000)).toEqual({ bad: 6, total: 111 });
    expect(sums.between(1, 600)).toEqual({ bad: 0, total: 10 });
  });

  it('fill gaps with no events, add up repeats, leave out the rest', () => {
    const series = toSeries(
      [
        { at: 900, bad: 1, total: 2 },
        { at: 300, bad: 0, total: 5 },
        { at: 900, bad: 1, total: 3 },
        { at: 0, bad: 9, total: 9 },
        { at: 1500, bad: 9, total: 9 },
      ],
      { from: 300, to: 1500, step: 300 },
    );
    expect([...Array.from(series.total)]).toEqual([5, 0, 5, 0]);
    expect([...Array.from(series.bad)]).toEqual([0, 0, 2, 0]);
  });
});

describe('burn-down', () => {
  it('falls from the whole budget to what is left, keeping every event', () => {
    fc.assert(
      fc.property(
        fc.array(counts, { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 1, max: 90 }),
        fc.constantFrom(0, 0.9, 0.999),
        (all, maxPoints, target) => {
          const series = seriesOf(all);
          const { points, stepSeconds } = burnDown(series, target, maxPoints);
          const sums = new WindowSums(series);
          const whole = sums.between(sums.start, sums.end);
          expect(points.length).toBeLessThanOrEqual(maxPoints);
          expect(points.at(-1)?.at).toBe(sums.end);
          const sum = (key: 'bad' | 'total') =>
            points.reduce((total, point) => total + point[key], 0);
          expect({ bad: sum('bad'), total: sum('total') }).toEqual(whole);
          const left = budgetRemaining(whole, target);
          const last = points.at(-1)?.remaining ?? null;
          const nulls = points.filter(point => point.remaining === null);
          expect(nulls).toHaveLength(left === null ? points.length : 0);
          expect(last ?? 9).toBeCloseTo(left ?? 9, 6);
          for (let i = 1; i < points.length; i++) {
            expect(points[i].at - points[i - 1].at).toBe(stepSeconds);
            expect(points[i].remaining ?? 0).toBeLessThanOrEqual(
              points[i - 1].remaining ?? 0,
            );
          }
        },
      ),
    );
  });
});

describe('time slices', () => {
  const series = seriesOf([
    { bad: 0, total: 100 },
    { bad: 10, total: 100 },
    { bad: 0, total: 0 },
    { bad: 0, total: 0 },
    { bad: 1, total: 1 },
    { bad: 0, total: 99 },
  ]);

  it('are good when enough of their events are; idle ones do not count', () => {
    const slices = toSlices(series, {
      method: 'Timeslices',
      sliceSeconds: 600,
      sliceTarget: 0.96,
    });
    expect(Array.from(slices.total)).toEqual([1, 0, 1]);
    expect(Array.from(slices.bad)).toEqual([1, 0, 0]);
    expect(slices.step).toBe(600);
  });

  it('weigh the same however busy with RatioTimeslices', () => {
    const slices = toSlices(series, {
      method: 'RatioTimeslices',
      sliceSeconds: 600,
    });
    expect(Array.from(slices.bad)).toEqual([0.05, 0, 0.01]);
  });

  it('stay on the clock as the window moves', () => {
    const moved = toSlices(
      seriesOf(
        [
          { bad: 1, total: 1 },
          { bad: 0, total: 9 },
        ],
        300,
      ),
      {
        method: 'RatioTimeslices',
        sliceSeconds: 600,
      },
    );
    expect(moved.start).toBe(0);
    expect(Array.from(moved.bad)).toEqual([1, 0]);
  });

  it('are whole numbers of buckets', () => {
    expect(() =>
      toSlices(series, { method: 'RatioTimeslices', sliceSeconds: 60 }),
    ).toThrow('not a multiple of 300 s');
  });
});
