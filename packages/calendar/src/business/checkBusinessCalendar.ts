import { InputError } from '@backstage/errors';
import { ALLOWED_ZONES, isDay, isZone, quote } from '../instants';
import { BusinessCalendar, DEFAULT_WORKDAYS } from './types';

const TIME_OF_DAY = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const MAX_HOLIDAYS = 2_000;

/**
 * What is wrong with a calendar: the field, and in words what was found and
 * what is allowed.
 *
 * @returns an empty list when nothing is
 * @public
 */
export function businessCalendarProblems(
  calendar: BusinessCalendar,
): { field: string; problem: string }[] {
  const { timezone, workdays = DEFAULT_WORKDAYS, hours, holidays } = calendar;
  const problems: { field: string; problem: string }[] = [];
  const report = (field: string, found: unknown, allowed: string) =>
    problems.push({
      field,
      problem: `is ${quote(found)}; allowed is ${allowed}`,
    });

  if (!isZone(timezone)) {
    report('timezone', timezone, ALLOWED_ZONES);
  }
  if (
    !Array.isArray(workdays) ||
    !workdays.length ||
    new Set(workdays).size !== workdays.length ||
    !workdays.every(one => Number.isInteger(one) && one >= 1 && one <= 7)
  ) {
    report(
      'workdays',
      workdays,
      'a list of at least one of 1 (Monday) to 7 (Sunday), each once',
    );
  }
  if (
    hours !== undefined &&
    !(
      TIME_OF_DAY.test(hours?.from) &&
      TIME_OF_DAY.test(hours?.to) &&
      hours.from < hours.to
    )
  ) {
    report('hours', hours, 'from and to as HH:mm, from before to');
  }
  if (
    holidays !== undefined &&
    (!Array.isArray(holidays) || holidays.length > MAX_HOLIDAYS)
  ) {
    report('holidays', holidays, `a list of at most ${MAX_HOLIDAYS}`);
  } else {
    holidays?.forEach((holiday, index) => {
      if (!isDay(holiday?.date)) {
        report(
          `holidays[${index}]`,
          holiday,
          'an object with a date such as "2026-12-25"',
        );
      }
    });
  }
  return problems;
}

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
  const [first] = businessCalendarProblems(calendar);
  if (first) {
    throw new InputError(`${path}.${first.field} ${first.problem}`);
  }
  return calendar;
}
