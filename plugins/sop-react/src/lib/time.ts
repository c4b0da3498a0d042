import { DateTime } from 'luxon';

/** A distance between now and an instant, ready for a sentence. */
export interface RelativeTime {
  tense: 'now' | 'past' | 'future';
  /** Short, such as `12 min` or `2 h 5 min`; a date beyond a week. */
  duration: string;
  /** `duration` is a date and takes no "in" or "ago". */
  isDate: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time in at most two units.
 *
 * @param millis - Length in milliseconds; its sign is ignored.
 * @public
 */
export function formatDuration(millis: number): string {
  const length = Math.abs(millis);
  if (length < MINUTE) {
    return `${Math.floor(length / SECOND)} s`;
  }
  if (length < HOUR) {
    return `${Math.floor(length / MINUTE)} min`;
  }
  if (length < DAY) {
    const hours = Math.floor(length / HOUR);
    const minutes = Math.floor((length % HOUR) / MINUTE);
    return minutes ? `${hours} h ${minutes} min` : `${hours} h`;
  }
  const days = Math.floor(length / DAY);
  const hours = Math.floor((length % DAY) / HOUR);
  return hours ? `${days} d ${hours} h` : `${days} d`;
}

/**
 * A countdown whose width does not change from second to second.
 *
 * @param millis - Length in milliseconds; its sign is ignored.
 * @public
 */
export function formatCountdown(millis: number): string {
  const length = Math.abs(millis);
  if (length >= HOUR) {
    return formatDuration(length);
  }
  const minutes = Math.floor(length / MINUTE);
  const seconds = Math.floor((length % MINUTE) / SECOND);
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(minutes)}:${pad(seconds)} min`;
}

/**
 * Where an instant lies as seen from `now`.
 *
 * @param at - ISO instant.
 * @param now - Milliseconds since the epoch.
 */
export function relativeTime(at: string, now: number): RelativeTime {
  const distance = DateTime.fromISO(at).toMillis() - now;
  const length = Math.abs(distance);
  if (length < 30 * SECOND) {
    return { tense: 'now', duration: '', isDate: false };
  }
  const tense = distance < 0 ? 'past' : 'future';
  if (length > 7 * DAY) {
    const date = DateTime.fromISO(at);
    const sameYear = date.year === DateTime.fromMillis(now).year;
    return {
      tense,
      duration: date.toFormat(sameYear ? 'd LLL' : 'd LLL yyyy'),
      isDate: true,
    };
  }
  return { tense, duration: formatDuration(length), isDate: false };
}

/**
 * The instant in the reader's zone, to the second and with the zone's name.
 *
 * @param at - ISO instant.
 * @public
 */
export function formatExact(at: string): string {
  const date = DateTime.fromISO(at);
  return date.isValid
    ? `${date.toFormat('ccc d LLL yyyy, HH:mm:ss')} ${date.toFormat('ZZZZ')} (${
        date.zoneName
      })`
    : at;
}
