import {
  addBusinessDuration,
  BusinessCalendar,
  checkBusinessCalendar,
  isBusinessDay,
} from '..';

const days = (dates: string[]) => dates.map(date => ({ date }));

it.each<[string, string, string, string[], string]>([
  // Friday afternoon: the weekend does not count.
  ['UTC', '2026-11-20T15:00:00.000Z', 'P5D', [], '2026-11-27T15:00:00.000Z'],
  // Saturday is the end of Friday.
  ['UTC', '2026-11-21T04:00:00.000Z', 'P1D', [], '2026-11-23T23:59:59.999Z'],
  ['UTC', '2026-11-21T04:00:00.000Z', 'P0D', [], '2026-11-21T04:00:00.000Z'],
  // Friday 23:30 UTC is Saturday already in Tokyo.
  [
    'Asia/Tokyo',
    '2026-11-20T23:30:00.000Z',
    'P1D',
    [],
    '2026-11-23T14:59:59.999Z',
  ],
  // … and still Friday in New York.
  [
    'America/New_York',
    '2026-11-21T01:00:00.000Z',
    'P1D',
    [],
    '2026-11-24T01:00:00.000Z',
  ],
  // Clocks go back on Sunday 2026-10-25: same time of day, an hour more.
  [
    'Europe/Lisbon',
    '2026-10-23T09:00:00.000Z',
    'P1D',
    [],
    '2026-10-26T10:00:00.000Z',
  ],
  // Clocks go forward on Sunday 2026-03-29: an hour less.
  [
    'Europe/Lisbon',
    '2026-03-27T10:00:00.000Z',
    'P1D',
    [],
    '2026-03-30T09:00:00.000Z',
  ],
  // A holiday in the middle, one on the weekend.
  [
    'Europe/Lisbon',
    '2026-12-22T12:00:00.000Z',
    'P5D',
    ['2026-12-25', '2026-12-26'],
    '2026-12-30T12:00:00.000Z',
  ],
  // Leap day.
  ['UTC', '2028-02-28T08:00:00.000Z', 'P2D', [], '2028-03-01T08:00:00.000Z'],
  // Hours go on over the weekend.
  ['UTC', '2026-11-20T22:00:00.000Z', 'PT4H', [], '2026-11-23T02:00:00.000Z'],
  ['UTC', '2026-11-20T22:00:00.000Z', 'P1DT4H', [], '2026-11-24T02:00:00.000Z'],
])('%s: %s and %s', (timezone, at, duration, holidays, expected) => {
  const calendar = { timezone, holidays: days(holidays) };
  expect(addBusinessDuration(at, duration, calendar)).toBe(expected);
});

describe('with working hours', () => {
  const office: BusinessCalendar = {
    timezone: 'Europe/Berlin',
    hours: { from: '09:00', to: '17:00' },
    holidays: [{ date: '2026-12-25', name: 'Christmas' }],
  };
  it.each([
    // Thursday 16:00 and two hours: Monday 10:00, as Friday is off.
    ['2026-12-24T15:00:00.000Z', 'PT2H', '2026-12-28T09:00:00.000Z'],
    // An hour that ends with the day ends on the day.
    ['2026-12-24T15:00:00.000Z', 'PT1H', '2026-12-24T16:00:00.000Z'],
    // In the night and on the weekend work begins in the morning.
    ['2026-11-30T01:00:00.000Z', 'PT30M', '2026-11-30T08:30:00.000Z'],
    ['2026-11-28T12:00:00.000Z', 'PT30M', '2026-11-30T08:30:00.000Z'],
    ['2026-11-30T20:00:00.000Z', 'PT8H', '2026-12-01T16:00:00.000Z'],
    // Days: the time of day is moved into the hours.
    ['2026-11-30T20:00:00.000Z', 'P1D', '2026-12-01T16:00:00.000Z'],
    ['2026-11-30T04:00:00.000Z', 'P1D', '2026-12-01T08:00:00.000Z'],
    ['2026-11-28T12:00:00.000Z', 'P1D', '2026-11-30T16:00:00.000Z'],
    ['2026-11-30T10:00:00.000Z', 'P1D', '2026-12-01T10:00:00.000Z'],
  ])('%s and %s', (at, duration, expected) => {
    expect(addBusinessDuration(at, duration, office)).toBe(expected);
  });
});

it('takes a time the clocks skip an hour later', () => {
  // 01:30 on 2026-03-29 does not exist in Lisbon.
  expect(
    addBusinessDuration('2026-03-28T01:30:00.000Z', 'P1D', {
      timezone: 'Europe/Lisbon',
      workdays: [1, 2, 3, 4, 5, 6, 7],
    }),
  ).toBe('2026-03-29T01:30:00.000Z');
});

it.each<[string, () => unknown, string]>([
  [
    'not an instant',
    () => addBusinessDuration('soon', 'P1D', { timezone: 'UTC' }),
    '"soon" is not an instant',
  ],
  ...['P1W', 'P1M', 'P1.5D', '-P1D', 'PT-1H', '5', 'P9999D'].map(
    duration =>
      [
        duration,
        () =>
          addBusinessDuration('2026-11-20T15:00:00Z', duration, {
            timezone: 'UTC',
          }),
        `the duration of working time is "${duration}"`,
      ] as [string, () => unknown, string],
  ),
  ['no day', () => isBusinessDay({ timezone: 'UTC' }, '2026-02-30'), 'The day'],
  [
    'no zone',
    () => checkBusinessCalendar({ timezone: 'Mars/Olympus' }),
    'calendar.timezone is "Mars/Olympus"',
  ],
  [
    'no holiday',
    () =>
      checkBusinessCalendar(
        { timezone: 'UTC', holidays: days(['25.12.2026']) },
        'a.b',
      ),
    'a.b.holidays[0] is {"date":"25.12.2026"}',
  ],
  [
    'no weekday',
    () => checkBusinessCalendar({ timezone: 'UTC', workdays: [0] }),
    'calendar.workdays is [0]',
  ],
  [
    'no working day at all',
    () => checkBusinessCalendar({ timezone: 'UTC', workdays: [] }),
    'calendar.workdays is []',
  ],
  [
    'hours that end before they begin',
    () =>
      checkBusinessCalendar({
        timezone: 'UTC',
        hours: { from: '17:00', to: '09:00' },
      }),
    'calendar.hours is',
  ],
])('refuses %s', (_, attempt, message) => {
  expect(attempt).toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: expect.stringContaining(message),
    }),
  );
});
