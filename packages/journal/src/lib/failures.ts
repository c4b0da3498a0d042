import { ChainFailure, JournalHead, TamperReason } from './types';

function failure(
  seq: number,
  reason: TamperReason,
  message: string,
  expected: string,
  found: string,
): ChainFailure {
  return { ok: false, seq, reason, message, expected, found };
}

const place = (seq: number) =>
  seq === 1 ? 'the start of the journal' : `event ${seq - 1}`;

/** The wording of every contradiction the verifier can find. */
export const failures = {
  edited: (seq: number, hash: string, computed: string) =>
    failure(
      seq,
      'edited',
      `Event ${seq} was edited: its content does not match its hash.`,
      `content with hash ${hash}`,
      `content with hash ${computed}`,
    ),

  malformed: (seq: number, problem: string) =>
    failure(
      seq,
      'edited',
      `Event ${seq} was edited: ${problem}.`,
      'an event with the fields seq, type, at, data, prevHash, hash and, if somebody caused it, actor',
      problem,
    ),

  numberEdited: (seq: number, bears: number) =>
    failure(
      seq,
      'edited',
      `Event ${seq} was edited: it now bears the number ${bears}.`,
      `number ${seq}`,
      `number ${bears}`,
    ),

  linkEdited: (seq: number, expected: string, found: string) =>
    failure(
      seq,
      'edited',
      `Event ${seq} was edited: its stored previous hash is not the one it was written with.`,
      `previous hash ${expected}`,
      `previous hash ${found}`,
    ),

  missing: (seq: number, found: number) =>
    failure(
      seq,
      'missing',
      `Event ${seq} is missing: event ${found} stands right after ${place(
        seq,
      )}.`,
      `event ${seq}`,
      `event ${found}`,
    ),

  reordered: (was: ChainFailure) =>
    failure(
      was.seq,
      'reordered',
      `Event ${was.seq} is out of order: ${was.found} stands before it.`,
      was.expected,
      was.found,
    ),

  repeated: (seq: number, next: number) =>
    seq < 1
      ? failure(
          next,
          'inserted',
          `An event numbered ${seq} was inserted where event ${next} belongs; numbers start at 1.`,
          `event ${next} or the end`,
          `event ${seq}`,
        )
      : failure(
          seq,
          'inserted',
          `Event ${seq} is there twice: a second one stands after event ${
            next - 1
          }.`,
          `event ${next} or the end`,
          `event ${seq}`,
        ),

  inserted: (was: ChainFailure) =>
    failure(
      was.seq,
      'inserted',
      `Event ${was.seq} is there twice: a false one was inserted before the one that belongs there.`,
      `one event ${was.seq}`,
      `two events ${was.seq}`,
    ),

  renumbered: (seq: number, written: number) =>
    failure(
      seq,
      'renumbered',
      `Event ${seq} was written as event ${written}: events before it were removed, added or moved and the numbers rewritten.`,
      `number ${written}`,
      `number ${seq}`,
    ),

  brokenLink: (seq: number, expected: string, found: string) =>
    failure(
      seq,
      'broken-link',
      `Event ${seq} was not written after event ${
        seq - 1
      } as it stands here: event ${
        seq - 1
      } was replaced and hashed again, or event ${seq} comes from elsewhere.`,
      `previous hash ${expected}`,
      `previous hash ${found}`,
    ),

  wrongGenesis: (expected: string, found: string) =>
    failure(
      1,
      'wrong-genesis',
      'Event 1 does not start the journal of this subject: the journal belongs to another one, or the facts its genesis hash is made of were changed.',
      `genesis hash ${expected}`,
      `genesis hash ${found}`,
    ),

  truncated: (last: number, head: number) =>
    failure(
      last + 1,
      'truncated',
      `Event ${
        last + 1
      } is missing: the journal was truncated, the trusted head is event ${head}.`,
      `events up to ${head}`,
      last === 0 ? 'no events' : `events up to ${last}`,
    ),

  headMismatch: (head: JournalHead, found: string) =>
    failure(
      head.seq,
      'head-mismatch',
      `Event ${head.seq} is not the one the trusted head names: the journal was rewritten and hashed again somewhere up to event ${head.seq}.`,
      `hash ${head.hash}`,
      `hash ${found}`,
    ),

  afterFinalHead: (seq: number, head: number) =>
    failure(
      seq,
      'inserted',
      `Event ${seq} was inserted: the journal was closed after event ${head}.`,
      `the end after event ${head}`,
      `event ${seq}`,
    ),
};
