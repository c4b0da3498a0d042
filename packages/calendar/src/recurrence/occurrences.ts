import { InputError } from '@backstage/errors';
import { readInstant, toIso } from '../instants';
import { checkedRule } from './checkRecurrence';
import { firstFrom, lastUntil } from './search';
import { OccurrenceRange, Recurrence } from './types';

const DEFAULT_LIMIT = 1_000;
const MAX_LIMIT = 10_000;

/**
 * The first occurrence after an instant.
 *
 * @param after - ISO instant, itself excluded
 * @returns ISO instant in UTC with milliseconds; undefined when the rule has
 * ended
 * @throws InputError when the recurrence or the instant cannot be read
 * @public
 */
export function nextOccurrence(
  recurrence: Recurrence,
  after: string,
): string | undefined {
  const found = firstFrom(checkedRule(recurrence), readInstant(after) + 1);
  return found === undefined ? undefined : toIso(found);
}

/**
 * The last occurrence before an instant.
 *
 * @param before - ISO instant, itself excluded
 * @returns ISO instant in UTC with milliseconds; undefined when the rule had
 * not begun
 * @throws InputError when the recurrence or the instant cannot be read
 * @public
 */
export function previousOccurrence(
  recurrence: Recurrence,
  before: string,
): string | undefined {
  const found = lastUntil(checkedRule(recurrence), readInstant(before) - 1);
  return found === undefined ? undefined : toIso(found);
}

/**
 * The occurrences of a span, in order; at most `limit`, the earliest.
 *
 * @returns ISO instants in UTC with milliseconds
 * @throws InputError when an argument cannot be read
 * @public
 */
export function occurrences(
  recurrence: Recurrence,
  { from, to, limit = DEFAULT_LIMIT }: OccurrenceRange,
): string[] {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
    throw new InputError(
      `the limit is ${limit}; allowed are whole numbers from 1 to ${MAX_LIMIT}`,
    );
  }
  const rule = checkedRule(recurrence);
  const end = readInstant(to);
  const found: string[] = [];
  let one = firstFrom(rule, readInstant(from));
  while (one !== undefined && one < end && found.length < limit) {
    found.push(toIso(one));
    one = firstFrom(rule, one + 1);
  }
  return found;
}
