import { Duration } from 'luxon';

/** When an attempt of a step names no timeout: PT4M. */
const DEFAULT_TIMEOUT_MS = 240_000;

/** An ISO 8601 duration in milliseconds; the default when there is none. */
export function timeoutMillis(timeout: string | undefined): number {
  const millis = timeout ? Duration.fromISO(timeout).toMillis() : NaN;
  // Longer delays overflow the timer of the runtime.
  return millis > 0 ? Math.min(millis, 2 ** 31 - 1) : DEFAULT_TIMEOUT_MS;
}
