import { DateTime, Duration } from 'luxon';

/** Whether an entity has had a procedure as often as it must. @public */
export type ComplianceState =
  /** It never had it. */
  | 'missing'
  /** The last one is too long ago. */
  | 'overdue'
  /** It still counts, but not for long. */
  | 'due-soon'
  | 'met';

/** @public */
export interface ComplianceVerdict {
  state: ComplianceState;
  /** Until when the last run counts; absent when there was none. */
  dueAt?: string;
  /** Milliseconds since then; absent unless overdue. */
  lateMs?: number;
}

/** A tenth of the interval, but at most two weeks. */
const WARNING_SHARE = 0.1;
const WARNING_MAX_MS = 14 * 86_400_000;

/**
 * Whether the last run of a procedure still counts.
 *
 * @param every - ISO 8601 duration; calendar units are counted in UTC
 * @param last - when the last run that counts was completed; ISO instant
 * @param now - ISO instant
 * @public
 */
export function complianceOf(
  every: string,
  last: string | undefined,
  now: string,
): ComplianceVerdict {
  if (last === undefined) {
    return { state: 'missing' };
  }
  const from = DateTime.fromISO(last, { zone: 'utc' });
  const due = from.plus(Duration.fromISO(every));
  const leftMs = due.toMillis() - Date.parse(now);
  const dueAt = due.toJSDate().toISOString();
  if (leftMs < 0) {
    return { state: 'overdue', dueAt, lateMs: -leftMs };
  }
  const warningMs = Math.min(
    (due.toMillis() - from.toMillis()) * WARNING_SHARE,
    WARNING_MAX_MS,
  );
  return { state: leftMs <= warningMs ? 'due-soon' : 'met', dueAt };
}

const RANK: Record<ComplianceState, number> = {
  missing: 0,
  overdue: 1,
  'due-soon': 2,
  met: 3,
};

/** The most exposed first: never done, longest overdue, due next. @public */
export function byExposure(a: ComplianceVerdict, b: ComplianceVerdict): number {
  return (
    RANK[a.state] - RANK[b.state] ||
    (a.dueAt ?? '').localeCompare(b.dueAt ?? '')
  );
}
