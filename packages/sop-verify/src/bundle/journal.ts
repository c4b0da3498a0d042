import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { Event, Violation } from '../replay/types';

/**
 * A journal in a bundle: one line per event, `{"hash":"…","event":{…}}`, with
 * the event in canonical JSON. The text of the event is hashed as it stands, so
 * it is parsed but never written again.
 */
const HEAD = '{"hash":"';
const MIDDLE = '","event":';
const HASH_END = HEAD.length + 64;
const EVENT_START = HASH_END + MIDDLE.length;

const EVENT = 'handrail.dev/journal/v1/event\n';
const GENESIS = 'handrail.dev/journal/v1/genesis\n';

export const sha256 = (text: string | Uint8Array) =>
  hash('sha256', text, 'hex');

export interface Journal {
  events: Event[];
  /** As the lines say; the chain holds when there is no violation. */
  hashes: string[];
}

/** What a run's journal hangs on. */
export interface Subject {
  runId: string;
  revisionHash: string;
  engineVersion: number;
  sopRef: string;
}

export function genesisOf(subject: Subject): string {
  const { runId, revisionHash, engineVersion, sopRef } = subject;
  return sha256(
    GENESIS + canonicalize({ runId, revisionHash, engineVersion, sopRef }),
  );
}

/**
 * Reads a journal and checks its chain.
 * @throws Violation naming the first event that is not as it was written
 */
export function readJournal(text: string, subject: Subject): Journal {
  const events: Event[] = [];
  const hashes: string[] = [];
  let previous = genesisOf(subject);
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('\n', start);
    end = end < 0 ? text.length : end;
    const seq = events.length + 1;
    const found = text.slice(start + HEAD.length, start + HASH_END);
    const event = text.slice(start + EVENT_START, end - 1);
    if (
      !text.startsWith(HEAD, start) ||
      !text.startsWith(MIDDLE, start + HASH_END) ||
      text[end - 1] !== '}'
    ) {
      throw new Violation('edited', seq, `Line ${seq} is not an event`);
    }
    const expected = hash('sha256', `${EVENT}${previous}\n${event}`, 'hex');
    let parsed: Event;
    try {
      parsed = JSON.parse(event);
    } catch {
      throw new Violation('edited', seq, `Event ${seq} is not JSON`);
    }
    if (expected !== found) {
      throw broken(parsed, seq);
    }
    checkShape(parsed, seq);
    events.push(parsed);
    hashes.push(found);
    previous = found;
    start = end + 1;
  }
  return { events, hashes };
}

function broken(event: Event, seq: number): Violation {
  return event.seq === seq
    ? new Violation(
        'edited',
        seq,
        seq === 1
          ? 'Event 1 is not as it was written, or the run, its procedure or its revision were exchanged'
          : `Event ${seq} is not as it was written, or does not follow event ${
              seq - 1
            }`,
      )
    : new Violation(
        event.seq > seq ? 'missing' : 'inserted',
        seq,
        `Where event ${seq} must stand, there is event ${event.seq}`,
      );
}

const FIELDS = ['seq', 'type', 'at', 'actor', 'data'];

function checkShape(event: Event, seq: number): void {
  const { type, actor, data } = event;
  if (
    event.seq !== seq ||
    typeof type !== 'string' ||
    (actor !== undefined && typeof actor !== 'string') ||
    typeof data !== 'object' ||
    data === null ||
    Object.keys(event).some(key => !FIELDS.includes(key))
  ) {
    throw new Violation('edited', seq, `Line ${seq} is not event ${seq}`);
  }
}
