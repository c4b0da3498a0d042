import { AnyRunEvent } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { policyHash } from './hashing';

/** A policy that a run names and that is not what it was. */
export interface WrongPolicy {
  /** Number of the first event that names it. */
  seq: number;
  hash: string;
  reason: 'policy-missing' | 'policy-edited';
  message: string;
  found?: string;
}

/**
 * Checks that every wording of a policy that the events of a run name is kept
 * and hashes to its name.
 */
export async function findWrongPolicy(
  db: Knex,
  events: readonly AnyRunEvent[],
): Promise<WrongPolicy | undefined> {
  const firstNamed = new Map<string, number>();
  for (const { seq, data } of events) {
    const { policies } = data as { policies?: string[] };
    for (const hash of policies ?? []) {
      if (!firstNamed.has(hash)) {
        firstNamed.set(hash, seq);
      }
    }
  }
  if (firstNamed.size === 0) {
    return undefined;
  }
  const rows = await db('sop_policy')
    .whereIn('hash', [...firstNamed.keys()])
    .select('hash', 'spec');
  const kept = new Map<string, string>(rows.map(row => [row.hash, row.spec]));
  for (const [hash, seq] of firstNamed) {
    const spec = kept.get(hash);
    if (spec === undefined) {
      const message = `The policy ${hash} that event ${seq} names is not there`;
      return { seq, hash, reason: 'policy-missing', message };
    }
    const found = hashOf(spec);
    if (found !== hash) {
      const message = `The stored policy that event ${seq} names is not the one that was in force`;
      return { seq, hash, reason: 'policy-edited', message, found };
    }
  }
  return undefined;
}

function hashOf(spec: string): string {
  try {
    return policyHash(JSON.parse(spec));
  } catch {
    return 'not JSON';
  }
}
