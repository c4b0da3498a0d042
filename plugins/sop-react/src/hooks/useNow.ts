import { useEffect, useState } from 'react';

/**
 * The current time in milliseconds since the epoch, renewed at an interval.
 *
 * @param interval - Milliseconds between renewals.
 * @public
 */
export function useNow(interval: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
}
