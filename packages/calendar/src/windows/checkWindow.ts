import { InputError } from '@backstage/errors';
import { quote, readDuration } from '../instants';
import { checkRecurrence } from '../recurrence';
import { checkedRule } from '../recurrence/checkRecurrence';
import { CompiledRule } from '../recurrence/compile';
import { ELAPSED_FREQUENCIES, parseRule } from '../recurrence/parseRule';
import { fromWall, toWall } from '../wallClock';
import { DateTime, Duration } from 'luxon';
import { CalendarWindow } from './types';

const MAX_DAYS = 366;

/**
 * What is wrong with a window, in words that say what was found and what is
 * allowed.
 *
 * @returns an empty list when nothing is
 * @public
 */
export function checkWindow(window: CalendarWindow): string[] {
  const problems = checkRecurrence(recurrenceOf(window));
  const { effect, duration: text } = window;
  if (effect !== 'allow' && effect !== 'deny') {
    problems.push(
      `the effect is ${quote(effect)}; allowed are "allow" and "deny"`,
    );
  }
  const { FREQ } = parseRule(window.rrule).parts;
  if (FREQ in ELAPSED_FREQUENCIES) {
    problems.push(
      `the rule of the window has FREQ=${FREQ}; allowed are DAILY, WEEKLY, MONTHLY and YEARLY`,
    );
  }
  const duration = readDuration(text);
  if (
    !duration ||
    duration.toMillis() <= 0 ||
    Object.values(duration.toObject()).some(value => value < 0) ||
    duration.as('days') > MAX_DAYS
  ) {
    problems.push(
      `the duration is ${quote(
        text,
      )}; allowed are ISO 8601 durations such as "PT4H", more than zero and at most ${MAX_DAYS} days`,
    );
  }
  return problems;
}

/** A window made ready for questions. */
export interface ReadyWindow {
  window: CalendarWindow;
  rule: CompiledRule;
  /** When the window that begins at an instant ends, in milliseconds. */
  endOf(start: number): number;
}

/** @throws InputError saying what is wrong with the window */
export function readyWindow(window: CalendarWindow): ReadyWindow {
  const problems = checkWindow(window);
  if (problems.length) {
    throw new InputError(
      `Not a window${window.name ? ` (${window.name})` : ''}: ${problems.join(
        '; ',
      )}`,
    );
  }
  const duration = readDuration(window.duration) as Duration;
  return {
    window,
    rule: checkedRule(recurrenceOf(window)),
    endOf: start => plusLocal(start, duration, window.timezone),
  };
}

/** Whole days and longer on the wall clock, the rest as elapsed time. */
function plusLocal(
  start: number,
  duration: Duration,
  timezone: string,
): number {
  const { years, months, weeks, days, ...time } = duration.toObject();
  const date = Duration.fromObject({ years, months, weeks, days });
  const whole = [years, months, weeks, days].some(Boolean)
    ? fromWall(
        DateTime.fromMillis(toWall(start, timezone), { zone: 'utc' })
          .plus(date)
          .toMillis(),
        timezone,
      )
    : start;
  return whole + Duration.fromObject(time).toMillis();
}

function recurrenceOf({ rrule, dtstart, timezone }: CalendarWindow) {
  return { rrule, dtstart, timezone };
}
