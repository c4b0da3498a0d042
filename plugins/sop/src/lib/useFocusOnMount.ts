import { RefObject, useEffect, useRef } from 'react';

/** Puts the focus where the reader goes on after asking for something. */
export function useFocusOnMount<T extends HTMLElement>(): RefObject<T> {
  const ref = useRef<T>(null);
  useEffect(() => ref.current?.focus(), []);
  return ref;
}
