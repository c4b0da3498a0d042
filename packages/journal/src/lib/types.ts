import { JsonObject } from '@backstage/types';

/**
 * Something that happened, with its place in the journal of one subject.
 *
 * Exactly these five fields are hashed; an event on its way into or out of a
 * journal has no others (besides `prevHash` and `hash` once it is chained).
 * @public
 */
export interface JournalEvent<TData extends object = JsonObject> {
  /** Place in the journal: 1, 2, 3, … without gaps. */
  seq: number;
  /** Name of what happened, such as `step.completed`. Never empty. */
  type: string;
  /** Instant in UTC with milliseconds: `2026-03-01T09:30:00.000Z`. */
  at: string;
  /** Who caused it; absent for the system itself. Never empty. */
  actor?: string;
  /** JSON only, see {@link canonicalJson}. */
  data: TData;
}

/**
 * An event tied to its predecessor.
 * @public
 */
export type ChainedEvent<
  TEvent extends JournalEvent<object> = JournalEvent<JsonObject>,
> = TEvent & {
  /** Hash of the event before it, or the genesis hash for event 1. */
  prevHash: string;
  /** SHA-256 in lower-case hex, see {@link hashEvent}. */
  hash: string;
};

/**
 * The last event of a journal. `seq` 0 with the genesis hash stands for a
 * journal without events.
 * @public
 */
export interface JournalHead {
  seq: number;
  hash: string;
}

/**
 * A head from a place the journal's keeper cannot change: a checkpoint, a
 * witness, the head printed in an export.
 * @public
 */
export interface TrustedHead extends JournalHead {
  /**
   * True when the journal is known to be closed: nothing may follow this head.
   * Without it, later events are taken for growth and checked by chain alone.
   */
  final?: boolean;
}

/**
 * What is wrong with a journal, as far as the journal alone can tell.
 *
 * - `edited`: a field, the number, or a stored hash of this event was changed.
 * - `missing`: this number is absent and later events exist.
 * - `reordered`: this event is whole but stands after later ones.
 * - `inserted`: a second event has this number, or an event follows a final
 *   head.
 * - `renumbered`: a whole event bears this number but was written with another
 *   one. Events before it were removed, added or moved; once numbers are
 *   rewritten these cannot be told apart.
 * - `broken-link`: the event is whole but was written after a different
 *   predecessor. Either the event before it was replaced and its hash
 *   recomputed, or this event comes from elsewhere; the two cannot be told
 *   apart.
 * - `wrong-genesis`: the journal belongs to another subject, or the facts the
 *   genesis hash is made of were changed.
 * - `truncated`: the journal ends before the trusted head.
 * - `head-mismatch`: every link is sound but the event the trusted head names
 *   has another hash: the journal was rewritten and hashed again, somewhere up
 *   to and including this event.
 * @public
 */
export type TamperReason =
  | 'edited'
  | 'missing'
  | 'reordered'
  | 'inserted'
  | 'renumbered'
  | 'broken-link'
  | 'wrong-genesis'
  | 'truncated'
  | 'head-mismatch';

/**
 * The first contradiction found in a journal.
 * @public
 */
export interface ChainFailure {
  ok: false;
  /** Number of the first bad (or absent) event. */
  seq: number;
  reason: TamperReason;
  /** One sentence for people; names the event's number. */
  message: string;
  /** What the chain demands at this place. */
  expected: string;
  /** What is there. */
  found: string;
}

/**
 * Result of a verification.
 * @public
 */
export type VerifyResult =
  | {
      ok: true;
      /** Number of events verified. */
      events: number;
      /** The journal's own head, for comparison with one kept elsewhere. */
      head: JournalHead;
    }
  | ChainFailure;
