/* Run by itself, in a process whose zone the caller sets. */
import {
  addBusinessDuration,
  evaluateWindows,
  occurrences,
  parseHolidays,
  rotationShifts,
} from '..';
import { changesIn, naiveInstant, naiveOccurrences, ZONES } from './naive';
import { DateTime } from 'luxon';

const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const wrong: string[] = [];
let checked = 0;

function check(what: string, found: unknown, expected: unknown): void {
  checked += 1;
  if (JSON.stringify(found) !== JSON.stringify(expected)) {
    wrong.push(
      `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(
        expected,
      )}`,
    );
  }
}

for (const timezone of ZONES) {
  const changes = changesIn(timezone, 2026);
  for (const change of changes.length ? changes : [Date.UTC(2026, 2, 29)]) {
    const span = { from: iso(change - 3 * DAY), to: iso(change + 3 * DAY) };
    for (const [hour, minute] of [
      [0, 0],
      [1, 30],
      [2, 15],
      [2, 30],
      [3, 0],
      [23, 59],
    ] as Array<[number, number]>) {
      const at = `FREQ=DAILY;BYHOUR=${hour};BYMINUTE=${minute}`;
      const starts = naiveOccurrences(timezone, span, () => true, [
        [hour, minute],
      ]);
      check(
        `${timezone} ${at}`,
        occurrences({ rrule: at, timezone }, span),
        starts,
      );
      for (const start of starts) {
        const decision = evaluateWindows(
          [{ effect: 'deny', rrule: at, timezone, duration: 'PT30M' }],
          start,
        );
        check(
          `${timezone} window at ${start}`,
          [decision.open, decision.opensAt],
          [false, iso(Date.parse(start) + 30 * 60_000)],
        );
      }
      const from = DateTime.fromMillis(change - 3 * DAY, { zone: 'utc' })
        .startOf('day')
        .set({ hour, minute });
      const shifts = rotationShifts(
        {
          members: ['a', 'b'],
          every: 'P1D',
          from: from.toFormat("yyyy-MM-dd'T'HH:mm"),
          timezone,
        },
        { from: iso(naiveInstant(from, timezone)), to: span.to },
      );
      check(
        `${timezone} shifts at ${hour}:${minute}`,
        shifts.map(one => one.startsAt),
        shifts.map((_, index) =>
          iso(naiveInstant(from.plus({ days: index }), timezone)),
        ),
      );
    }
    const noon = DateTime.fromMillis(change - 2 * DAY, { zone: 'utc' })
      .startOf('day')
      .set({ hour: 12 });
    check(
      `${timezone} four working days`,
      addBusinessDuration(iso(naiveInstant(noon, timezone)), 'P4D', {
        timezone,
        workdays: [1, 2, 3, 4, 5, 6, 7],
      }),
      iso(naiveInstant(noon.plus({ days: 4 }), timezone)),
    );
  }
}
check(
  'holidays',
  parseHolidays(
    [
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'UID:1',
      'DTSTAMP:20250101T000000Z',
      'DTSTART;VALUE=DATE:20261225',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n'),
  ),
  [{ date: '2026-12-25' }],
);

process.stdout.write(
  JSON.stringify({
    hostZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    checked,
    wrong: wrong.slice(0, 10),
  }),
);
