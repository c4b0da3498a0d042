import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { AddCountersRequest, SloProblem } from '@handrail/plugin-slo-common';
import { DateTime } from 'luxon';
import { StreamCount } from '../database';
import { streamKey } from '../evaluation';

/** A sender's clock may be ahead by this much. */
const SKEW_SECONDS = 60;
/** Age at which counts are not taken any more. */
const OLDEST_DAYS = 90;

/**
 * Counts as they are stored.
 * @param streams - those that an SLO is computed from
 * @throws InputError that lists each problem by its path
 */
export function readCounts(
  request: AddCountersRequest,
  streams: ReadonlySet<string>,
  now: number,
): StreamCount[] {
  const problems: SloProblem[] = [];
  const counts = request.counts.map((count, index): StreamCount => {
    const refuse = (
      field: string,
      message: string,
      found: unknown,
      allowed: string,
    ) =>
      problems.push({
        path: `/counts/${index}/${field}`,
        severity: 'error',
        message,
        found: JSON.stringify(found),
        allowed,
      });
    const { stream, bad, total } = count;
    if (!streams.has(stream)) {
      refuse(
        'stream',
        'is read by no SLO',
        stream,
        [...streams].sort().slice(0, 20).join(', ') || 'none yet',
      );
    }
    if (bad > total) {
      refuse('bad', 'is more than total', bad, `0 to ${total}`);
    }
    const at = count.at ? DateTime.fromISO(count.at).toSeconds() : now;
    if (Number.isNaN(at)) {
      refuse('at', 'is not a time', count.at, 'ISO 8601');
    } else if (at > now + SKEW_SECONDS) {
      refuse('at', 'is in the future', count.at, 'now or before');
    } else if (at < now - OLDEST_DAYS * 86_400) {
      refuse('at', 'is too old', count.at, `the last ${OLDEST_DAYS} days`);
    }
    // A clock that is a little ahead does not fill the next bucket.
    return { key: streamKey(stream), at: Math.min(at, now), bad, total };
  });
  if (problems.length > 0) {
    const facts = problems.map(
      ({ path, message, found, allowed }) =>
        `${path} ${message}: found ${found}; allowed: ${allowed}`,
    );
    throw Object.assign(
      new InputError(`Nothing was stored. ${facts.join('. ')}`),
      { problems },
    );
  }
  return counts;
}

/** Of what the sender wrote: a repeat has no other time than the first. */
export function digestOf(request: AddCountersRequest): string {
  const facts = request.counts.map(({ stream, at, bad, total }) => [
    stream,
    at ?? null,
    bad,
    total,
  ]);
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
