import { begun } from './deadlines';
import { deferred } from './freshness';
import { underPolicies } from './machines';
import { excluded, isPerson, owners } from './people';
import { Replay } from './Replay';
import { sendBack } from './sendBack';
import { inWindows, person, reasonOf, TRAINED, trained } from './tasks';
import { Tightened } from './tighten';
import { Event, Step, StepState } from './types';

type Votes = StepState['votes'];

export function voted(replay: Replay, event: Event, step: Step): void {
  replay.fields(
    event,
    ['stepId', 'decision', 'basis', 'required', 'eligible'],
    ['reason', 'bypassed', 'policies', TRAINED],
  );
  const actor = person(replay, event, step);
  trained(replay, event);
  underPolicies(replay, event, step);
  const { decision } = event.data;
  if (
    step.type !== 'approval' ||
    (decision !== 'approve' && decision !== 'reject')
  ) {
    replay.refuse('content', `Event ${event.seq} is not a vote`);
  }
  if (decision === 'approve') {
    inWindows(replay, event, step);
  } else if (event.data.bypassed !== undefined) {
    replay.refuse(
      'content',
      `Event ${event.seq} rejects, for which no window counts, and names some`,
    );
  }
  const before = replay.step(step.id).votes;
  if (before.some(vote => vote.by === actor)) {
    replay.refuse('quorum', `Event ${event.seq}: ${actor} has voted already`);
  }
  const reason = reasonFor(replay, event, step);
  const vote = { by: actor, decision: String(decision), reason, at: event.at };
  const votes = [...before, vote];
  const result = count(replay, event, replay.policies.of(step.id), votes);
  replay.touch(step.id, { votes });
  replay.did(step.id, actor);
  begun(replay, step.id);
  if (result.outcome === 'approved') {
    const { approvals } = result;
    if (!deferred(replay, step.id, approvals)) {
      const output = { decision: 'approved', approvals };
      const policies = replay.policies.under(step.id);
      replay.expect('step.completed', { stepId: step.id, output, policies });
      replay.complete(step.id, { output });
    }
  } else if (result.outcome === 'rejected') {
    sendBack(replay, step, step.onReject?.returnTo, 'Rejected');
  }
}

function reasonFor(
  replay: Replay,
  event: Event,
  step: Step,
): string | undefined {
  const { decision, reason } = event.data;
  const rule = step.reason ?? 'always';
  if (
    rule === 'always' ||
    (rule === 'on-reject' && decision === 'reject') ||
    reason !== undefined
  ) {
    reasonOf(replay, event, reason);
  }
  return reason as string | undefined;
}

/** Whether an approval's votes pass it, end it, or leave it open. */
function count(
  replay: Replay,
  event: Event,
  tightened: Tightened,
  votes: Votes,
): { approvals: number; outcome: 'open' | 'approved' | 'rejected' } {
  const { step } = tightened;
  assertElectorate(replay, event, step, votes);
  const eligible = Number(event.data.eligible);
  const required = Number(event.data.required);
  assertRequired(replay, event, tightened, votes);
  const barred = excluded(replay.run, step);
  const decisions = votes
    .filter(({ by }) => !barred.includes(by))
    .map(({ decision }) => decision);
  const approvals = decisions.filter(one => one === 'approve').length;
  const rejections = decisions.length - approvals;
  if (rejections > 0 && step.veto !== false) {
    return { approvals, outcome: 'rejected' };
  }
  if (approvals >= required) {
    return { approvals, outcome: 'approved' };
  }
  const hopeless = rejections > 0 && eligible - rejections < required;
  return { approvals, outcome: hopeless ? 'rejected' : 'open' };
}

/** Those of whom the journal tells that they may vote, and whether that is all. */
function electorate(
  replay: Replay,
  step: Step,
  barred: string[],
  votes: Votes,
): { known: string[]; isAll: boolean } {
  const refs = owners(replay.run, replay.procedure, step);
  const groupBarred = barred.some(ref => !isPerson(ref));
  const known = [
    ...(groupBarred ? [] : refs.filter(isPerson)),
    ...votes.map(vote => vote.by),
  ].filter(ref => !barred.includes(ref));
  return {
    known: [...new Set(known)],
    isAll: refs.every(isPerson) && !groupBarred,
  };
}

/** As many people as the journal says must at least have been there. */
function assertElectorate(
  replay: Replay,
  event: Event,
  step: Step,
  votes: Votes,
): void {
  const { eligible } = event.data;
  const barred = excluded(replay.run, step);
  const { known, isAll } = electorate(replay, step, barred, votes);
  if (
    !Number.isInteger(eligible) ||
    Number(eligible) < known.length ||
    (isAll && eligible !== known.length)
  ) {
    replay.refuse(
      'quorum',
      `Event ${event.seq} counts ${eligible} people; at least ${known.length} had the right to vote`,
    );
  }
}

/** As many approvals as the journal says must have been needed. */
function assertRequired(
  replay: Replay,
  event: Event,
  tightened: Tightened,
  votes: Votes,
): void {
  const { step, minQuorum } = tightened;
  const eligible = Number(event.data.eligible);
  const { required } = event.data;
  let [least, most] = [1, 1];
  if (step.quorum === 'all') {
    least = Math.max(1, eligible);
    most = least;
  } else if (step.quorum === 'majority') {
    const [fewest, greatest] = byProcedure(replay, tightened, votes, eligible);
    least = Math.floor(fewest / 2) + 1;
    most = Math.floor(greatest / 2) + 1;
  } else {
    least = step.quorum ?? 1;
    most = least;
  }
  least = Math.max(least, minQuorum);
  most = Math.max(most, minQuorum);
  if (
    !Number.isInteger(required) ||
    Number(required) < least ||
    Number(required) > most
  ) {
    replay.refuse(
      'quorum',
      `Event ${
        event.seq
      } says that ${required} approvals are needed; by the procedure ${
        minQuorum > 1 ? 'and its policies ' : ''
      }it is ${
        least === most ? least : `at least ${least}`
      } with ${eligible} people`,
    );
  }
}

/**
 * A majority is one of everybody whom the procedure itself lets vote, also where
 * a policy excludes more. How many those are is not in the journal where groups
 * are involved, so what can be said is how few and how many they can be.
 */
function byProcedure(
  replay: Replay,
  { step, ownExcluded }: Tightened,
  votes: Votes,
  eligible: number,
): [number, number] {
  if (!ownExcluded) {
    return [eligible, eligible];
  }
  const own = excluded(replay.run, { ...step, excludedOwners: ownExcluded });
  const added = excluded(replay.run, step).filter(ref => !own.includes(ref));
  const { known, isAll } = electorate(replay, step, own, votes);
  if (isAll) {
    return [known.length, known.length];
  }
  const also = known.filter(ref => added.includes(ref)).length;
  const fewest = Math.max(eligible + also, known.length);
  const refs = owners(replay.run, replay.procedure, step);
  if (refs.every(isPerson)) {
    const people = new Set([...refs, ...votes.map(({ by }) => by)]);
    return [fewest, Math.max(fewest, people.size)];
  }
  const people = added.filter(isPerson).length;
  return added.some(ref => !isPerson(ref))
    ? [fewest, Infinity]
    : [fewest, Math.max(fewest, eligible + people)];
}
