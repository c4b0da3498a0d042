import { InputError } from '@backstage/errors';
import { DateTime, IANAZone } from 'luxon';

/** When people work. @public */
export interface BusinessCalendar {
  /** IANA zone whose days count, for example `Europe/Lisbon`. */
  timeZone: string;
  /** Days off besides the weekend, as `yyyy-MM-dd`. */
  holidays?: readonly string[];
  /** ISO weekdays off, 1 for Monday to 7 for Sunday. Default: 6 and 7. */
  weekend?: readonly number[];
}

const DEFAULT_WEEKEND: readonly number[] = [6, 7];
const DAY = 'yyyy-MM-dd';

/** Longer than this without a working day is a mistake in the calendar. */
const LONGEST_BREAK_DAYS = 366;

/**
 * Checks a calendar once, where it is read.
 *
 * @param path - what the value is called where it comes from
 * @throws InputError naming the path of what is wrong, what was found and what
 * is allowed
 * @public
 */
export function checkBusinessCalendar(
  calendar: BusinessCalendar,
  path = 'calendar',
): BusinessCalendar {
  if (!IANAZone.isValidZone(calendar.timeZone)) {
    throw new InputError(
      `${path}.timeZone is ${JSON.stringify(
        calendar.timeZone,
      )}; allowed are IANA zones, for example "Europe/Lisbon"`,
    );
  }
  calendar.holidays?.forEach((day, index) => {
    if (!isDay(day)) {
      throw new InputError(
        `${path}.holidays[${index}] is ${JSON.stringify(
          day,
        )}; allowed are days such as "2026-12-25"`,
      );
    }
  });
  const weekend = calendar.weekend ?? DEFAULT_WEEKEND;
  weekend.forEach((weekday, index) => {
    if (!Number.isInteger(weekday) || weekday < 1 || weekday > 7) {
      throw new InputError(
        `${path}.weekend[${index}] is ${weekday}; allowed are 1 (Monday) to 7 (Sunday)`,
      );
    }
  });
  if (new Set(weekend).size === 7) {
    throw new InputError(
      `${path}.weekend holds every day of the week; at least one working day is needed`,
    );
  }
  return calendar;
}

function isDay(day: string): boolean {
  const parsed = DateTime.fromFormat(day, DAY, { zone: 'utc' });
  return parsed.isValid && parsed.toFormat(DAY) === day;
}

/**
 * Whether people work on a day of the calendar's zone.
 *
 * @param day - `yyyy-MM-dd`
 * @throws InputError when it is not a day
 * @public
 */
export function isBusinessDay(
  calendar: BusinessCalendar,
  day: string,
): boolean {
  if (!isDay(day)) {
    throw new InputError(
      `The day is ${JSON.stringify(
        day,
      )}; allowed are days such as "2026-12-25"`,
    );
  }
  return isWorking(calendar, DateTime.fromFormat(day, DAY, { zone: 'utc' }));
}

function isWorking(calendar: BusinessCalendar, date: DateTime): boolean {
  return (
    !(calendar.weekend ?? DEFAULT_WEEKEND).includes(date.weekday) &&
    !(calendar.holidays ?? []).includes(date.toFormat(DAY))
  );
}

/**
 * The same time of day on the n-th business day after an instant. The day of
 * the instant itself does not count, whether people work on it or not.
 *
 * Days are those of the calendar's zone, so a change of the clocks in between
 * moves the result by its hour. A time of day that the clocks skip becomes the
 * one an hour later; of one that comes twice the first is taken, unless `from`
 * itself lies in the second.
 *
 * @param from - ISO 8601 instant
 * @param days - whole number, 0 or more; 0 gives `from` itself
 * @returns ISO 8601 instant in UTC with milliseconds
 * @throws InputError when an argument is not what it must be
 * @public
 */
export function addBusinessDays(
  calendar: BusinessCalendar,
  from: string,
  days: number,
): string {
  const start = DateTime.fromISO(from, { zone: calendar.timeZone });
  if (!start.isValid) {
    throw new InputError(
      `Business days cannot be added to ${JSON.stringify(from)} in zone ${
        calendar.timeZone
      }: ${start.invalidExplanation ?? start.invalidReason}`,
    );
  }
  if (!Number.isInteger(days) || days < 0 || days > 3660) {
    throw new InputError(
      `The number of business days is ${days}; allowed are whole numbers from 0 to 3660`,
    );
  }
  let offset = 0;
  let left = days;
  let idle = 0;
  while (left > 0) {
    offset += 1;
    if (isWorking(calendar, start.plus({ days: offset }))) {
      left -= 1;
      idle = 0;
    } else if (++idle > LONGEST_BREAK_DAYS) {
      throw new InputError(
        `The calendar has no business day within ${LONGEST_BREAK_DAYS} days after ${from}`,
      );
    }
  }
  return new Date(start.plus({ days: offset }).toMillis()).toISOString();
}
