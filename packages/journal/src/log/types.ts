import { JsonObject } from '@backstage/types';

/** What is appended to a log. @public */
export interface LogEntry {
  /** Data of the leaf: a SHA-256 hash in lower-case hex. */
  hash: string;
  /** Whose entry it is, such as the id of a run. */
  subject: string;
  /** Number within the subject; unique there. */
  seq: number;
}

/** An entry with its place in the log. @public */
export interface LogLeaf extends LogEntry {
  idx: number;
}

/** @public */
export interface StoredCheckpoint {
  size: number;
  /** ISO 8601, UTC, milliseconds. */
  at: string;
  /** The signed note. */
  note: string;
}

/** What the log says about a key that signs it. @public */
export interface LogKeyRecord extends JsonObject {
  /** Public key in the text form of signed notes. */
  vkey: string;
  /** First use: ISO 8601, UTC, milliseconds. */
  at: string;
}
