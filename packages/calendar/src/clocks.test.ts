import { DateTime } from 'luxon';
import { occurrences, previousOccurrence, Recurrence } from '.';
import { changesIn, naiveOccurrences, ZONES } from './__testUtils__/naive';

jest.setTimeout(300_000);

const FULL = Boolean(process.env.HANDRAIL_FULL);
const iso = (ms: number) => new Date(ms).toISOString();
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const DAY = 86_400_000;

/** Rules and what they mean, day by day. */
const RULES: Array<
  [string, (day: DateTime) => boolean, Array<[number, number]>]
> = [
  ['FREQ=DAILY;BYHOUR=2;BYMINUTE=15', () => true, [[2, 15]]],
  [
    'FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30',
    () => true,
    [0, 1, 2, 3].flatMap(h => [[h, 0] as [number, number], [h, 30]]),
  ],
  [
    'FREQ=WEEKLY;BYDAY=SU,TH;BYHOUR=2;BYMINUTE=30',
    day => ['SU', 'TH'].includes(WEEKDAYS[day.weekday - 1]),
    [[2, 30]],
  ],
  [
    'FREQ=MONTHLY;BYDAY=-1SU;BYHOUR=1;BYMINUTE=45',
    day => day.weekday === 7 && day.plus({ days: 7 }).month !== day.month,
    [[1, 45]],
  ],
  [
    'FREQ=MONTHLY;BYMONTHDAY=29,31;BYHOUR=3',
    day => [29, 31].includes(day.day),
    [[3, 0]],
  ],
  [
    'FREQ=YEARLY;BYMONTH=1,4,7,10;BYDAY=1MO;BYHOUR=9',
    day => day.weekday === 1 && day.day <= 7 && day.month % 3 === 1,
    [[9, 0]],
  ],
];

it('has zones that change their clocks, and ones that do not', () => {
  expect(ZONES.map(zone => changesIn(zone, 2026).length)).toEqual([
    0, 2, 2, 2, 2, 0, 2, 2,
  ]);
});

describe.each(ZONES)('%s', zone => {
  it.each(RULES)('%s around both changes', (rrule, isWanted, times) => {
    const recurrence: Recurrence = { rrule, timezone: zone };
    for (const change of changesIn(zone, 2026)) {
      const span = { from: iso(change - 4 * DAY), to: iso(change + 4 * DAY) };
      const expected = naiveOccurrences(zone, span, isWanted, times);
      expect(occurrences(recurrence, span)).toEqual(expected);
      const backwards: string[] = [];
      let one = previousOccurrence(recurrence, span.to);
      while (one && one >= span.from) {
        backwards.unshift(one);
        one = previousOccurrence(recurrence, one);
      }
      expect(backwards).toEqual(expected);
    }
  });

  it.each(FULL ? RULES : RULES.slice(2))(
    '%s for ten years',
    (rrule, isWanted, times) => {
      const span = {
        from: '2025-01-01T00:00:00.000Z',
        to: FULL ? '2035-01-01T00:00:00.000Z' : '2027-01-01T00:00:00.000Z',
      };
      const limit = 10_000;
      const expected = naiveOccurrences(zone, span, isWanted, times);
      expect(
        occurrences({ rrule, timezone: zone }, { ...span, limit }),
      ).toEqual(expected.slice(0, limit));
    },
  );
});
