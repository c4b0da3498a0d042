import { InputError } from '@backstage/errors';
import { canonicalJson } from './canonicalJson';
import { unknownField } from './fields';
import { failures } from './failures';
import { assertHash, hashFields } from './hash';
import {
  ChainedEvent,
  ChainFailure,
  JournalEvent,
  TrustedHead,
  VerifyResult,
} from './types';

/**
 * A chained event in the form it is stored in: `data` as the text found in the
 * store, which is hashed as it is.
 * @public
 */
export interface StoredEvent {
  seq: number;
  type: string;
  at: string;
  actor?: string;
  data: string;
  prevHash: string;
  hash: string;
}

/** @public */
export interface ChainVerifierOptions {
  /** Genesis hash of the subject, computed from facts the caller trusts. */
  genesis: string;
  /** Without it a truncated tail, or a rewritten one, cannot be noticed. */
  head?: TrustedHead;
}

/** How far from its number a renumbered event's first number is searched. */
const RENUMBER_REACH = 1000;

/** Names what keeps a value from being a chained event at all. */
function malformation(value: unknown, dataType: string): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return 'it is not an object';
  }
  const event = value as Record<string, unknown>;
  const unknown = unknownField(event);
  if (unknown !== undefined) {
    return `it has the unknown field ${JSON.stringify(unknown)}`;
  }
  const { seq, type, at, actor, data, prevHash, hash } = event;
  if (!Number.isSafeInteger(seq)) {
    return 'its seq is not a whole number';
  }
  if (actor !== undefined && typeof actor !== 'string') {
    return 'its actor is not a string';
  }
  if (
    typeof type !== 'string' ||
    typeof at !== 'string' ||
    typeof prevHash !== 'string' ||
    typeof hash !== 'string'
  ) {
    const texts = { type, at, prevHash, hash };
    const bad = Object.entries(texts).find(([, v]) => typeof v !== 'string');
    return `its ${bad?.[0]} is not a string`;
  }
  return typeof data === dataType && data !== null
    ? undefined
    : `its data is not ${dataType === 'object' ? 'an object' : 'a text'}`;
}

/**
 * Verifies a journal batch by batch; memory use does not grow with the
 * journal.
 *
 * @example
 * ```ts
 * const verifier = ChainVerifier.create({ genesis });
 * for await (const batch of batches) {
 *   if (!verifier.add(batch)) break;
 * }
 * const result = verifier.finish();
 * ```
 * @public
 */
export class ChainVerifier {
  /** Number and hash of the last event found sound. */
  #seq = 0;
  #hash: string;
  #failure?: ChainFailure;

  /**
   * @throws InputError when a hash is not 64 lower-case hex digits, or the
   *   head's number is not a whole number from 0
   */
  static create(options: ChainVerifierOptions): ChainVerifier {
    const { genesis, head } = options;
    assertHash(genesis, 'genesis');
    if (head) {
      assertHash(head.hash, 'head.hash');
      if (!Number.isSafeInteger(head.seq) || head.seq < 0) {
        throw new InputError(
          `head.seq is ${String(head.seq)}; allowed are whole numbers from 0`,
        );
      }
    }
    return new ChainVerifier(genesis, head);
  }

  private constructor(genesis: string, private readonly head?: TrustedHead) {
    this.#hash = genesis;
    this.#failure = this.#compareWithHead();
  }

