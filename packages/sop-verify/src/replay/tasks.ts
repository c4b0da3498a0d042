import { evidenceProblem } from './evidence';
import { holds } from './expressions';
import { children, idsIn } from './outline';
import {
  count,
  excluded,
  fullRef,
  hasBasis,
  isPerson,
  isText,
  owners,
} from './people';
import { Replay, TEXT } from './Replay';
import { isHuman } from './settle';
import { isInstant } from './times';
import { Event, JsonObject, Step } from './types';

/** The person behind an event, who must have the right to it. */
function person(replay: Replay, event: Event, step: Step): string {
  const { actor } = event;
  const { basis } = event.data;
  const state = replay.step(step.id);
  const where = `Event ${event.seq} (${event.type} of "${step.id}")`;
  if (!isHuman(step)) {
    replay.refuse('order', `${where}: the step waits for nobody`);
  }
  if (state.status !== 'ready' && state.status !== 'reserved') {
    replay.refuse('order', `${where}: the step is ${state.status}`);
  }
  if (actor === undefined) {
    return replay.refuse('actor', `${where} names nobody`);
  }
  if (!isPerson(actor) && step.type !== 'manual') {
    replay.refuse('role', `${where}: ${actor} is not a person`);
  }
  const barred = excluded(replay.run, step);
  if (barred.includes(actor) || barred.includes(String(basis))) {
    replay.refuse('four-eyes', `${where}: ${actor} is excluded from this step`);
  }
  const allowed = owners(replay.run, replay.procedure, step.role!);
  if (!hasBasis(actor, basis, allowed)) {
    replay.refuse(
      'role',
      `${where}: ${actor} has no right to it by ${
        basis ?? 'any group'
      }; the role is ${allowed.join(', ') || 'nobody'}`,
    );
  }
  if (state.claimedBy && state.claimedBy !== actor) {
    replay.refuse('claim', `${where}: ${state.claimedBy} had claimed it`);
  }
  return actor;
}

function reasonOf(replay: Replay, event: Event, value: unknown): void {
  if (!isText(value)) {
    replay.refuse(
      'reason',
      `Event ${event.seq} (${event.type}) has no acceptable reason`,
    );
  }
}

function commentOf(replay: Replay, event: Event): string | undefined {
  const { comment } = event.data;
  if (comment !== undefined && !isText(comment)) {
    replay.refuse('content', `Event ${event.seq} has no acceptable comment`);
  }
  return comment as string | undefined;
}

const TRAINED = 'acknowledgedAt';

/** Who has to have read the revision must have done so before. */
function trained(replay: Replay, event: Event): void {
  const { acknowledgedAt } = event.data;
  const asked =
    replay.procedure.document?.training === 'required' && !replay.run.rehearsal;
  const good = asked
    ? isInstant(acknowledgedAt) && acknowledgedAt <= event.at
    : acknowledgedAt === undefined;
  if (!good) {
    replay.refuse(
      'training',
      asked
        ? `Event ${event.seq} (${event.type}): ${event.actor} had not acknowledged the revision`
        : `Event ${event.seq} (${event.type}) speaks of an acknowledgement that nobody asked for`,
    );
  }
}

export function claimed(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepId', 'basis'], [TRAINED]);
  const actor = person(replay, event, step);
  trained(replay, event);
  if (
    step.type === 'approval' ||
    step.type === 'tour' ||
    replay.step(step.id).claimedBy
  ) {
    replay.refuse(
      'claim',
      `Event ${event.seq} claims "${step.id}", which cannot be claimed now`,
    );
  }
  replay.touch(step.id, { status: 'reserved', claimedBy: actor });
}

export function released(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepId', 'basis']);
  const { claimedBy, status } = replay.step(step.id);
  const { actor = '' } = event;
  if (!claimedBy || status !== 'reserved') {
    replay.refuse('claim', `Event ${event.seq} releases what nobody claimed`);
  }
  const own = claimedBy === actor && event.data.basis === actor;
  if (
    !own &&
    (claimedBy === actor ||
      !hasBasis(actor, event.data.basis, [fullRef(replay.procedure.owner)]))
  ) {
    replay.refuse(
      'role',
      `Event ${event.seq}: ${actor} may not release what ${claimedBy} claimed`,
    );
  }
  replay.touch(step.id, { status: 'ready', claimedBy: undefined });
}

