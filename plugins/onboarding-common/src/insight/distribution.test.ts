import fc from 'fast-check';
import { distribute, Duration } from '.';

const done = (...hours: number[]): Duration[] =>
  hours.map(one => ({ hours: one, reached: true }));
const open = (...hours: number[]): Duration[] =>
  hours.map(one => ({ hours: one, reached: false }));

describe('distribute', () => {
  it.each<[string, Duration[], number | undefined, number | undefined]>([
    ['nobody', [], undefined, undefined],
    ['only people who are not there', open(5, 9), undefined, undefined],
    ['nobody left', done(1, 2, 3, 4), 2, 3],
    ['equal times', done(6, 6, 6, 6), 6, 6],
    // Dropping the censored would give 2 and 3; counting them as never, none.
    ['some not there yet', [...done(2, 3, 8), ...open(1, 2.5)], 3, 8],
    ['too few there', [...done(1), ...open(9, 9, 9)], undefined, undefined],
    // Remission times of Freireich et al. (1963), 6-MP arm; median 23.
    [
      'the textbook sample',
      [
        ...done(6, 6, 6, 7, 10, 13, 16, 22, 23),
        ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
      ],
      23,
      undefined,
    ],
  ])('%s', (_name, durations, median, p75) => {
    const result = distribute(durations);
    expect(result.medianHours).toBe(median);
    expect(result.p75Hours).toBe(p75);
    expect(result.n).toBe(durations.length);
  });

  it('puts a duration on a border into the bin that begins there', () => {
    const { bins } = distribute([...done(0, 1, 672), ...open(4, 9999)]);
    expect(
      bins
        .filter(bin => bin.reached + bin.waiting > 0)
        .map(bin => [bin.fromHours, bin.toHours, bin.reached, bin.waiting]),
    ).toEqual([
      [0, 1, 1, 0],
      [1, 4, 1, 0],
      [4, 24, 0, 1],
      [672, undefined, 1, 1],
    ]);
  });

  const sample = fc.array(
    fc.record({
      hours: fc.double({ min: 0, max: 2000, noNaN: true }),
      reached: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  it('counts everybody once, whatever the order', () => {
    fc.assert(
      fc.property(sample, durations => {
        const result = distribute(durations);
        const sum = (key: 'reached' | 'waiting') =>
          result.bins.reduce((total, bin) => total + bin[key], 0);
        expect(sum('reached') + sum('waiting')).toBe(result.n);
        expect(sum('waiting')).toBe(result.censored);
        expect(distribute([...durations].reverse())).toEqual(result);
      }),
    );
  });

  it('is the plain quantile when nobody waits, and never less with waiting', () => {
    fc.assert(
      fc.property(sample, durations => {
        const all = durations.map(one => ({ ...one, reached: true }));
        const sorted = all.map(one => one.hours).sort((a, b) => a - b);
        const plain = distribute(all);
        expect(plain.medianHours).toBe(
          sorted[Math.ceil(sorted.length / 2) - 1],
        );
        const { medianHours } = distribute(durations);
        expect(medianHours ?? Infinity).toBeGreaterThanOrEqual(
          plain.medianHours ?? 0,
        );
      }),
    );
  });
});
