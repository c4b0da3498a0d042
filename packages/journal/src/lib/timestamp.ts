import { InputError } from '@backstage/errors';

const UTC_MILLISECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const WITH_OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/;

/**
 * Whether a string is an existing instant in the one form journals store:
 * UTC with milliseconds, years 0000 to 9999.
 * @public
 */
export function isJournalTimestamp(value: unknown): value is string {
  if (typeof value !== 'string' || !UTC_MILLISECONDS.test(value)) {
    return false;
  }
  const time = Date.parse(value);
  // The round trip refuses days such as February 30 that the parser rolls over.
  return !Number.isNaN(time) && new Date(time).toISOString() === value;
}

/**
 * Brings an instant into the form journals store. Finer parts than
 * milliseconds are cut off.
 *
 * @param value - a date, or an ISO 8601 string that names its offset from UTC
 * @throws InputError when it is not an instant
 * @public
 */
export function toJournalTimestamp(value: Date | string): string {
  const known = value instanceof Date || WITH_OFFSET.test(value);
  const date = value instanceof Date ? value : new Date(value);
  const text =
    known && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
  if (!isJournalTimestamp(text)) {
    throw new InputError(
      `${JSON.stringify(
        value,
      )} is not an instant; allowed are dates and ISO 8601 strings with an offset, such as 2026-03-01T09:30:00.000Z`,
    );
  }
  return text;
}
