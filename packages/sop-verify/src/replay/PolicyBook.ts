import { evaluateWindows } from '@handrail/calendar';
import type { Replay } from './Replay';
import { assertPolicy, isAbout, Policy, tighten, Tightened } from './tighten';
import { Event, Step, Violation } from './types';

/** Hashes that an event names. */
export function namedPolicies({ data }: Event): string[] {
  const { policies } = data;
  return Array.isArray(policies) ? policies.map(String) : [];
}

/** A step that may begin, under the policies in force. */
export interface Reached {
  hashes: string[];
  tightened: Tightened;
  /** Whether the journal says so, or nothing can be known but earlier steps'. */
  isTold: boolean;
}

/** More are not put to every combination; a run is under a few. */
const MAX_COMBINED = 8;

const cache = new WeakMap<Step, Map<string, Tightened>>();

/**
 * The policies of one run. Which ones are in force at a moment is what the
 * journal says; that it says the same of every step in one round, and that each
 * step kept to them, is checked.
 */
export class PolicyBook {
  /** Those the journal names. */
  readonly #policies = new Map<string, Policy>();
  /** The same in the order in which they are named. */
  readonly #inOrder: Policy[];
  /** Whether each is in force in this round, as far as that was told. */
  #inForce = new Map<string, boolean>();
  /** Everything in force is told: what is not is not. */
  #complete = false;

