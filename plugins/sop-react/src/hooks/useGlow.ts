import { useEffect, useRef, useState } from 'react';

/** Milliseconds that a change stays lit. */
const GLOW = 2_000;

/**
 * True for two seconds after `value` changed; never for the first value.
 * @public
 */
export function useGlow(value: string | number | undefined): boolean {
  const previous = useRef(value);
  const [lit, setLit] = useState(false);
  useEffect(() => {
    if (previous.current === value) {
      return undefined;
    }
    const first = previous.current === undefined;
    previous.current = value;
    if (first) {
      return undefined;
    }
    setLit(true);
    const timer = setTimeout(() => setLit(false), GLOW);
    return () => {
      clearTimeout(timer);
      setLit(false);
    };
  }, [value]);
  return lit;
}
