import { InputError } from '@backstage/errors';
import { DateTime, Duration, IANAZone } from 'luxon';

/** What a zone may be, for messages. */
export const ALLOWED_ZONES =
  'an IANA time zone such as "Europe/Berlin" or "UTC"';

/** A local time without offset, to the minute or second: `2026-11-30T14:00`. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const HAS_OFFSET = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a zone is one of the IANA database. */
export function isZone(timezone: unknown): timezone is string {
  return (
    typeof timezone === 'string' &&
    !/^[+-]/.test(timezone) &&
    IANAZone.isValidZone(timezone)
  );
}

/** ISO 8601 instant in UTC with milliseconds. */
export function toIso(millis: number): string {
  return new Date(millis).toISOString();
}

/**
 * Reads an instant.
 *
 * @returns milliseconds since 1970
 * @throws InputError when it is not ISO 8601 with date, time and offset
 */
export function readInstant(text: string): number {
  const parsed =
    typeof text === 'string' && HAS_OFFSET.test(text)
      ? DateTime.fromISO(text, { zone: 'utc' })
      : undefined;
  if (!parsed?.isValid) {
    throw new InputError(
      `${quote(
        text,
      )} is not an instant; allowed are ISO 8601 instants such as "2026-11-30T14:00:00.000Z"`,
    );
  }
  return parsed.toMillis();
}

/**
 * Reads a local time.
 *
 * @returns the reading of the clock as if it were UTC, in milliseconds;
 * undefined when the text is not a local time
 */
export function readLocal(text: unknown): number | undefined {
  if (typeof text !== 'string' || !LOCAL.test(text)) {
    return undefined;
  }
  const parsed = DateTime.fromISO(text, { zone: 'utc' });
  return parsed.isValid ? parsed.toMillis() : undefined;
}

/** Whether a text is a day `yyyy-MM-dd` of the calendar. */
export function isDay(text: unknown): text is string {
  return (
    typeof text === 'string' &&
    DAY.test(text) &&
    DateTime.fromISO(text, { zone: 'utc' }).isValid
  );
}

/** An ISO 8601 duration, or undefined when the text is none. */
export function readDuration(text: unknown): Duration | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  const parsed = Duration.fromISO(text);
  return parsed.isValid ? parsed : undefined;
}

/** A value as it stands in a message: short, and told apart from its type. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
