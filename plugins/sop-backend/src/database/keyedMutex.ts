/**
 * Lets callers of the same key take turns, in order of arrival; callers of
 * different keys do not wait for each other.
 */
export class KeyedMutex {
  readonly #tails = new Map<string, Promise<void>>();

  async run<T>(key: string, fn: () => Promise<T>): Promise<T> {
    const previous = this.#tails.get(key);
    let release: () => void = () => {};
    const tail = new Promise<void>(resolve => {
      release = resolve;
    });
    this.#tails.set(key, tail);
    if (previous) {
      await previous;
    }
    try {
      return await fn();
    } finally {
      if (this.#tails.get(key) === tail) {
        this.#tails.delete(key);
      }
      release();
    }
  }
}
