import { nextOccurrence, occurrences } from '@handrail/calendar';
import { DEFAULT_CATCH_UP, SopSchedule } from '@handrail/plugin-sop-common';
import { canonicalJson, sha256Hex } from '@handrail/journal';
import { Duration } from 'luxon';

/** Missed occurrences that are kept; of a long absence the latest. */
const MAX_MISSED = 100;
/** Missed occurrences that are counted. */
const MAX_COUNTED = 10_000;

/** Identifies what a plan was made by. */
export function fingerprint(schedule: SopSchedule): string {
  return sha256Hex(canonicalJson(schedule));
}

/** How long a late occurrence is still started, in milliseconds. */
export function catchUpMillis({ catchUp }: SopSchedule): number {
  return Duration.fromISO(catchUp ?? DEFAULT_CATCH_UP).toMillis();
}

/** What a plan whose next occurrence has come leads to. */
export interface Step {
  /** Occurrences to start now; one at most. */
  start?: string;
  /** Occurrences that are too late, the latest of them. */
  missed: string[];
  /** How many were missed before those. */
  omitted: number;
  /** The occurrence after. */
  nextAt?: string;
}

/**
 * The next step of a plan.
 *
 * @param nextAt - the plan's next occurrence, not after `now`
 * @param now - ISO instant
 * @param maxMissed - most missed occurrences that are kept
 */
export function stepOf(
  schedule: SopSchedule,
  nextAt: string,
  now: string,
  maxMissed = MAX_MISSED,
): Step {
  const limit = Date.parse(now) - catchUpMillis(schedule);
  if (Date.parse(nextAt) >= limit) {
    return {
      start: nextAt,
      missed: [],
      omitted: 0,
      nextAt: nextOccurrence(schedule, nextAt),
    };
  }
  const tooLate = new Date(limit).toISOString();
  const all = occurrences(schedule, {
    from: nextAt,
    to: tooLate,
    limit: MAX_COUNTED,
  });
  const missed = all.slice(-Math.max(1, Math.min(maxMissed, MAX_MISSED)));
  return {
    missed,
    omitted: all.length - missed.length,
    nextAt: nextOccurrence(schedule, new Date(limit - 1).toISOString()),
  };
}
