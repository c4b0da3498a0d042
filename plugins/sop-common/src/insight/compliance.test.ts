import fc from 'fast-check';
import { byExposure, complianceOf } from './compliance';

describe('complianceOf', () => {
  it.each([
    ['P3M', undefined, '2026-05-01T00:00:00.000Z', 'missing', undefined],
    [
      'P3M',
      '2026-01-31T12:00:00.000Z',
      '2026-04-30T12:00:00.000Z',
      'due-soon',
      '2026-04-30T12:00:00.000Z',
    ],
    [
      'P3M',
      '2026-01-31T12:00:00.000Z',
      '2026-04-30T12:00:00.001Z',
      'overdue',
      '2026-04-30T12:00:00.000Z',
    ],
    [
      'P1D',
      '2026-03-28T12:00:00.000Z',
      '2026-03-29T09:35:00.000Z',
      'met',
      '2026-03-29T12:00:00.000Z',
    ],
    [
      'P1D',
      '2026-03-28T12:00:00.000Z',
      '2026-03-29T09:36:00.000Z',
      'due-soon',
      '2026-03-29T12:00:00.000Z',
    ],
    // A tenth of two years would be ten weeks.
    [
      'P2Y',
      '2026-01-01T00:00:00.000Z',
      '2027-12-17T00:00:00.000Z',
      'met',
      '2028-01-01T00:00:00.000Z',
    ],
  ])('%s after %s is at %s %s', (every, last, now, state, dueAt) => {
    expect(complianceOf(every, last, now)).toMatchObject(
      dueAt ? { state, dueAt } : { state },
    );
  });

  it('says how late it is', () => {
    expect(
      complianceOf('PT1H', '2026-01-01T00:00:00.000Z', '2026-01-01T03:00:00Z')
        .lateMs,
    ).toBe(2 * 3_600_000);
  });

  it('never gets better as time passes', () => {
    const order = ['met', 'due-soon', 'overdue'];
    const instant = fc.date({
      min: new Date('2000-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom('P1D', 'P1W', 'P1M', 'P3M', 'P1Y'),
        instant,
        instant,
        fc.nat(10 ** 11),
        (every, last, now, later) => {
          const at = (date: Date) =>
            order.indexOf(
              complianceOf(every, last.toISOString(), date.toISOString()).state,
            );
          expect(at(new Date(now.getTime() + later))).toBeGreaterThanOrEqual(
            at(now),
          );
        },
      ),
    );
  });
});

it('puts the most exposed first', () => {
  const rows = [
    { state: 'met' as const, dueAt: '2026-09-01' },
    { state: 'overdue' as const, dueAt: '2026-03-01' },
    { state: 'due-soon' as const, dueAt: '2026-05-01' },
    { state: 'missing' as const },
    { state: 'overdue' as const, dueAt: '2026-01-01' },
  ];
  expect([...rows].sort(byExposure).map(row => row.dueAt)).toEqual([
    undefined,
    '2026-01-01',
    '2026-03-01',
    '2026-05-01',
    '2026-09-01',
  ]);
});
