import { RefObject, useEffect, useRef } from 'react';

/**
 * Puts the focus where the reader goes on after asking for something.
 *
 * @param wanted - Whether this is the element.
 * @public
 */
export function useFocusOnMount<T extends HTMLElement>(
  wanted: boolean = true,
): RefObject<T> {
  const ref = useRef<T>(null);
  // Later the reader decides where the focus is.
  const first = useRef(wanted);
  useEffect(() => {
    if (first.current) {
      ref.current?.focus();
    }
  }, []);
  return ref;
}
