import { useCallback, useState } from 'react';

function read<T>(key: string, initial: T): T {
  try {
    const stored = sessionStorage.getItem(key);
    return stored === null ? initial : (JSON.parse(stored) as T);
  } catch {
    return initial;
  }
}

/**
 * State that survives a reload and a look at another step, kept in this browser
 * tab only. Storage that is full or forbidden turns it into plain state.
 *
 * @param key - Tells drafts apart over all plugins; the same for the life of the
 *   component.
 * @param initial - While nothing was typed.
 * @returns The value, how to set it, and how to forget what is stored.
 * @public
 */
export function useDraft<T>(
  key: string,
  initial: T,
): [T, (value: T) => void, () => void] {
  const storageKey = `handrail:draft:${key}`;
  const [value, setValue] = useState<T>(() => read(storageKey, initial));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      try {
        sessionStorage.setItem(storageKey, JSON.stringify(next));
      } catch {
        // The draft still lives in this component.
      }
    },
    [storageKey],
  );
  const clear = useCallback(() => {
    try {
      sessionStorage.removeItem(storageKey);
    } catch {
      // Nothing was stored.
    }
  }, [storageKey]);
  return [value, set, clear];
}
