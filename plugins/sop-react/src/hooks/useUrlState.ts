import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Parameters to set; those without a value are removed. @public */
export type UrlValues = Record<string, string | readonly string[] | undefined>;

/** Sets some parameters and removes those without a value. @public */
export function withParams(
  current: URLSearchParams,
  changes: UrlValues,
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
 * @public
 */
export function useUrlState(): {
  params: URLSearchParams;
  set(changes: UrlValues, options?: { replace?: boolean }): void;
} {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: UrlValues, options: { replace?: boolean } = {}) =>
      setParams(current => withParams(current, changes), options),
    [setParams],
  );
  return { params, set };
}
