import { DateTime, Duration } from 'luxon';

const utc = (time: DateTime) =>
  time.toUTC().toISO({ suppressMilliseconds: false }) as string;

/** @throws Error when it is not a duration of ISO 8601 */
export function after(at: string, duration: string, times: number = 1): string {
  const length = Duration.fromISO(duration);
  if (!length.isValid) {
    throw new Error(`${duration} is not a duration`);
  }
  let time = DateTime.fromISO(at, { zone: 'utc' });
  for (let i = 0; i < times; i++) {
    time = time.plus(length);
  }
  return utc(time);
}

/** The next `HH:mm` in a zone. @throws Error when it cannot be read */
export function nextClock(at: string, clock: string, zone: string): string {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock) ?? [];
  const local = DateTime.fromISO(at, { zone });
  if (hour === undefined || !local.isValid) {
    throw new Error(`${clock} in ${zone} is not a time of day`);
  }
  const set = (day: DateTime) =>
    day.set({
      hour: Number(hour),
      minute: Number(minute),
      second: 0,
      millisecond: 0,
    });
  const today = set(local);
  return utc(today > local ? today : set(local.plus({ days: 1 })));
}

/** @throws Error when it is not an instant */
export function toInstant(text: string): string {
  const time = DateTime.fromISO(text, { zone: 'utc' });
  if (!time.isValid) {
    throw new Error(`${text} is not an instant`);
  }
  return utc(time);
}

/** `2026-03-01T09:30:00.000Z`; other years have more characters. */
const INSTANT_LENGTH = 24;

/** Whether a text is an instant in the one form journals have. */
export function isInstant(text: unknown): text is string {
  if (typeof text !== 'string' || text.length !== INSTANT_LENGTH) {
    return false;
  }
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString() === text;
}
