import { CalendarWindow, checkWindow, evaluateWindows } from '..';

const releaseHours: CalendarWindow = {
  name: 'release-hours',
  effect: 'allow',
  rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=14;BYMINUTE=0',
  duration: 'PT4H',
  timezone: 'Etc/UTC',
};
/** Nothing is pushed from Thursday until Sunday. */
const weekend: CalendarWindow = {
  name: 'no-late-week',
  effect: 'deny',
  rrule: 'FREQ=WEEKLY;BYDAY=TH;BYHOUR=0;BYMINUTE=0',
  duration: 'P4D',
  timezone: 'Europe/Berlin',
};

it('is always open without windows', () => {
  expect(evaluateWindows([], '2026-11-29T12:00:00Z')).toEqual({
    open: true,
    blocking: [],
  });
});

it.each<[string, CalendarWindow[], string, object]>([
  [
    'before an allow window',
    [releaseHours],
    '2026-11-30T13:59:59.999Z',
    { open: false, opensAt: '2026-11-30T14:00:00.000Z' },
  ],
  [
    'at its beginning',
    [releaseHours],
    '2026-11-30T14:00:00.000Z',
    { open: true, closesAt: '2026-11-30T18:00:00.000Z' },
  ],
  [
    'at its end',
    [releaseHours],
    '2026-11-30T18:00:00.000Z',
    { open: false, opensAt: '2026-12-01T14:00:00.000Z' },
  ],
  [
    'in a deny window',
    [weekend],
    '2026-11-29T12:00:00Z',
    { open: false, opensAt: '2026-11-29T23:00:00.000Z' },
  ],
  [
    'outside of it',
    [weekend],
    '2026-11-30T12:00:00Z',
    { open: true, closesAt: '2026-12-02T23:00:00.000Z' },
  ],
  [
    'with both, where deny wins',
    [releaseHours, weekend],
    '2026-11-26T15:00:00Z',
    { open: false, opensAt: '2026-11-30T14:00:00.000Z' },
  ],
])('knows %s', (_, windows, at, expected) => {
  expect(evaluateWindows(windows, at)).toMatchObject(expected);
});

it('names the deny windows that hold, else the allow windows', () => {
  const both = [releaseHours, weekend];
  expect(evaluateWindows(both, '2026-11-26T15:00:00Z').blocking).toEqual([
    weekend,
  ]);
  expect(evaluateWindows(both, '2026-11-30T12:00:00Z').blocking).toEqual([
    releaseHours,
  ]);
});

it('says when it never opens', () => {
  const always: CalendarWindow = {
    effect: 'deny',
    rrule: 'FREQ=DAILY',
    duration: 'P1D',
    timezone: 'America/New_York',
  };
  expect(evaluateWindows([always], '2026-11-30T12:00:00Z')).toEqual({
    open: false,
    blocking: [always],
    neverOpens: true,
  });
  const past: CalendarWindow = {
    effect: 'allow',
    rrule: 'FREQ=DAILY;COUNT=1',
    dtstart: '2026-01-01T00:00',
    duration: 'PT1H',
    timezone: 'UTC',
  };
  expect(evaluateWindows([past], '2026-11-30T12:00:00Z').neverOpens).toBe(true);
});

it('holds as long as the clock says, or as time elapses', () => {
  const window = (duration: string): CalendarWindow => ({
    effect: 'deny',
    rrule: 'FREQ=YEARLY;COUNT=1',
    // The day before clocks go back.
    dtstart: '2026-10-24T12:00',
    duration,
    timezone: 'Europe/Berlin',
  });
  const opensAt = (duration: string) =>
    evaluateWindows([window(duration)], '2026-10-24T12:00:00Z').opensAt;
  expect(opensAt('P1D')).toBe('2026-10-25T11:00:00.000Z');
  expect(opensAt('PT24H')).toBe('2026-10-25T10:00:00.000Z');
});

it.each<[string, Partial<CalendarWindow>, string]>([
  ['no effect', { effect: 'maybe' as any }, 'the effect is "maybe"'],
  ['each hour', { rrule: 'FREQ=HOURLY' }, 'has FREQ=HOURLY'],
  ['no duration', { duration: '4h' }, 'the duration is "4h"'],
  ['none at all', { duration: 'PT0S' }, 'the duration is "PT0S"'],
  ['backwards', { duration: '-PT4H' }, 'the duration is "-PT4H"'],
  ['years', { duration: 'P2Y' }, 'at most 366 days'],
  [
    'a rule without occurrence',
    { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' },
    'has no occurrence',
  ],
])('refuses %s', (_, change, message) => {
  const window = { ...releaseHours, ...change };
  expect(checkWindow(window).join('; ')).toContain(message);
  expect(() => evaluateWindows([window], '2026-11-30T12:00:00Z')).toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: expect.stringContaining(message),
    }),
  );
});
