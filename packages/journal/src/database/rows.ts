import { JsonObject } from '@backstage/types';
import { canonicalDataOf } from '../lib/chain';
import { StoredEvent } from '../lib/ChainVerifier';
import { hashFields } from '../lib/hash';
import { ChainedEvent, JournalEvent } from '../lib/types';

/**
 * The columns of a journal table besides the subject's.
 * @public
 */
export interface JournalRow {
  seq: number;
  type: string;
  at: string;
  actor: string | null;
  /** Canonical JSON. */
  data: string;
  prev_hash: string;
  hash: string;
  command_id: string | null;
}

/** Names of {@link JournalRow} in the order of the table. */
export const ROW_COLUMNS = [
  'seq',
  'type',
  'at',
  'actor',
  'data',
  'prev_hash',
  'hash',
  'command_id',
] as const satisfies readonly (keyof JournalRow)[];

/** What is verified: all that is hashed, and the hashes. */
export const CHAIN_COLUMNS = ROW_COLUMNS.filter(
  (name): name is Exclude<keyof JournalRow, 'command_id'> =>
    name !== 'command_id',
);

/**
 * A chained event as a row. The subject's column is the caller's to add.
 *
 * @param event - best as returned by {@link chainEvents}: its data is then not
 *   canonicalised again
 * @param commandId - only for the last event of a command
 * @throws InputError when the event's data is not JSON
 * @public
 */
export function toRow(
  event: ChainedEvent<JournalEvent<object>>,
  commandId?: string,
): JournalRow {
  return {
    seq: event.seq,
    type: event.type,
    at: event.at,
    actor: event.actor ?? null,
    data: canonicalDataOf(event),
    prev_hash: event.prevHash,
    hash: event.hash,
    command_id: commandId ?? null,
  };
}

/** A row as the verifier takes it; nothing is parsed. */
export function toStoredEvent(
  row: Omit<JournalRow, 'command_id'>,
): StoredEvent {
  const event: StoredEvent = {
    seq: row.seq,
    type: row.type,
    at: row.at,
    data: row.data,
    prevHash: row.prev_hash,
    hash: row.hash,
  };
  if (row.actor !== null) {
    event.actor = row.actor;
  }
  return event;
}

/**
 * The hash that a row must have by what stands in it, following the event it
 * says it follows. The text of `data` is hashed as it is, so even a change that
 * leaves its meaning as it was makes another hash.
 * @public
 */
export function hashRow(row: Omit<JournalRow, 'command_id'>): string {
  return hashFields(row.prev_hash, toStoredEvent(row));
}

function parseData(row: JournalRow): JsonObject {
  try {
    return JSON.parse(row.data);
  } catch (error) {
    throw new Error(
      `The data of event ${row.seq} is not JSON any more; verify its journal`,
      { cause: error },
    );
  }
}

/**
 * A row as a chained event. Nothing is verified here.
 *
 * @throws Error naming the event when its data is not JSON any more
 * @public
 */
export function fromRow(row: JournalRow): ChainedEvent {
  return { ...toStoredEvent(row), data: parseData(row) };
}
