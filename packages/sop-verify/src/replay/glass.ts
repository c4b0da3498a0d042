import {
  fullRef,
  hasBasis,
  isPerson,
  isText,
  REVIEW_ROLE,
  roleOwners,
} from './people';
import { fits } from './prediction';
import { Replay } from './Replay';
import { after } from './times';
import { Event, Json, Step } from './types';

const REVIEW_WITHIN = 'P2D';

/** What the review of a skipped gate asks for. */
const REVIEW_EVIDENCE = [
  { id: 'justified', kind: 'choice', options: ['yes', 'no'], required: true },
  { id: 'finding', kind: 'text', multiline: true, required: true },
];

/** The gates of a step that somebody may skip now. */
function gatesOf(replay: Replay, { id, type }: Step): string[] {
  const { status, blocked } = replay.step(id);
  const votes =
    type === 'approval' && ['ready', 'reserved', 'blocked'].includes(status);
  return [
    ...(votes ? ['approval'] : []),
    ...(blocked?.blocks ?? []).map(({ kind }) => kind),
  ];
}

function ownersByRole(replay: Replay, role: string | undefined): string[] {
  return role === undefined
    ? []
    : roleOwners(replay.run, replay.procedure, role);
}

/** Who reviews it: the role for that, else owner and approvers of the procedure. */
function reviewersOf(replay: Replay): string[] {
  const { breakGlass, owner, document } = replay.procedure;
  const named = ownersByRole(replay, breakGlass?.reviewer);
  const approvers: string[] = document?.approvers ?? [];
  return named.length > 0
    ? named
    : [...new Set([owner, ...approvers].map(fullRef))];
}

/** A person skips gates in an emergency; somebody else must review that. */
export function glassBroken(replay: Replay, event: Event, step: Step): void {
  const { run, procedure } = replay;
  const { actor = '', data } = event;
  const where = `Event ${event.seq} (${event.type} of "${step.id}")`;
  replay.fields(event, [
    ...['stepId', 'attempt', 'skips', 'reason', 'basis'],
    ...['reviewId', 'reviewDueAt', 'reviewers', 'excludedOwners'],
  ]);
  const { breakGlass } = procedure;
  const allowed = [
    run.initiator,
    fullRef(procedure.owner),
    ...ownersByRole(replay, breakGlass?.role),
  ];
  if (!isPerson(actor) || !hasBasis(actor, data.basis, allowed)) {
    replay.refuse('role', `${where}: ${actor || 'nobody'} may not do that`);
  }
  const { attempt, blocked } = replay.step(step.id);
  const gates = gatesOf(replay, step);
  const skips = (Array.isArray(data.skips) ? data.skips : []).map(String);
  if (
    skips.length === 0 ||
    new Set(skips).size < skips.length ||
    skips.some(one => !gates.includes(one)) ||
    data.attempt !== (blocked?.attempt ?? attempt)
  ) {
    replay.refuse(
      'glass',
      `${where} skips ${skips.join(', ') || 'nothing'} in attempt ${
        data.attempt
      }; what keeps it is ${gates.join(', ') || 'nothing'}`,
    );
  }
  if (!isText(data.reason)) {
    replay.refuse('reason', `${where} has no acceptable reason`);
  }
  const by = [...run.glass.map(one => one.by), actor];
  const review = {
    reviewId: `review:${run.glass.length + 1}`,
    reviewDueAt: after(event.at, breakGlass?.reviewWithin ?? REVIEW_WITHIN),
    reviewers: reviewersOf(replay),
    excludedOwners: [...new Set(by)].sort(),
  };
  for (const [key, value] of Object.entries(review)) {
    if (!fits(data[key], value as Json)) {
      replay.refuse(
        'review',
        `${where} says ${key} ${JSON.stringify(
          data[key],
        )}; by the procedure it is ${JSON.stringify(value)}`,
      );
    }
  }
  replay.did(step.id, actor);
  const known = replay.step(step.id).skips ?? [];
  replay.touch(step.id, { skips: [...new Set([...known, ...skips])] });
  replay.addReview(reviewTask(review.reviewId, run.glass.length, by));
  run.glass = [...run.glass, { by: actor, reviewers: review.reviewers }];
  if (replay.step(step.id).status !== 'blocked') {
    approvalSkipped(replay, step);
  }
}

function reviewTask(id: string, n: number, by: string[]): Step {
  return {
    id,
    type: 'manual',
    name: id,
    role: `${REVIEW_ROLE}${n}`,
    excludedOwners: [...new Set(by)],
    evidence: REVIEW_EVIDENCE,
  };
}

/** An approval that was skipped is over without votes. */
export function approvalSkipped(replay: Replay, { id, type }: Step): void {
  if (type !== 'approval' || !replay.step(id).skips?.includes('approval')) {
    return;
  }
  const output = { decision: 'skipped', breakGlass: true };
  const policies = replay.policies.under(id);
  replay.expect('step.completed', { stepId: id, output, policies });
  replay.complete(id, {
    output,
    evidence: undefined,
    comment: undefined,
  });
}
