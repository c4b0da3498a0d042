import { InputError } from '@backstage/errors';
import { Duration } from 'luxon';
import { isDay, quote, readDuration, readInstant, toIso } from '../instants';
import { BusinessCalendar } from './types';
import { WorkTime } from './WorkTime';

const MAX_DAYS = 3_660;
const MAX_HOURS = MAX_DAYS * 24;

/**
 * Whether people work on a day of the calendar's zone.
 *
 * @param day - `yyyy-MM-dd`
 * @throws InputError when it is not a day, or the calendar cannot be read
 * @public
 */
export function isBusinessDay(
  calendar: BusinessCalendar,
  day: string,
): boolean {
  if (!isDay(day)) {
    throw new InputError(
      `The day is ${quote(day)}; allowed are days such as "2026-12-25"`,
    );
  }
  return new WorkTime(calendar).isWorkday(Date.parse(`${day}T00:00:00Z`));
}

/**
 * What is wrong with a duration of working time.
 *
 * @returns an empty list when nothing is
 * @public
 */
export function checkBusinessDuration(duration: string): string[] {
  const parsed = readDuration(duration);
  const { days = 0, ...rest } = parsed?.toObject() ?? {};
  const { years, months, weeks, ...time } = rest;
  const hours = Duration.fromObject(time).as('hours');
  const isAllowed =
    parsed &&
    ![years, months, weeks].some(Boolean) &&
    Number.isInteger(days) &&
    [days, ...Object.values(time)].every(value => value >= 0) &&
    days <= MAX_DAYS &&
    hours <= MAX_HOURS;
  return isAllowed
    ? []
    : [
        `the duration of working time is ${quote(
          duration,
        )}; allowed are whole days and a time such as "P5D", "PT4H" or "P1DT4H", at most ${MAX_DAYS} days`,
      ];
}

/**
 * The instant after an amount of working time.
 *
 * `P5D` is the same time of day on the fifth working day after the one that the
 * instant lies on. An instant on a day off counts as the end of the working day
 * before. With working hours the time of day is moved into them. `PT4H` is
 * four hours of working time, which may begin today and end tomorrow. Days come
 * first, then the time.
 *
 * The later an instant and the longer a duration, the later the result, or the
 * same.
 *
 * @param at - ISO instant
 * @param duration - ISO 8601, whole days and a time; zero gives `at` itself
 * @returns ISO instant in UTC with milliseconds
 * @throws InputError when an argument is not what it must be
 * @public
 */
export function addBusinessDuration(
  at: string,
  duration: string,
  calendar: BusinessCalendar,
): string {
  const [problem] = checkBusinessDuration(duration);
  if (problem) {
    throw new InputError(problem);
  }
  const work = new WorkTime(calendar);
  const { days = 0, ...time } = (readDuration(duration) as Duration).toObject();
  const start = readInstant(at);
  const afterDays = days ? addDays(work, start, days) : start;
  return toIso(addTime(work, afterDays, Duration.fromObject(time).toMillis()));
}

function addDays(work: WorkTime, start: number, days: number): number {
  const today = work.dayOf(start);
  if (work.isWorkday(today)) {
    return work.sameTimeOn(work.workdayFrom(today, days), start);
  }
  const before = work.workdayFrom(today, -1);
  return work.endOf(work.workdayFrom(before, days));
}

function addTime(work: WorkTime, start: number, millis: number): number {
  if (!millis) {
    return start;
  }
  let left = millis;
  let day = work.dayOf(start);
  if (!work.isWorkday(day)) {
    day = work.workdayFrom(day, 1);
  }
  for (;;) {
    const span = work.spanOf(day);
    const from = Math.max(start, span.start);
    if (from + left <= span.end) {
      return from + left;
    }
    left -= Math.max(0, span.end - from);
    day = work.workdayFrom(day, 1);
  }
}
