import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addBusinessDuration,
  BusinessCalendar,
  CalendarWindow,
  evaluateWindows,
  Rotation,
  rotationAt,
  rotationShifts,
} from '.';
import { naiveInstant, naiveOccurrences, ZONES } from './__testUtils__/naive';

jest.setTimeout(300_000);

const FULL = Boolean(process.env.HANDRAIL_FULL);
const runs = (few: number, many: number) => ({ numRuns: FULL ? many : few });
const iso = (ms: number) => new Date(ms).toISOString();
const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const zone = fc.constantFrom(...ZONES);
const instant = fc
  .integer({
    min: Date.parse('2025-01-01T00:00:00Z') / MINUTE,
    max: Date.parse('2029-12-31T00:00:00Z') / MINUTE,
  })
  .map(minute => minute * MINUTE);

interface Drawn {
  effect: 'allow' | 'deny';
  days: number[];
  hour: number;
  minutes: number;
  timezone: string;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  effect: fc.constantFrom('allow', 'deny'),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), {
    minLength: 1,
    maxLength: 5,
  }),
  hour: fc.integer({ min: 0, max: 23 }),
  minutes: fc.integer({ min: 1, max: 3 * 24 * 60 }),
  timezone: zone,
});

const toWindow = (one: Drawn): CalendarWindow => ({
  effect: one.effect,
  rrule: `FREQ=WEEKLY;BYDAY=${one.days
    .map(day => WEEKDAYS[day - 1])
    .join(',')};BYHOUR=${one.hour}`,
  timezone: one.timezone,
  duration: `PT${one.minutes}M`,
});

it('windows are open as looking at each minute says', () => {
  fc.assert(
    fc.property(
      fc.array(drawn, { minLength: 1, maxLength: 4 }),
      instant,
      (windows, at) => {
        const span = { from: iso(at - 4 * DAY), to: iso(at + 8 * DAY) };
        const spans = windows.map(one =>
          naiveOccurrences(
            one.timezone,
            span,
            day => one.days.includes(day.weekday),
            [[one.hour, 0]],
          ).map(start => ({
            from: Date.parse(start),
            to: Date.parse(start) + one.minutes * MINUTE,
          })),
        );
        const holds = (index: number, time: number) =>
          spans[index].some(({ from, to }) => from <= time && time < to);
        const isOpen = (time: number) => {
          const active = windows.filter((_, index) => holds(index, time));
          const allows = windows.some(({ effect }) => effect === 'allow');
          return (
            !active.some(({ effect }) => effect === 'deny') &&
            (!allows || active.some(({ effect }) => effect === 'allow'))
          );
        };
        const decision = evaluateWindows(windows.map(toWindow), iso(at));
        expect(decision.open).toBe(isOpen(at));
        let change: string | undefined;
        for (let t = at + MINUTE; t < at + 7 * DAY && !change; t += MINUTE) {
          change = isOpen(t) === decision.open ? undefined : iso(t);
        }
        const told = decision.open ? decision.closesAt : decision.opensAt;
        const isRight = change
          ? told === change
          : told === undefined || told >= iso(at + 7 * DAY);
        expect([isRight, told, change]).toEqual([true, told, change]);
      },
    ),
    runs(25, 2_000),
  );
});

it('turns of a rotation follow each other without a gap', () => {
  const rotation: fc.Arbitrary<Rotation> = fc.record({
    members: fc.array(fc.string(), { minLength: 1, maxLength: 7 }),
    every: fc.constantFrom('PT8H', 'PT12H', 'P1D', 'P3D', 'P1W', 'P2W', 'P1M'),
    from: instant.map(at => iso(at).slice(0, 16)),
    timezone: zone,
  });
  fc.assert(
    fc.property(rotation, instant, (one, at) => {
      const range = { from: iso(at), to: iso(at + 40 * DAY) };
      const shifts = rotationShifts(one, range);
      expect(shifts[0].startsAt <= range.from).toBe(true);
      expect(shifts[shifts.length - 1].endsAt >= range.to).toBe(true);
      shifts.forEach((shift, index) => {
        expect(shift.startsAt < shift.endsAt).toBe(true);
        expect(rotationAt(one, shift.startsAt)).toEqual(shift);
        expect(rotationAt(one, iso(Date.parse(shift.endsAt) - 1))).toEqual(
          shift,
        );
        expect(shift.startsAt).toBe(
          shifts[index - 1]?.endsAt ?? shift.startsAt,
        );
      });
      const first = DateTime.fromISO(one.from, { zone: 'utc' });
      expect(
        rotationAt(one, iso(naiveInstant(first, one.timezone))).index,
      ).toBe(0);
    }),
    runs(40, 5_000),
  );
});

describe('working time', () => {
  const calendar: fc.Arbitrary<BusinessCalendar> = fc.record(
    {
      timezone: zone,
      workdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), {
        minLength: 1,
      }),
      hours: fc.constantFrom(
        { from: '09:00', to: '17:00' },
        { from: '00:00', to: '24:00' },
        { from: '22:00', to: '24:00' },
      ),
      holidays: fc.array(
        fc.integer({ min: 0, max: 1800 }).map(day => ({
          date: iso(Date.UTC(2025, 0, 1) + day * DAY).slice(0, 10),
        })),
        { maxLength: 100 },
      ),
    },
    { requiredKeys: ['timezone'] },
  );
  const minutes = fc.integer({ min: 0, max: 40 * 60 });
  const days = fc.integer({ min: 0, max: 30 });

  it('never goes back when time goes on or a duration grows', () => {
    fc.assert(
      fc.property(
        ...[calendar, instant, minutes, minutes, minutes],
        (one, at, later, work, more) => {
          const add = (from: number, amount: number) =>
            addBusinessDuration(iso(from), `PT${amount}M`, one);
          const result = add(at, work);
          expect(result >= iso(at)).toBe(true);
          expect(add(at + later * MINUTE, work) >= result).toBe(true);
          expect(add(at, work + more) >= result).toBe(true);
        },
      ),
      runs(300, 20_000),
    );
  });

  it('never goes back in days, outside the hour of a change', () => {
    fc.assert(
      fc.property(
        ...[calendar, instant, minutes, days, days],
        (one, at, later, n, more) => {
          const add = (from: number, amount: number) =>
            Date.parse(addBusinessDuration(iso(from), `P${amount}D`, one));
          const tolerance = 60 * MINUTE;
          expect(add(at, n + more)).toBeGreaterThanOrEqual(add(at, n));
          expect(add(at + later * MINUTE, n)).toBeGreaterThanOrEqual(
            add(at, n) - tolerance,
          );
        },
      ),
      runs(300, 20_000),
    );
  });
});
