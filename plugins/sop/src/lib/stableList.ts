/** One line of a list that does not move under the pointer. */
export interface StableItem<T> {
  item: T;
  /** It left the list meanwhile and is shown only until the reader looks away. */
  gone: boolean;
}

/** A list to show and what it holds back. */
export interface StableList<T> {
  shown: StableItem<T>[];
  /** New items that wait to be shown. */
  held: number;
}

/**
 * Merges fresh data into what is on the screen. While the reader is in the list
 * (`frozen`) every line stays where it is: changed ones are replaced in place,
 * those that left are marked, new ones are only counted.
 */
export function mergeStable<T>(
  shown: readonly StableItem<T>[],
  fresh: readonly T[],
  keyOf: (item: T) => string,
  frozen: boolean,
): StableList<T> {
  if (!frozen || shown.length === 0) {
    return { shown: fresh.map(item => ({ item, gone: false })), held: 0 };
  }
  const byKey = new Map(fresh.map(item => [keyOf(item), item]));
  const known = new Set(shown.map(({ item }) => keyOf(item)));
  return {
    shown: shown.map(({ item }) => {
      const current = byKey.get(keyOf(item));
      return current ? { item: current, gone: false } : { item, gone: true };
    }),
    held: fresh.filter(item => !known.has(keyOf(item))).length,
  };
}
