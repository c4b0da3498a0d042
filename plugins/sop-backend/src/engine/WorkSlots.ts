import { WorkSort } from '../database/RunStore';

/** Work of one sort that is under way, and how much of it there may be. */
export class WorkSlots {
  readonly sort: WorkSort;
  readonly #limit: number;
  readonly #batch: number;
  readonly #active = new Map<string, Promise<void>>();

  /**
   * @param options - `limit`: work that is done at the same time; `batch`: slots
   *   that have to be free before more is taken on
   */
  constructor(options: { sort: WorkSort; limit: number; batch: number }) {
    this.sort = options.sort;
    this.#limit = options.limit;
    this.#batch = options.batch;
  }

  /** How much to take on now. */
  get room(): number {
    const free = this.#limit - this.#active.size;
    return free >= this.#batch ? free : 0;
  }

  /** @param done - called once the slot is free again */
  add(key: string, work: Promise<void>, done: () => void): void {
    const all = work.finally(() => {
      this.#active.delete(key);
      done();
    });
    this.#active.set(key, all);
  }

  /** When all work is over that is under way now. */
  async settled(): Promise<void> {
    await Promise.all(this.#active.values());
  }
}
