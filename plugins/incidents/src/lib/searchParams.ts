import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

type Values = Record<string, string | readonly string[] | undefined>;

/** Sets some parameters and removes those without a value. */
export function withParams(
  current: URLSearchParams,
  changes: Values,
): URLSearchParams {
  const next = new URLSearchParams(current);
  for (const [key, value] of Object.entries(changes)) {
    next.delete(key);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item) {
        next.append(key, item);
      }
    }
  }
  return next;
}

/**
 * Filters, tabs and selection as the URL carries them. Typing replaces the
 * entry of the history, choosing adds one, so that Back undoes a choice.
 */
export function useUrlState(): {
  params: URLSearchParams;
  set(changes: Values, options?: { replace?: boolean }): void;
} {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Values, options: { replace?: boolean } = {}) =>
      setParams(current => withParams(current, changes), options),
    [setParams],
  );
  return { params, set };
}
