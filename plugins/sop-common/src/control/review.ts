import { DateTime, Duration } from 'luxon';
import { RevisionStanding } from './standing';

/** How long before it is due a review is announced. */
const LEAD = { days: 14 };

/** When a revision in force has to be looked at again. @public */
export interface ReviewState {
  dueAt: string;
  /** `due`: within the next fourteen days. */
  state: 'planned' | 'due' | 'overdue';
  /** When it was last looked at; absent before the first time. */
  reviewedAt?: string;
}

/**
 * When the revision in force is to be reviewed: `reviewEvery` after it came into
 * force or was last reviewed. Nothing when its document does not ask for it.
 * @public
 */
export function reviewOf(
  stand: RevisionStanding | undefined,
  now: string,
): ReviewState | undefined {
  const { revision, inForceFrom } = stand ?? {};
  if (!revision?.reviewEvery || !inForceFrom) {
    return undefined;
  }
  const reviewedAt = revision.signatures
    .filter(one => one.meaning === 'review' && one.at >= inForceFrom)
    .map(one => one.at)
    .sort()
    .pop();
  const due = DateTime.fromISO(reviewedAt ?? inForceFrom, {
    zone: 'utc',
  }).plus(Duration.fromISO(revision.reviewEvery));
  if (!due.isValid) {
    return undefined;
  }
  const dueAt = due.toJSDate().toISOString();
  let state: ReviewState['state'] = 'planned';
  if (dueAt <= now) {
    state = 'overdue';
  } else if (due.minus(LEAD).toJSDate().toISOString() <= now) {
    state = 'due';
  }
  return { dueAt, state, ...(reviewedAt ? { reviewedAt } : {}) };
}