export function completed(replay: Replay, event: Event, step: Step): void {
  const { data } = event;
  if (step.type === 'manual') {
    replay.fields(event, ['stepId', 'basis'], ['evidence', 'comment', TRAINED]);
    const actor = person(replay, event, step);
    trained(replay, event);
    const evidence = (data.evidence ?? {}) as JsonObject;
    const problem =
      data.evidence !== undefined && Object.keys(evidence).length === 0
        ? 'it is empty'
        : evidenceProblem(step.evidence ?? [], evidence);
    if (problem) {
      replay.refuse(
        'evidence',
        `Event ${event.seq} completes "${step.id}" with evidence that is not acceptable: ${problem}`,
      );
    }
    for (const { that } of step.assert ?? []) {
      let good = false;
      try {
        good = holds(that, replay.context({ evidence }));
      } catch {
        good = false;
      }
      if (!good) {
        replay.refuse(
          'evidence',
          `Event ${event.seq} completes "${step.id}" although ${that} does not hold`,
        );
      }
    }
    replay.did(step.id, actor);
    replay.complete(step.id, {
      evidence: data.evidence as JsonObject | undefined,
      output: undefined,
      comment: commentOf(replay, event),
    });
    return;
  }
  if (step.type === 'handoff') {
    replay.fields(event, ['stepId', 'basis', 'output'], ['comment', TRAINED]);
    const actor = person(replay, event, step);
    trained(replay, event);
    if (JSON.stringify(data.output) !== '{"decision":"accepted"}') {
      replay.refuse('content', `Event ${event.seq} does not say "accepted"`);
    }
    replay.did(step.id, actor);
    replay.complete(step.id, {
      output: data.output,
      comment: commentOf(replay, event),
    });
    return;
  }
  if (step.type === 'tour') {
    tourFinished(replay, event, step);
    return;
  }
  replay.refuse(
    'order',
    `Event ${event.seq} completes "${step.id}" out of turn`,
  );
}

function tourFinished(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepId', 'basis', 'output']);
  const actor = person(replay, event, step);
  const output = event.data.output as JsonObject;
  if (
    output?.tour !== step.tour ||
    output.reportedBy !== 'service:plugin:onboarding'
  ) {
    replay.refuse(
      'content',
      `Event ${event.seq} does not say that the tour ${step.tour} was reported as finished`,
    );
  }
  replay.did(step.id, actor);
  replay.complete(step.id, { output });
}

export function voted(replay: Replay, event: Event, step: Step): void {
  replay.fields(
    event,
    ['stepId', 'decision', 'basis', 'required', 'eligible'],
    ['reason', TRAINED],
  );
  const actor = person(replay, event, step);
  trained(replay, event);
  const state = replay.step(step.id);
  const { decision, reason, eligible, required } = event.data;
  if (
    step.type !== 'approval' ||
    (decision !== 'approve' && decision !== 'reject')
  ) {
    replay.refuse('content', `Event ${event.seq} is not a vote`);
  }
  if (state.votes.some(vote => vote.by === actor)) {
    replay.refuse('quorum', `Event ${event.seq}: ${actor} has voted already`);
  }
  const rule = step.reason ?? 'always';
  if (
    rule === 'always' ||
    (rule === 'on-reject' && decision === 'reject') ||
    reason !== undefined
  ) {
    reasonOf(replay, event, reason);
  }
  const votes = [
    ...state.votes,
    {
      by: actor,
      decision: String(decision),
      reason: reason as string | undefined,
      at: event.at,
    },
  ];
  checkElectorate(replay, event, step, votes);
  const barred = excluded(replay.run, step);
  const result = count(step, votes, barred, Number(eligible));
  if (required !== result.required) {
    replay.refuse(
      'quorum',
      `Event ${event.seq} says that ${required} approvals are needed; by the procedure it is ${result.required} of ${eligible}`,
    );
  }
  replay.touch(step.id, { votes });
  replay.did(step.id, actor);
  if (result.outcome === 'approved') {
    const output = { decision: 'approved', approvals: result.approvals };
    replay.expect('step.completed', { stepId: step.id, output });
    replay.complete(step.id, { output });
  } else if (result.outcome === 'rejected') {
    sendBack(replay, step, step.onReject?.returnTo);
  }
}

