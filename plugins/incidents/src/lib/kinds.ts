import type { FilterPredicate } from '@backstage/filter-predicates';

/** What incidents affect. */
export const AFFECTED_KINDS = [
  'component',
  'system',
  'api',
  'resource',
  'domain',
];

/** Entities of some kinds, for a picker. */
export function ofKinds(kinds: string[]): FilterPredicate {
  return { kind: { $in: kinds } };
}

/** What incidents affect, for a picker. */
export const AFFECTED = ofKinds(AFFECTED_KINDS);

/** Who can own something, for a picker. */
export const OWNERS = ofKinds(['user', 'group']);
