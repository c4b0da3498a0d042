import { InputError } from '@backstage/errors';

/** A page's default and greatest length. */
const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

/**
 * An opaque position in a list. `kind` names the list, so that a cursor of
 * another list is noticed.
 */
export function encodeCursor(kind: string, values: readonly string[]): string {
  return Buffer.from(JSON.stringify([kind, ...values])).toString('base64url');
}

/**
 * @param length - how many values a cursor of this kind holds
 * @throws InputError when it is not a cursor of this kind
 */
export function decodeCursor(
  kind: string,
  length: number,
  cursor: string,
): string[] {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    found = undefined;
  }
  if (
    !Array.isArray(found) ||
    found.length !== length + 1 ||
    found[0] !== kind ||
    !found.every(value => typeof value === 'string')
  ) {
    throw new InputError(
      `cursor is ${JSON.stringify(
        cursor.slice(0, 80),
      )}; allowed is the nextCursor of an earlier page of the same list`,
    );
  }
  return found.slice(1);
}

/** @throws InputError when it is not an existing instant */
export function assertInstant(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time) || new Date(time).toISOString() !== text) {
    throw new InputError(
      `cursor holds ${JSON.stringify(
        text.slice(0, 80),
      )}; allowed is the nextCursor of an earlier page of the same list`,
    );
  }
  return text;
}

/** @throws InputError when it is not the number of an event */
export function assertSeq(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InputError(
      `cursor holds ${JSON.stringify(
        text.slice(0, 80),
      )}; allowed is the nextCursor of an earlier page of the same list`,
    );
  }
  return Number(text);
}

/** @throws InputError when it is not a whole number from 1 to `max` */
export function checkLimit(
  limit: number | undefined,
  { max = MAX_LIMIT, fallback = DEFAULT_LIMIT } = {},
): number {
  const value = limit ?? fallback;
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new InputError(
      `limit is ${value}; allowed are whole numbers from 1 to ${max}`,
    );
  }
  return value;
}

/**
 * Cuts a page from rows that were read with a limit of one more, which tells
 * whether there is a next page.
 */
export function toPage<R, T>(
  rows: R[],
  limit: number,
  toItem: (row: R) => T,
  toCursor: (row: R) => string,
): { items: T[]; nextCursor?: string } {
  const items = rows.slice(0, limit).map(toItem);
  return rows.length > limit
    ? { items, nextCursor: toCursor(rows[limit - 1]) }
    : { items };
}
