/** Remembers what was loaded for a short time, failures not at all. */
export class ExpiringMap<T> {
  readonly #entries = new Map<string, { until: number; value: Promise<T> }>();
  readonly #millis: number;

  constructor(millis: number) {
    this.#millis = millis;
  }

  /** The value of the key; loads it when it is unknown or too old. */
  async get(key: string, load: () => Promise<T>): Promise<T> {
    const now = Date.now();
    const known = this.#entries.get(key);
    if (known && known.until > now) {
      return known.value;
    }
    if (this.#entries.size > 1000) {
      this.#entries.clear();
    }
    const value = load();
    this.#entries.set(key, { until: now + this.#millis, value });
    value.catch(() => this.#entries.delete(key));
    return value;
  }
}
