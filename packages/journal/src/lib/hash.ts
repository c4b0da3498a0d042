import { hash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { canonicalJson } from './canonicalJson';
import { show } from './show';

/**
 * Domain tags keep a hash made for one purpose from ever passing as one made
 * for another. They are part of the format: a change makes every journal
 * written before unverifiable.
 */
const EVENT_TAG = 'handrail.dev/journal/v1/event';
const GENESIS_TAG = 'handrail.dev/journal/v1/genesis';
const KEY_TAG = 'handrail.dev/journal/v1/key';

const HASH = /^[0-9a-f]{64}$/;

/**
 * SHA-256 of a string's UTF-8 bytes, in lower-case hex.
 * @public
 */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Refuses anything but 64 lower-case hex digits. */
export function assertHash(value: unknown, name: string): void {
  if (typeof value !== 'string' || !HASH.test(value)) {
    throw new InputError(
      `${name} is ${show(
        value,
      )}; allowed is a SHA-256 hash of 64 lower-case hex digits`,
    );
  }
}

/**
 * The hash that event 1 of a journal follows. It is made of facts about the
 * subject that must never change under its journal, such as the run's id and
 * the hash of the revision it runs.
 *
 * SHA-256 of: tag, line feed, canonical JSON of the subject.
 *
 * @throws InputError when the subject is not JSON
 * @public
 */
export function genesisHash(subject: JsonObject): string {
  return sha256Hex(`${GENESIS_TAG}\n${canonicalJson(subject, 'subject')}`);
}

/** What stands in a log for a key that signs it. */
export function keyHash(record: string): string {
  return sha256Hex(`${KEY_TAG}\n${record}`);
}

/** The fields that are hashed; `data` already as canonical JSON. */
export interface HashedFields {
  seq: number;
  type: string;
  at: string;
  actor?: string;
  data: string;
}

/**
 * SHA-256 of: tag, line feed, previous hash, line feed, canonical JSON of the
 * event.
 *
 * The canonical JSON of the whole event is put together from that of its data,
 * so data is canonicalised once for hashing and storing. The keys stand in the
 * order RFC 8785 demands, and `JSON.stringify` of a string is its canonical
 * form. The text can be split into its fields in one way only: no quotation
 * mark inside a string is left unescaped, so nothing moved from one field to
 * another gives the same bytes.
 */
export function hashFields(prevHash: string, fields: HashedFields): string {
  const actor =
    fields.actor === undefined
      ? ''
      : `"actor":${JSON.stringify(fields.actor)},`;
  return sha256Hex(
    `${EVENT_TAG}\n${prevHash}\n{${actor}"at":${JSON.stringify(
      fields.at,
    )},"data":${fields.data},"seq":${fields.seq},"type":${JSON.stringify(
      fields.type,
    )}}`,
  );
}
