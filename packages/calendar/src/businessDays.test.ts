import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addBusinessDays,
  BusinessCalendar,
  checkBusinessCalendar,
  isBusinessDay,
} from '.';

const lisbon: BusinessCalendar = { timeZone: 'Europe/Lisbon' };

describe('addBusinessDays', () => {
  it.each([
    // Friday afternoon: the weekend does not count.
    ['UTC', '2026-11-20T15:00:00.000Z', 5, [], '2026-11-27T15:00:00.000Z'],
    // Saturday: the first business day after it is Monday.
    ['UTC', '2026-11-21T04:00:00.000Z', 1, [], '2026-11-23T04:00:00.000Z'],
    ['UTC', '2026-11-21T04:00:00.000Z', 0, [], '2026-11-21T04:00:00.000Z'],
    // Friday 23:30 UTC is Saturday already in Tokyo.
    [
      'Asia/Tokyo',
      '2026-11-20T23:30:00.000Z',
      1,
      [],
      '2026-11-22T23:30:00.000Z',
    ],
    // … and still Friday in New York.
    [
      'America/New_York',
      '2026-11-21T01:00:00.000Z',
      1,
      [],
      '2026-11-24T01:00:00.000Z',
    ],
    // Clocks go back on Sunday 2026-10-25: same time of day, an hour more.
    [
      'Europe/Lisbon',
      '2026-10-23T09:00:00.000Z',
      1,
      [],
      '2026-10-26T10:00:00.000Z',
    ],
    // Clocks go forward on Sunday 2026-03-29: an hour less.
    [
      'Europe/Lisbon',
      '2026-03-27T10:00:00.000Z',
      1,
      [],
      '2026-03-30T09:00:00.000Z',
    ],
    // A holiday in the middle, one on the weekend.
    [
      'Europe/Lisbon',
      '2026-12-22T12:00:00.000Z',
      5,
      ['2026-12-25', '2026-12-26'],
      '2026-12-30T12:00:00.000Z',
    ],
    // Leap day.
    ['UTC', '2028-02-28T08:00:00.000Z', 2, [], '2028-03-01T08:00:00.000Z'],
  ])('%s: %s and %i days', (timeZone, from, days, holidays, expected) => {
    expect(addBusinessDays({ timeZone, holidays }, from, days)).toBe(expected);
  });

  it('takes a time the clocks skip an hour later', () => {
    const sundays: BusinessCalendar = {
      timeZone: 'Europe/Lisbon',
      weekend: [],
    };
    // 01:30 on 2026-03-29 does not exist in Lisbon.
    expect(addBusinessDays(sundays, '2026-03-28T01:30:00.000Z', 1)).toBe(
      '2026-03-29T01:30:00.000Z',
    );
  });

  it.each([
    ['not an instant', () => addBusinessDays(lisbon, 'soon', 1)],
    ['a fraction', () => addBusinessDays(lisbon, '2026-11-20T15:00:00Z', 1.5)],
    [
      'less than none',
      () => addBusinessDays(lisbon, '2026-11-20T15:00:00Z', -1),
    ],
    ['no day', () => isBusinessDay(lisbon, '2026-02-30')],
    ['no zone', () => checkBusinessCalendar({ timeZone: 'Mars/Olympus' })],
    [
      'no holiday',
      () =>
        checkBusinessCalendar({ timeZone: 'UTC', holidays: ['25.12.2026'] }),
    ],
    [
      'no weekday',
      () => checkBusinessCalendar({ timeZone: 'UTC', weekend: [0] }),
    ],
    [
      'no working day at all',
      () =>
        checkBusinessCalendar({
          timeZone: 'UTC',
          weekend: [1, 2, 3, 4, 5, 6, 7],
        }),
    ],
  ])('refuses %s', (_, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ name: 'InputError' }));
  });
});

describe('for any zone, instant, holidays and number', () => {
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Lisbon',
    'America/St_Johns',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Australia/Lord_Howe',
  );
  const instant = fc
    .integer({
      min: Date.parse('2020-01-01T00:00:00Z'),
      max: Date.parse('2035-12-31T00:00:00Z'),
    })
    .map(ms => new Date(ms).toISOString());
  const holidays = fc.array(
    fc
      .integer({ min: 0, max: 5800 })
      .map(
        days =>
          DateTime.fromISO('2020-01-01', { zone: 'utc' })
            .plus({ days })
            .toISODate() as string,
      ),
    { maxLength: 400 },
  );
  const days = fc.integer({ min: 0, max: 40 });
  const localDay = (iso: string, timeZone: string) =>
    DateTime.fromISO(iso, { zone: timeZone }).toFormat('yyyy-MM-dd');

  it('ends on a business day with as many business days in between', () => {
    fc.assert(
      fc.property(zone, instant, holidays, days, (timeZone, from, off, n) => {
        const calendar = { timeZone, holidays: off };
        const end = addBusinessDays(calendar, from, n);
        // Counted day by day, the other way round.
        let counted = 0;
        let day = DateTime.fromISO(localDay(from, timeZone), { zone: 'utc' });
        const last = localDay(end, timeZone);
        while (day.toFormat('yyyy-MM-dd') < last) {
          day = day.plus({ days: 1 });
          counted += isBusinessDay(calendar, day.toFormat('yyyy-MM-dd'))
            ? 1
            : 0;
        }
        expect(counted).toBe(n);
        expect(n === 0 || isBusinessDay(calendar, last)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('adds up: n and then m days are n + m days, outside clock changes', () => {
    fc.assert(
      fc.property(instant, holidays, days, days, (from, off, n, m) => {
        const calendar = { timeZone: 'Asia/Kathmandu', holidays: off };
        expect(
          addBusinessDays(calendar, addBusinessDays(calendar, from, n), m),
        ).toBe(addBusinessDays(calendar, from, n + m));
      }),
      { numRuns: 300 },
    );
  });
});
