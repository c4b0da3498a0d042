import type { Knex } from 'knex';
import { Write, writeAlone, writeTogether } from './postgresWriter';
import { WriteResult } from './Transactor';

/**
 * Statements on their way at the same time. Few, so that more transitions share
 * one; two, so that one that waits for a row does not stop everybody.
 */
const IN_FLIGHT = 2;
/** Transitions in one statement. */
const MAX_GROUP = 16;

interface Waiting {
  write: Write;
  resolve: (result: WriteResult) => void;
  reject: (error: unknown) => void;
}

function isStart({ write }: Waiting): boolean {
  return write.start !== undefined;
}

/** Whether the server said so, which means that nothing was written. */
function isServerError(error: unknown): boolean {
  const code = (error as { code?: unknown })?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}

/**
 * Group commit: a transition is written at once while the database is idle;
 * those that arrive in the same turn of the event loop, or while it is busy,
 * share a statement. Nothing ever waits for company.
 */
export class GroupWriter {
  #waiting: Waiting[] = [];
  #inFlight = 0;
  #scheduled = false;

  constructor(private readonly knex: Knex) {}

  /**
   * Starts and later transitions are different statements, so they do not share
   * one. Not for two transitions of one run at the same time.
   */
  write(write: Write): Promise<WriteResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      this.#schedule();
    });
  }

  /** Callers that go on in this turn of the event loop are waited for. */
  #schedule(): void {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => {
        this.#scheduled = false;
        this.#next();
      });
    }
  }

  #next(): void {
    while (this.#inFlight < IN_FLIGHT && this.#waiting.length > 0) {
      const group = this.#takeGroup();
      this.#inFlight += 1;
      this.#send(group).finally(() => {
        this.#inFlight -= 1;
        this.#schedule();
      });
    }
  }

  /** Of the kind that has waited longest, a share for each free slot. */
  #takeGroup(): Waiting[] {
    const start = isStart(this.#waiting[0]);
    const share = this.#waiting.length / (IN_FLIGHT - this.#inFlight);
    const size = Math.min(MAX_GROUP, Math.ceil(share));
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of this.#waiting) {
      (group.length < size && isStart(one) === start ? group : rest).push(one);
    }
    this.#waiting = rest;
    return group;
  }

  /** Settles every member; never rejects. */
  async #send(group: Waiting[]): Promise<void> {
    if (group.length > 1) {
      try {
        const results = await writeTogether(
          this.knex,
          group.map(({ write }) => write),
        );
        group.forEach(({ resolve }, index) => resolve(results[index]));
        return;
      } catch (error) {
        if (!isServerError(error)) {
          // Nobody knows whether it was committed.
          group.forEach(({ reject }) => reject(error));
          return;
        }
        // One of them is at fault, or two replicas were in each other's way:
        // alone, each gets its own answer.
      }
    }
    for (const { write, resolve, reject } of group) {
      await writeAlone(this.knex, write).then(resolve, reject);
    }
  }
}
