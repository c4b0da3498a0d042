import { NormalisedAlert } from '@handrail/plugin-incidents-node';

/** What is known of an alert before a delivery. */
export interface KnownAlert {
  open?: {
    startsAt: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
  };
  /** The latest end of an episode that is over. */
  lastEndsAt?: string;
  /** The begin of that episode. */
  lastStartsAt?: string;
}

/** What a delivered alert changes. */
export type AlertVerdict =
  /** A new episode; `endsAt` when the alert was over before it was seen. */
  | { verdict: 'opened'; startsAt: string; endsAt?: string }
  /** The open episode, with the earliest begin. */
  | { verdict: 'updated'; startsAt: string }
  | { verdict: 'resolved'; endsAt: string }
  | { verdict: 'duplicate' }
  /** Older than what is known. */
  | { verdict: 'stale' };

/**
 * Alertmanager has no delivery ids, so only what is said about the alert tells
 * what is new. Deliveries may come twice and out of order: a firing that began
 * before the last known end is late, a resolution that ended before the open
 * episode began belongs to an earlier one. A restart of Prometheus can move the
 * begin forward; the earliest one stays.
 */
export function judgeAlert(
  known: KnownAlert,
  alert: NormalisedAlert,
): AlertVerdict {
  const { open, lastEndsAt, lastStartsAt } = known;
  const { startsAt } = alert;
  if (alert.status === 'firing') {
    if (open) {
      const earliest = startsAt < open.startsAt ? startsAt : open.startsAt;
      return earliest === open.startsAt &&
        sameMap(open.labels, alert.labels) &&
        sameMap(open.annotations, alert.annotations)
        ? { verdict: 'duplicate' }
        : { verdict: 'updated', startsAt: earliest };
    }
    return lastEndsAt !== undefined && startsAt <= lastEndsAt
      ? { verdict: 'stale' }
      : { verdict: 'opened', startsAt };
  }
  const endsAt = alert.endsAt ?? startsAt;
  if (open) {
    return endsAt < open.startsAt
      ? { verdict: 'stale' }
      : { verdict: 'resolved', endsAt };
  }
  if (lastEndsAt === undefined || startsAt > lastEndsAt) {
    // Kept, so that its firing is recognised as late when it comes after all.
    return { verdict: 'opened', startsAt, endsAt };
  }
  return endsAt === lastEndsAt || startsAt === lastStartsAt
    ? { verdict: 'duplicate' }
    : { verdict: 'stale' };
}

function sameMap(
  one: Record<string, string>,
  other: Record<string, string>,
): boolean {
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => one[key] === other[key])
  );
}
