import { DateTime } from 'luxon';

/** An instant as a `datetime-local` field of the reader's zone wants it. */
export function toLocalField(at: string | undefined): string {
  return at ? DateTime.fromISO(at).toFormat("yyyy-MM-dd'T'HH:mm") : '';
}

/** The instant that a `datetime-local` field means; undefined when empty. */
export function fromLocalField(value: string): string | undefined {
  const date = DateTime.fromISO(value);
  return value && date.isValid ? date.toUTC().toISO() ?? undefined : undefined;
}

/** A calendar date for people. */
export function formatDate(date: string): string {
  return DateTime.fromISO(date).toFormat('ccc d LLL yyyy');
}
