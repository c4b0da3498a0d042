import { InputError } from '@backstage/errors';
import { DateTime, Duration } from 'luxon';

/**
 * The instant a duration after another.
 * @param now - ISO instant
 * @param duration - ISO 8601 duration
 * @returns ISO instant, UTC, milliseconds
 * @throws InputError when the duration cannot be read
 */
export function plusDuration(now: string, duration: string): string {
  const parsed = Duration.fromISO(duration);
  if (!parsed.isValid) {
    throw new InputError(
      `"${duration}" is not an ISO 8601 duration such as PT30M`,
    );
  }
  return toUtc(DateTime.fromISO(now, { zone: 'utc' }).plus(parsed));
}

/**
 * The next time the clock in a zone shows `HH:mm`, strictly after `now`. On a
 * day that skips that time, luxon moves it forward by the length of the gap.
 * @throws InputError when time or zone cannot be read
 */
export function nextTimeOfDay(
  now: string,
  time: string,
  timezone: string,
): string {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  const local = DateTime.fromISO(now, { zone: timezone });
  if (!match || !local.isValid) {
    throw new InputError(
      `"${time}" in "${timezone}" is not a time of day HH:mm in an IANA zone`,
    );
  }
  const at = {
    hour: Number(match[1]),
    minute: Number(match[2]),
    second: 0,
    millisecond: 0,
  };
  const today = local.set(at);
  return toUtc(today > local ? today : local.plus({ days: 1 }).set(at));
}

/**
 * Reads an instant.
 * @throws InputError when it is not ISO 8601 with a date and a time
 */
export function instant(text: string): string {
  const parsed = DateTime.fromISO(text, { zone: 'utc' });
  if (!parsed.isValid) {
    throw new InputError(`"${text}" is not an ISO 8601 instant`);
  }
  return toUtc(parsed);
}

function toUtc(time: DateTime): string {
  return time.toUTC().toISO({ suppressMilliseconds: false }) as string;
}