  /**
   * Takes the next events in the order they are kept in.
   *
   * @returns whether all events so far are sound. After the first bad one more
   *   events can only make its reason more exact (`missing` may turn out to be
   *   `reordered`, `edited` to be `inserted`), never change its number.
   */
  add(events: readonly ChainedEvent<JournalEvent<object>>[]): boolean {
    for (const event of events) {
      this.#addChecked(event, 'object', () => ({
        ...event,
        data: canonicalJson(event.data),
      }));
    }
    return !this.#failure;
  }

  /**
   * Like {@link ChainVerifier.add} for events as a store keeps them. The text
   * of `data` is hashed as found, so even a change that leaves its meaning as
   * it was, such as a space, is noticed.
   */
  addStored(events: readonly StoredEvent[]): boolean {
    for (const event of events) {
      this.#addChecked(event, 'string', () => event);
    }
    return !this.#failure;
  }

  /** The result for all events added; more may be added afterwards. */
  finish(): VerifyResult {
    if (this.#failure) {
      return this.#failure;
    }
    if (this.head && this.head.seq > this.#seq) {
      return failures.truncated(this.#seq, this.head.seq);
    }
    return {
      ok: true,
      events: this.#seq,
      head: { seq: this.#seq, hash: this.#hash },
    };
  }

  #addChecked(
    event: unknown,
    dataType: 'object' | 'string',
    read: () => StoredEvent,
  ): void {
    const problem = malformation(event, dataType);
    if (problem) {
      this.#failure ??= failures.malformed(this.#seq + 1, problem);
      return;
    }
    let stored: StoredEvent;
    try {
      stored = read();
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      this.#failure ??= failures.malformed(
        this.#seq + 1,
        `in its data, ${error.message}`,
      );
      return;
    }
    if (this.#failure) {
      this.#failure = this.#reconsider(this.#failure, stored);
    } else {
      this.#failure = this.#advance(stored);
    }
  }

  #advance(event: StoredEvent): ChainFailure | undefined {
    const failure = this.#checkNumber(event) ?? this.#checkHash(event);
    if (failure) {
      return failure;
    }
    this.#seq = event.seq;
    this.#hash = event.hash;
    return this.#compareWithHead();
  }

  #checkNumber(event: StoredEvent): ChainFailure | undefined {
    const next = this.#seq + 1;
    if (event.seq === next) {
      return undefined;
    }
    if (this.#isNext({ ...event, seq: next })) {
      return failures.numberEdited(next, event.seq);
    }
    return event.seq > next
      ? failures.missing(next, event.seq)
      : failures.repeated(event.seq, next);
  }

  #checkHash(event: StoredEvent): ChainFailure | undefined {
    const { seq, prevHash, hash } = event;
    const computed = hashFields(prevHash, event);
    if (computed === hash) {
      if (prevHash === this.#hash) {
        return undefined;
      }
      return seq === 1
        ? failures.wrongGenesis(this.#hash, prevHash)
        : failures.brokenLink(seq, this.#hash, prevHash);
    }
    if (prevHash !== this.#hash) {
      if (hashFields(this.#hash, event) === hash) {
        return failures.linkEdited(seq, this.#hash, prevHash);
      }
      const written = this.#originalNumber(event);
      if (written !== undefined) {
        return failures.renumbered(seq, written);
      }
    }
    return failures.edited(seq, hash, computed);
  }

  /** Whether the event is whole and follows the last sound one. */
  #isNext(event: StoredEvent): boolean {
    return (
      event.prevHash === this.#hash &&
      event.seq === this.#seq + 1 &&
      hashFields(event.prevHash, event) === event.hash
    );
  }

  #originalNumber(event: StoredEvent): number | undefined {
    for (let distance = 1; distance <= RENUMBER_REACH; distance++) {
      for (const seq of [event.seq + distance, event.seq - distance]) {
        if (
          seq > 0 &&
          hashFields(event.prevHash, { ...event, seq }) === event.hash
        ) {
          return seq;
        }
      }
    }
    return undefined;
  }

  /**
   * Later events can tell what happened to the first bad one: here the event
   * that belonged in its place turns up whole.
   */
  #reconsider(failure: ChainFailure, event: StoredEvent): ChainFailure {
    if (failure.seq !== this.#seq + 1 || !this.#isNext(event)) {
      return failure;
    }
    switch (failure.reason) {
      case 'missing':
        return failures.reordered(failure);
      case 'edited':
      case 'broken-link':
      case 'wrong-genesis':
      case 'renumbered':
        return failures.inserted(failure);
      default:
        return failure;
    }
  }

  #compareWithHead(): ChainFailure | undefined {
    const { head } = this;
    if (!head) {
      return undefined;
    }
    if (head.seq === this.#seq && head.hash !== this.#hash) {
      return head.seq === 0
        ? failures.wrongGenesis(head.hash, this.#hash)
        : failures.headMismatch(head, this.#hash);
    }
    return head.final && this.#seq > head.seq
      ? failures.afterFinalHead(this.#seq, head.seq)
      : undefined;
  }
}
