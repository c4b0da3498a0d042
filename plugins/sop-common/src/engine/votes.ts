import { ApprovalStep } from '../model/types';
import { tighteningOf } from '../policy/tightenStep';
import { ownersOf, resolveExcluded } from './people';
import { Facts, RunState, Vote } from './types';

/** How an approval stands. @public */
export interface Tally {
  /** People who may vote now. */
  eligible: string[];
  /** Approvals needed. */
  required: number;
  approvals: number;
  rejections: number;
  outcome: 'open' | 'approved' | 'rejected';
}

/**
 * Counts the votes of an approval. One person has one vote, however many of the
 * person's groups are potential owners; an excluded person has none.
 *
 * `quorum: all` needs everybody eligible, `majority` more than half of them
 * (floor(n / 2) + 1), a number exactly that many, even when fewer people are
 * eligible: then it stays open rather than pass. A policy may need more, and
 * never makes it fewer: whom only a policy excludes still counts in the size of
 * a majority, though not among `all`, who could never be complete otherwise. A
 * rejection ends it at once unless `veto` is false; then it ends when the
 * approvals still possible no longer reach the quorum.
 * @public
 */
export function tally(
  state: RunState,
  step: ApprovalStep,
  votes: Vote[],
  facts: Pick<Facts, 'spec' | 'members'>,
): Tally {
  const people = electorate(state, step, votes, facts);
  const counted = [
    ...new Map(
      votes
        .filter(vote => people.has(vote.by))
        .map(vote => [vote.by, vote.decision]),
    ).values(),
  ];
  const approvals = counted.filter(one => one === 'approve').length;
  const rejections = counted.length - approvals;
  const { minQuorum = 1, ownExcludedOwners } = tighteningOf(step) ?? {};
  const byProcedure = ownExcludedOwners
    ? electorate(
        state,
        { ...step, excludedOwners: [...ownExcludedOwners] },
        votes,
        facts,
      )
    : people;
  const required = Math.max(
    requiredVotes(step, people.size, byProcedure.size),
    minQuorum,
  );
  let outcome: Tally['outcome'] = 'open';
  if (rejections > 0 && step.veto !== false) {
    outcome = 'rejected';
  } else if (approvals >= required) {
    outcome = 'approved';
  } else if (rejections > 0 && people.size - rejections < required) {
    outcome = 'rejected';
  }
  return {
    eligible: [...people].sort(),
    required,
    approvals,
    rejections,
    outcome,
  };
}

/** The people who may vote on a step. */
function electorate(
  state: RunState,
  step: ApprovalStep,
  votes: Vote[],
  facts: Pick<Facts, 'spec' | 'members'>,
): Set<string> {
  const excluded = new Set(
    resolveExcluded(state, step).flatMap(ref => [
      ref,
      ...(facts.members?.[ref] ?? []),
    ]),
  );
  // Everybody who voted had the right to at that moment, also when a group's
  // list of members has not caught up.
  return new Set(
    [
      ...ownersOf(state, facts.spec, step).flatMap(ref =>
        ref.startsWith('user:') ? [ref] : facts.members?.[ref] ?? [],
      ),
      ...votes.map(vote => vote.by),
    ].filter(ref => !excluded.has(ref)),
  );
}

function requiredVotes(
  step: ApprovalStep,
  eligible: number,
  eligibleByProcedure: number,
): number {
  if (step.quorum === 'all') {
    return Math.max(1, eligible);
  }
  if (step.quorum === 'majority') {
    return Math.floor(eligibleByProcedure / 2) + 1;
  }
  return step.quorum ?? 1;
}