/** As many people as the journal says must at least have been there. */
function checkElectorate(
  replay: Replay,
  event: Event,
  step: Step,
  votes: Array<{ by: string }>,
): void {
  const { eligible } = event.data;
  const refs = owners(replay.run, replay.procedure, step.role!);
  const barred = excluded(replay.run, step);
  const groupBarred = barred.some(ref => !isPerson(ref));
  const known = new Set(
    [
      ...(groupBarred ? [] : refs.filter(isPerson)),
      ...votes.map(vote => vote.by),
    ].filter(ref => !barred.includes(ref)),
  );
  const onlyPeople = refs.every(isPerson) && !groupBarred;
  if (
    !Number.isInteger(eligible) ||
    Number(eligible) < known.size ||
    (onlyPeople && eligible !== known.size)
  ) {
    replay.refuse(
      'quorum',
      `Event ${event.seq} counts ${eligible} people; at least ${known.size} had the right to vote`,
    );
  }
}

/** The earlier step that is gone back to, and everything up to this one. */
function returnIds(
  replay: Replay,
  step: Step,
  returnTo: string | undefined,
): string[] | undefined {
  const place = replay.outline.get(step.id)!;
  const from = place.list.findIndex(one => one.id === returnTo);
  return from < 0 || from >= place.position
    ? undefined
    : place.list
        .slice(from, place.position + 1)
        .flatMap(one => [
          one.id,
          ...idsIn(children(one).map(child => child.steps)),
        ]);
}

function sendBack(
  replay: Replay,
  step: Step,
  returnTo: string | undefined,
): void {
  const ids = returnIds(replay, step, returnTo);
  if (ids) {
    replay.expect('step.reset', { stepIds: ids, reason: TEXT });
    replay.reset(ids);
    return;
  }
  replay.expect('step.failed', {
    stepId: step.id,
    error: { name: 'Rejected', message: TEXT },
  });
  replay.touch(step.id, {
    status: 'failed',
    claimedBy: undefined,
    errorName: 'Rejected',
  });
}

/** A person says that a step cannot be done, or gives a hand-over back. */
export function reported(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepId', 'basis', 'error']);
  const actor = person(replay, event, step);
  const { name, message } = event.data.error as Record<string, string>;
  const back =
    step.type === 'handoff' &&
    !returnIds(replay, step, step.onReturn?.returnTo);
  const known =
    name === 'CannotBeDone'
      ? step.type !== 'approval'
      : name === 'Returned' && back;
  if (!known) {
    replay.refuse(
      'content',
      `Event ${event.seq} says that "${step.id}" failed by ${name}, which a person cannot say of it`,
    );
  }
  reasonOf(replay, event, message);
  replay.did(step.id, actor);
  replay.touch(step.id, {
    status: 'failed',
    claimedBy: undefined,
    dispatched: false,
    dueAt: undefined,
    errorName: name,
  });
}

/** A hand-over is given back to earlier work. */
export function returned(replay: Replay, event: Event, step: Step): void {
  replay.fields(event, ['stepIds', 'reason', 'basis']);
  person(replay, event, step);
  const ids = returnIds(replay, step, step.onReturn?.returnTo);
  const { stepIds, reason } = event.data;
  if (
    step.type !== 'handoff' ||
    JSON.stringify(ids) !== JSON.stringify(stepIds)
  ) {
    replay.refuse(
      'order',
      `Event ${event.seq} puts steps back that the procedure does not name`,
    );
  }
  if (
    typeof reason !== 'string' ||
    !reason.startsWith('Returned: ') ||
    !isText(reason.slice('Returned: '.length))
  ) {
    replay.refuse('reason', `Event ${event.seq} has no acceptable reason`);
  }
  replay.reset(ids!);
}