  /** @throws Violation when the journal names one that is not known */
  constructor(
    private readonly replay: Replay,
    known: ReadonlyMap<string, Policy>,
  ) {
    for (const event of replay.events) {
      for (const hash of namedPolicies(event)) {
        const policy = known.get(hash);
        if (!policy) {
          throw new Violation(
            'policy-missing',
            event.seq,
            `Event ${event.seq} names the policy ${hash}, which is not there`,
          );
        }
        assertPolicy(policy, event.seq);
        this.#policies.set(hash, policy);
      }
    }
    this.#inOrder = [...this.#policies.values()].sort(
      (a, b) => a.ref.localeCompare(b.ref) || a.hash.localeCompare(b.hash),
    );
  }

  beginRound(): void {
    this.#inForce = new Map();
    this.#complete = false;
  }

  /** All that are in force when the run starts. */
  atStart(event: Event): void {
    const { policies } = event.data;
    const hashes = namedPolicies(event);
    const sorted = [...new Set(hashes)].sort();
    if (
      policies !== undefined &&
      (hashes.length === 0 ||
        JSON.stringify(policies) !== JSON.stringify(sorted))
    ) {
      this.replay.refuse(
        'content',
        `Event ${event.seq} does not name policies each once and in order`,
      );
    }
    this.#inForce = new Map(hashes.map(hash => [hash, true]));
    this.#complete = true;
  }

  /** A step as it is now: by the policies it began under, else as written. */
  of(id: string): Tightened {
    return this.#tighten(id, this.#hashesOf(id));
  }

  /** The policies a step began under; undefined when none is about it. */
  under(id: string): string[] | undefined {
    const hashes = this.#hashesOf(id);
    return hashes.length ? hashes : undefined;
  }

  /**
   * A step that is about to begin, by the policies in force now: those that its
   * next event names.
   */
  reached(id: string): Reached {
    const told = this.#hasBegun(id) ? this.#hashesOf(id) : this.#chosen(id);
    const hashes = told ?? this.#knownToBind(id);
    const tightened = this.#tighten(id, hashes);
    return { hashes, tightened, isTold: told !== undefined };
  }

  /** Nothing keeps a step, so what would is of policies not in force. */
  notKept(id: string): void {
    const { lock, skips = [] } = this.replay.step(id);
    for (const { hash } of this.#about(id)) {
      const { step, windows, locks } = this.#tighten(id, [hash]);
      const needsLock =
        locks.length > 0 &&
        !step.lock &&
        !lock?.isAcquired &&
        !skips.includes('lock');
      const isOpen = windows.every(
        one => evaluateWindows(one.windows, this.replay.cause.at).open,
      );
      if ((!isOpen && !skips.includes('policy')) || needsLock) {
        this.#inForce.set(hash, false);
      }
    }
  }

  /**
   * Whether some of the policies, as far as is known which are in force, keep a
   * step in a given way. What they have in common is known then.
   */
  keep(id: string, test: (tightened: Tightened) => boolean): boolean {
    const about = this.#about(id).filter(
      ({ spec }) => spec.windows || spec.lock,
    );
    const open = about
      .filter(({ hash }) => this.#isInForce(hash) === undefined)
      .slice(0, MAX_COMBINED);
    const bound = about
      .filter(({ hash }) => this.#isInForce(hash))
      .map(({ hash }) => hash);
    const possible = combinations(open).filter(some =>
      test(
        this.#tighten(
          id,
          about
            .filter(one => some.includes(one) || bound.includes(one.hash))
            .map(({ hash }) => hash),
        ),
      ),
    );
    for (const policy of possible.length ? open : []) {
      const having = possible.filter(some => some.includes(policy));
      if (having.length === possible.length || having.length === 0) {
        this.#inForce.set(policy.hash, having.length > 0);
      }
    }
    return possible.length > 0;
  }

  #hashesOf(id: string): string[] {
    return this.#hasBegun(id) ? this.replay.step(id).policies ?? [] : [];
  }

  #hasBegun(id: string): boolean {
    const { status, blocked, attempt } = this.replay.step(id);
    return blocked ? blocked.attempt === attempt : status !== 'pending';
  }

  #about(id: string): Policy[] {
    const { step, undoes, reviews } = this.replay.outline.get(id)!;
    // What undoes a step is left alone.
    return undoes || reviews
      ? []
      : this.#inOrder.filter(one => isAbout(one, step));
  }

  #isInForce(hash: string): boolean | undefined {
    return this.#inForce.get(hash) ?? (this.#complete ? false : undefined);
  }

  #knownToBind(id: string): string[] {
    return this.#about(id)
      .filter(({ hash }) => this.#isInForce(hash))
      .map(({ hash }) => hash);
  }

  /** What the journal says of a step that begins or is kept. */
  #chosen(id: string): string[] | undefined {
    const told = this.#policies.size === 0 ? [] : this.#told(id);
    if (!told) {
      return undefined;
    }
    const about = this.#about(id);
    const other = told.find(hash => !about.some(one => one.hash === hash));
    if (other !== undefined) {
      this.replay.fail(
        'policy',
        `The policy ${other} demands nothing of "${id}"`,
      );
    }
    const named = about.filter(({ hash }) => told.includes(hash));
    if (
      named.length !== told.length ||
      named.some(({ hash }, place) => hash !== told[place])
    ) {
      this.replay.fail(
        'policy',
        `The policies of "${id}" are not named each once and in the order of their names`,
      );
    }
    for (const { hash, ref } of about) {
      this.#mark(id, hash, ref, told.includes(hash));
    }
    return told;
  }

  #mark(id: string, hash: string, ref: string, inForce: boolean): void {
    const before = this.#isInForce(hash);
    if (before !== undefined && before !== inForce) {
      this.replay.fail(
        'policy',
        `"${id}" is said to ${
          inForce ? '' : 'not '
        }be under the policy ${ref} (${hash}), which was ${
          before ? '' : 'not '
        }in force at that moment`,
      );
    }
    this.#inForce.set(hash, inForce);
  }

  /** What the event by which a step begins, or does not, says of policies. */
  #told(id: string): string[] | undefined {
    const at = (offset: number) => {
      const event = this.replay.peekNow(offset);
      return event?.data.stepId === id ? event : undefined;
    };
    const event = at(0)?.type === 'step.unblocked' ? at(1) : at(0);
    return event && ['step.started', 'step.blocked'].includes(event.type)
      ? namedPolicies(event)
      : undefined;
  }

  #tighten(id: string, hashes: readonly string[]): Tightened {
    const { step } = this.replay.outline.get(id)!;
    const key = hashes.join();
    const known = cache.get(step) ?? new Map<string, Tightened>();
    cache.set(step, known);
    let tightened = known.get(key);
    if (!tightened) {
      const all = [...this.replay.outline.values()].filter(
        one => !one.undoes && !one.reviews,
      );
      tightened = tighten(
        step,
        hashes.map(hash => this.#policies.get(hash)!),
        all.map(one => one.step),
      );
      known.set(key, tightened);
    }
    return tightened;
  }
}

/** Every choice of some of a few. */
function combinations<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>(
    (made, one) => [...made, ...made.map(some => [...some, one])],
    [[]],
  );
}
