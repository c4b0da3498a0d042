import {
  checkRecurrence,
  nextOccurrence,
  occurrences,
  previousOccurrence,
  Recurrence,
} from '..';

const release: Recurrence = {
  rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=14;BYMINUTE=0',
  timezone: 'Etc/UTC',
};

it('knows the next and the previous occurrence', () => {
  // A Friday.
  expect(nextOccurrence(release, '2026-11-27T14:00:00.000Z')).toBe(
    '2026-11-30T14:00:00.000Z',
  );
  expect(nextOccurrence(release, '2026-11-27T13:59:59.999Z')).toBe(
    '2026-11-27T14:00:00.000Z',
  );
  expect(previousOccurrence(release, '2026-11-30T14:00:00.000Z')).toBe(
    '2026-11-27T14:00:00.000Z',
  );
  expect(previousOccurrence(release, '2026-11-30T15:00:00.001+01:00')).toBe(
    '2026-11-30T14:00:00.000Z',
  );
});

it.each<[string, Partial<Recurrence>, string, string, string[]]>([
  [
    'the same time of the clock in summer and winter',
    { rrule: 'FREQ=DAILY;BYHOUR=9' },
    '2026-10-24T00:00:00Z',
    '2026-10-27T00:00:00Z',
    [
      '2026-10-24T07:00:00.000Z',
      '2026-10-25T08:00:00.000Z',
      '2026-10-26T08:00:00.000Z',
    ],
  ],
  [
    'a time that is left out an hour later',
    { rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30' },
    '2026-03-28T00:00:00Z',
    '2026-03-31T00:00:00Z',
    [
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ],
  ],
  [
    'a time that comes twice the first time',
    { rrule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30' },
    '2026-10-24T12:00:00Z',
    '2026-10-26T12:00:00Z',
    ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
  ],
  [
    'times in their order where one was moved behind another',
    { rrule: 'FREQ=DAILY;BYHOUR=2,3;BYMINUTE=0,30' },
    '2026-03-29T00:00:00Z',
    '2026-03-30T00:00:00Z',
    // 02:00 and 03:00 are one time, and so are 02:30 and 03:30.
    ['2026-03-29T01:00:00.000Z', '2026-03-29T01:30:00.000Z'],
  ],
  [
    'the last Friday of a quarter',
    {
      rrule: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR',
      dtstart: '2026-03-27T10:00',
    },
    '2026-01-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
    [
      '2026-03-27T09:00:00.000Z',
      '2026-06-26T08:00:00.000Z',
      '2026-09-25T08:00:00.000Z',
      '2026-12-25T09:00:00.000Z',
    ],
  ],
  [
    'what a count leaves',
    { rrule: 'FREQ=DAILY;COUNT=2', dtstart: '2026-12-24T10:00' },
    '2026-01-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
    ['2026-12-24T09:00:00.000Z', '2026-12-25T09:00:00.000Z'],
  ],
  [
    'until an instant, inclusive',
    { rrule: 'FREQ=DAILY;BYHOUR=10;UNTIL=20261225T090000Z' },
    '2026-12-24T00:00:00Z',
    '2027-01-01T00:00:00Z',
    ['2026-12-24T09:00:00.000Z', '2026-12-25T09:00:00.000Z'],
  ],
  [
    'until the end of a local day',
    { rrule: 'FREQ=DAILY;BYHOUR=23;BYMINUTE=59;UNTIL=20261225' },
    '2026-12-25T00:00:00Z',
    '2027-01-01T00:00:00Z',
    ['2026-12-25T22:59:00.000Z'],
  ],
  [
    'without the times and days that are left out',
    {
      rrule: 'FREQ=DAILY;BYHOUR=9,15',
      exdate: ['2026-12-24T15:00', '2026-12-25'],
    },
    '2026-12-24T00:00:00Z',
    '2026-12-26T12:00:00Z',
    ['2026-12-24T08:00:00.000Z', '2026-12-26T08:00:00.000Z'],
  ],
  [
    'hours of elapsed time, also when the clocks change',
    { rrule: 'FREQ=HOURLY;INTERVAL=2', dtstart: '2026-10-25T00:00' },
    '2026-10-24T22:00:00Z',
    '2026-10-25T05:00:00Z',
    [
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
      '2026-10-25T04:00:00.000Z',
    ],
  ],
])('gives %s', (_, rule, from, to, expected) => {
  const recurrence = { rrule: '', timezone: 'Europe/Berlin', ...rule };
  expect(checkRecurrence(recurrence)).toEqual([]);
  expect(occurrences(recurrence, { from, to })).toEqual(expected);
  const backwards: string[] = [];
  let one = previousOccurrence(recurrence, to);
  while (one && Date.parse(one) >= Date.parse(from)) {
    backwards.unshift(one);
    one = previousOccurrence(recurrence, one);
  }
  expect(backwards).toEqual(expected);
});

it('ends', () => {
  const rule = {
    rrule: 'FREQ=DAILY;COUNT=3',
    dtstart: '2026-12-24T10:00',
    timezone: 'UTC',
  };
  expect(nextOccurrence(rule, '2026-12-26T10:00:00Z')).toBeUndefined();
  expect(previousOccurrence(rule, '2026-12-24T10:00:00Z')).toBeUndefined();
});

it.each<[string, Partial<Recurrence>, string]>([
  ['nothing', { rrule: '' }, 'the rule is ""; allowed is'],
  ['text', { rrule: 'every day' }, 'the rule has the part "every day"'],
  ['a property', { rrule: 'RRULE:FREQ=DAILY' }, 'the part "RRULE:FREQ=DAILY"'],
  ['no frequency', { rrule: 'BYDAY=MO' }, 'the rule has no FREQ'],
  ['seconds', { rrule: 'FREQ=SECONDLY' }, 'FREQ of the rule is "SECONDLY"'],
  ['no day', { rrule: 'FREQ=WEEKLY;BYDAY=XX' }, 'BYDAY of the rule is "XX"'],
  ['hour 24', { rrule: 'FREQ=DAILY;BYHOUR=24' }, 'allowed is 0 to 23'],
  ['twice', { rrule: 'FREQ=DAILY;FREQ=DAILY' }, 'the rule has FREQ twice'],
  [
    'a 30 February',
    { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' },
    'has no occurrence',
  ],
  [
    'a 30 February each day',
    { rrule: 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30' },
    'has no occurrence',
  ],
  [
    'an end before its start',
    { rrule: 'FREQ=DAILY;UNTIL=20260101', dtstart: '2026-02-01T00:00' },
    'has no occurrence',
  ],
  [
    'only times that are left out',
    {
      rrule: 'FREQ=DAILY;COUNT=2',
      dtstart: '2026-02-01T09:00',
      exdate: ['2026-02-01', '2026-02-02T09:00'],
    },
    'has no occurrence',
  ],
  [
    'a count without a start',
    { rrule: 'FREQ=DAILY;COUNT=3' },
    'the rule has COUNT and there is no start',
  ],
  [
    'a week without days and start',
    { rrule: 'FREQ=WEEKLY' },
    'FREQ=WEEKLY without BYDAY and there is no start',
  ],
  [
    'hours of a day each hour',
    { rrule: 'FREQ=HOURLY;BYHOUR=9' },
    'FREQ=HOURLY with BYHOUR',
  ],
  [
    'the second Monday of a week',
    { rrule: 'FREQ=WEEKLY;BYDAY=2MO' },
    'numbers are allowed with FREQ=MONTHLY',
  ],
  [
    'a start with an offset',
    { dtstart: '2026-02-01T09:00Z' },
    'the start is "2026-02-01T09:00Z"; allowed are local times',
  ],
  ['a start that is none', { dtstart: '2026-02-30T09:00' }, 'the start is'],
  ['no zone', { timezone: 'Mars/Olympus' }, 'the time zone is "Mars/Olympus"'],
  ['an offset as zone', { timezone: '+02:00' }, 'the time zone is "+02:00"'],
  ['exdates that are none', { exdate: ['soon'] }, 'a left out time is "soon"'],
])('refuses %s', (_, rule, message) => {
  const recurrence = { rrule: 'FREQ=DAILY', timezone: 'UTC', ...rule };
  expect(checkRecurrence(recurrence).join('; ')).toContain(message);
  expect(() => nextOccurrence(recurrence, '2026-01-01T00:00:00Z')).toThrow(
    expect.objectContaining({
      name: 'InputError',
      message: expect.stringContaining(message),
    }),
  );
});

it.each([
  ['tomorrow', () => nextOccurrence(release, 'tomorrow')],
  ['a time without offset', () => nextOccurrence(release, '2026-11-27T14:00')],
  [
    'a limit of none',
    () =>
      occurrences(release, {
        from: '2026-11-27T14:00:00Z',
        to: '2026-11-28T14:00:00Z',
        limit: 0,
      }),
  ],
])('refuses %s as an argument', (_, attempt) => {
  expect(attempt).toThrow(expect.objectContaining({ name: 'InputError' }));
});
