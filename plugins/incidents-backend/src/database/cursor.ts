import { InputError } from '@backstage/errors';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;

function notACursor(cursor: string): InputError {
  return new InputError(
    `cursor is ${JSON.stringify(
      cursor.slice(0, 80),
    )}; allowed is the nextCursor of an earlier page of the same list`,
  );
}

/**
 * An opaque position in a list: an instant and an id. `kind` names the list, so
 * that a cursor of another list is noticed.
 */
export function encodeCursor(kind: string, at: string, id: string): string {
  return Buffer.from(JSON.stringify([kind, at, id])).toString('base64url');
}

/** @throws InputError when it is not a cursor of this kind */
export function decodeCursor(kind: string, cursor: string): [string, string] {
  let found: unknown;
  try {
    found = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw notACursor(cursor);
  }
  if (
    !Array.isArray(found) ||
    found.length !== 3 ||
    found[0] !== kind ||
    !found.every(value => typeof value === 'string') ||
    Number.isNaN(Date.parse(found[1]))
  ) {
    throw notACursor(cursor);
  }
  return [found[1], found[2]];
}

/** @throws InputError when it is not a whole number from 1 to 200 */
export function checkLimit(limit: number | undefined): number {
  const value = limit ?? DEFAULT_LIMIT;
  if (!Number.isInteger(value) || value < 1 || value > MAX_LIMIT) {
    throw new InputError(
      `limit is ${value}; allowed are whole numbers from 1 to ${MAX_LIMIT}`,
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
