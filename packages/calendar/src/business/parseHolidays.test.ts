import { parseHolidays } from '..';

function file(...events: string[][]): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Example//Holidays//EN',
    ...events.flatMap((lines, index) => [
      'BEGIN:VEVENT',
      `UID:${index}@example.com`,
      'DTSTAMP:20250101T000000Z',
      ...lines,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}

it('reads whole days, one and several, in order and once', () => {
  expect(
    parseHolidays(
      file(
        [
          'DTSTART;VALUE=DATE:20261225',
          'DTEND;VALUE=DATE:20261227',
          'SUMMARY:Christmas\\, both days',
        ],
        ['DTSTART;VALUE=DATE:20260101', 'SUMMARY:New Year'],
        ['DTSTART;VALUE=DATE:20261226'],
        ['DTSTART;VALUE=DATE:20260202', 'STATUS:CANCELLED', 'SUMMARY:No'],
      ),
    ),
  ).toEqual([
    { date: '2026-01-01', name: 'New Year' },
    { date: '2026-12-25', name: 'Christmas, both days' },
    { date: '2026-12-26', name: 'Christmas, both days' },
  ]);
});

it('reads what repeats within a range', () => {
  const text = file(
    ['DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=YEARLY', 'SUMMARY:New Year'],
    [
      'DTSTART;VALUE=DATE:20201126',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      'EXDATE;VALUE=DATE:20271125',
      'SUMMARY:Thanksgiving',
    ],
    ['DTSTART;VALUE=DATE:20200501', 'SUMMARY:Out of range'],
  );
  expect(parseHolidays(text, { from: '2026-01-01', to: '2028-01-01' })).toEqual(
    [
      { date: '2026-01-01', name: 'New Year' },
      { date: '2026-11-26', name: 'Thanksgiving' },
      { date: '2027-01-01', name: 'New Year' },
      { date: '2028-01-01', name: 'New Year' },
    ],
  );
  expect(() => parseHolidays(text)).toThrow('The event "New Year" repeats');
});

it.each<[string, string, string]>([
  ['no calendar', 'hello', 'not an iCalendar file'],
  [
    'a time of day',
    file(['DTSTART:20260101T090000Z', 'SUMMARY:Stand-up']),
    'The event "Stand-up" begins at a time of day',
  ],
  [
    'an end before the beginning',
    file(['DTSTART;VALUE=DATE:20260102', 'DTEND;VALUE=DATE:20260101']),
    'lasts -1 days',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => parseHolidays(text)).toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: expect.stringContaining(message),
    }),
  );
});
