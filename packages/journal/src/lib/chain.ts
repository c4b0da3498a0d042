import { InputError } from '@backstage/errors';
import { canonicalJson } from './canonicalJson';
import { unknownField } from './fields';
import { assertHash, HashedFields, hashFields } from './hash';
import { show } from './show';
import { isJournalTimestamp } from './timestamp';
import { ChainedEvent, JournalEvent } from './types';

/** Largest number the `seq` column holds on PostgreSQL. */
const MAX_SEQ = 2_147_483_647;

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical data that each chained event was hashed with, so that it can
 * be stored without being canonicalised again and the stored bytes are the
 * hashed ones. Never consulted when verifying.
 */
const hashedData = new WeakMap<object, string>();

function checkText(value: unknown, path: string): void {
  if (
    typeof value !== 'string' ||
    value === '' ||
    // PostgreSQL cannot store it in a text column.
    value.includes('\u0000') ||
    LONE_SURROGATE.test(value)
  ) {
    throw new InputError(
      `${path} is ${show(
        value,
      )}; allowed is a non-empty, well-formed string without the NUL character`,
    );
  }
}

function toHashedFields(event: JournalEvent<object>): HashedFields {
  const { seq, type, at, actor, data } = event;
  if (!Number.isInteger(seq) || seq < 1 || seq > MAX_SEQ) {
    throw new InputError(
      `seq is ${show(
        seq,
      )}; allowed are whole numbers from 1 to ${MAX_SEQ} without gaps`,
    );
  }
  const path = `event ${seq}`;
  const unknown = unknownField(event);
  if (unknown !== undefined) {
    throw new InputError(
      `${path}: ${unknown} is not a field of events; allowed are seq, type, at, actor and data`,
    );
  }
  checkText(type, `${path}: type`);
  if (actor !== undefined) {
    checkText(actor, `${path}: actor`);
  }
  if (!isJournalTimestamp(at)) {
    throw new InputError(
      `${path}: at is ${show(
        at,
      )}; allowed is an instant in UTC with milliseconds, such as 2026-03-01T09:30:00.000Z`,
    );
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InputError(
      `${path}: data is ${show(data)}; allowed is a JSON object`,
    );
  }
  return {
    seq,
    type,
    at,
    actor,
    data: canonicalJson(data, `${path}: data`),
  };
}

/**
 * Hash of an event that follows the event with hash `prevHash`:
 * `SHA-256(tag ‖ prevHash ‖ JCS(event))`, the parts separated by line feeds.
 * Only the five fields of {@link JournalEvent} are hashed.
 *
 * @throws InputError naming the field that is not allowed in a journal
 * @public
 */
export function hashEvent(
  prevHash: string,
  event: JournalEvent<object>,
): string {
  assertHash(prevHash, 'prevHash');
  return hashFields(prevHash, toHashedFields(event));
}

/**
 * Chains consecutive events to the event with hash `prevHash` (or to the
 * genesis hash when the first one is event 1).
 *
 * The results are frozen. The bytes that {@link toRow} stores are those hashed
 * here, even if `data` is changed in between.
 *
 * @throws InputError when a number is not its predecessor's plus one, or a
 *   field is not allowed in a journal
 * @public
 */
export function chainEvents<TEvent extends JournalEvent<object>>(
  prevHash: string,
  events: readonly TEvent[],
): ChainedEvent<TEvent>[] {
  assertHash(prevHash, 'prevHash');
  let previous = prevHash;
  return events.map((event, index) => {
    if (index > 0 && event.seq !== events[index - 1].seq + 1) {
      throw new InputError(
        `seq is ${show(event.seq)} after ${events[index - 1].seq}; allowed is ${
          events[index - 1].seq + 1
        }`,
      );
    }
    const fields = toHashedFields(event);
    const hash = hashFields(previous, fields);
    const chained = Object.freeze({ ...event, prevHash: previous, hash });
    hashedData.set(chained, fields.data);
    previous = hash;
    return chained;
  });
}

/**
 * Canonical JSON of an event's data: the bytes that were hashed when the event
 * comes from {@link chainEvents}, else canonicalised now.
 */
export function canonicalDataOf(event: ChainedEvent<JournalEvent<object>>) {
  return (
    hashedData.get(event) ??
    canonicalJson(event.data, `event ${event.seq}: data`)
  );
}
