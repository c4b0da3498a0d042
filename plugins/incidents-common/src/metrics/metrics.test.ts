import fc from 'fast-check';
import {
  distributionOf,
  durationsOf,
  IncidentTimes,
  summariseIncidents,
} from './metrics';

const at = (time: string) => `2026-11-20T${time}:00.000Z`;

const times = (more: Partial<IncidentTimes> = {}): IncidentTimes => ({
  severity: 'SEV-1',
  drill: false,
  status: 'closed',
  impactStartedAt: at('10:00'),
  detectedAt: at('10:02'),
  declaredAt: at('10:05'),
  acknowledgedAt: at('10:06'),
  commandedAt: at('10:08'),
  mitigatedAt: at('10:30'),
  intervals: [{ from: at('10:05'), to: at('11:00') }],
  duties: { kept: 2, late: 1 },
  ...more,
});

const period = { from: at('00:00'), to: at('23:00') };

describe('one incident', () => {
  it('takes each time from its own begin', () => {
    expect(durationsOf(times())).toEqual({
      timeToDeclare: 180,
      timeToAcknowledge: 60,
      timeToCommander: 180,
      timeToMitigate: 1800,
      timeToResolve: 3600,
      activeTimeToResolve: 3600,
    });
  });

  it('does not count the time between a resolution and its reopening', () => {
    const intervals = [
      { from: at('10:05'), to: at('11:00') },
      { from: at('12:00'), to: at('12:30') },
    ];
    expect(durationsOf(times({ intervals }))).toMatchObject({
      timeToResolve: 9000,
      activeTimeToResolve: 5400,
    });
  });

  it.each<[string, Partial<IncidentTimes>, string]>([
    [
      'no time to resolve while it is open again',
      {
        intervals: [
          { from: at('10:05'), to: at('11:00') },
          { from: at('12:00') },
        ],
      },
      'timeToResolve',
    ],
    [
      'no time to acknowledge when nobody did',
      { acknowledgedAt: undefined },
      'timeToAcknowledge',
    ],
    [
      'no time to mitigate without a begin of the impact',
      { impactStartedAt: undefined },
      'timeToMitigate',
    ],
    [
      'no time that would be negative',
      { mitigatedAt: at('09:00') },
      'timeToMitigate',
    ],
  ])('has %s', (_, more, name) => {
    expect(durationsOf(times(more))).toHaveProperty(name, undefined);
  });
});

describe('many incidents', () => {
  it('leave out drills, merged, declined and proposed ones', () => {
    expect(
      summariseIncidents(
        [
          times(),
          times({ severity: 'SEV-3', commandedAt: undefined }),
          times({ drill: true }),
          times({ status: 'merged' }),
          times({ status: 'declined' }),
          times({ status: 'proposed' }),
        ],
        period,
      ),
    ).toMatchObject({
      n: 2,
      excluded: { drills: 1, merged: 1, declined: 1 },
      timeToCommander: { n: 1, coverage: 0.5, median: 180, p90: 180 },
      timeToResolve: { n: 2, coverage: 1, median: 3600 },
      duties: { kept: 4, late: 2 },
      bySeverity: [
        { severity: 'SEV-1', n: 1 },
        { severity: 'SEV-3', n: 1 },
      ],
    });
  });

  it('give no figure where there is none', () => {
    const { timeToResolve, n } = summariseIncidents([], period);
    expect(n).toBe(0);
    expect(timeToResolve).toEqual({ n: 0, coverage: 0 });
  });

  it.each([
    [[7], 7, 7],
    [[1, 3], 2, 3],
    [[3, 1, 2], 2, 3],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
  ])('have median and p90 of %j', (values, median, p90) => {
    expect(distributionOf(values)).toEqual({
      n: values.length,
      coverage: 1,
      median,
      p90,
    });
  });

  it('have at least half at the median and 90 % at p90', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.nat(1000), { nil: undefined }), { minLength: 1 }),
        values => {
          const { n, median = -1, p90 = -1 } = distributionOf(values);
          const known = values.filter(
            (one): one is number => one !== undefined,
          );
          fc.pre(known.length > 0);
          const upTo = (limit: number) =>
            known.filter(one => one <= limit).length;
          expect(n).toBe(known.length);
          expect(upTo(median)).toBeGreaterThanOrEqual(n / 2);
          expect(upTo(p90)).toBeGreaterThanOrEqual(0.9 * n);
          expect(known.filter(one => one < p90).length).toBeLessThan(0.9 * n);
        },
      ),
    );
  });
});
