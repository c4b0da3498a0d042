import { Duration } from 'luxon';

/** An ISO 8601 duration in words; the text itself when it is none. */
export function readableDuration(iso: string): string {
  const duration = Duration.fromISO(iso);
  return duration.isValid ? duration.toHuman() : iso;
}
