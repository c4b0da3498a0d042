import { evidenceProblem } from './evidence';
import { holds } from './expressions';
import { isHuman } from './human';
import { underPolicies } from './machines';
import {
  excluded,
  fullRef,
  hasBasis,
  isPerson,
  isText,
  owners,
} from './people';
import { begun } from './deadlines';
import { fits } from './prediction';
import { Replay } from './Replay';
import { returnIds } from './sendBack';
import { isInstant } from './times';
import { Event, JsonObject, Step } from './types';
import { bypassed, closedWindows } from './windows';

const isReview = ({ outline }: Replay, { id }: Step) =>
  Boolean(outline.get(id)?.reviews);

/** The person behind an event, who must have the right to it. */
export function person(replay: Replay, event: Event, step: Step): string {
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
  const machinesToo = step.type === 'manual' && !isReview(replay, step);
  if (!isPerson(actor) && !machinesToo) {
    replay.refuse('role', `${where}: ${actor} is not a person`);
  }
  const barred = excluded(replay.run, step);
  if (barred.includes(actor) || barred.includes(String(basis))) {
    replay.refuse('four-eyes', `${where}: ${actor} is excluded from this step`);
  }
  const allowed = owners(replay.run, replay.procedure, step);
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
  if (state.deferred) {
    replay.refuse(
      'order',
      `${where}: the approvals are in, and wait for fresh checks`,
    );
  }
  return actor;
}

export function reasonOf(replay: Replay, event: Event, value: unknown): void {
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

export const TRAINED = 'acknowledgedAt';

/** Who has to have read the revision must have done so before. */
export function trained(replay: Replay, event: Event): void {
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

/** What somebody does takes effect within the windows of the step only. */
export function inWindows(replay: Replay, event: Event, step: Step): void {
  let names: string[] = [];
  let waived: string[] | undefined;
  try {
    names = closedWindows(replay, step);
    waived = bypassed(replay, step, true);
  } catch (error) {
    replay.refuse(
      'window',
      `Event ${event.seq}: the windows of "${step.id}" cannot be evaluated: ${
        (error as Error).message
      }`,
    );
  }
  if (names.length > 0) {
    replay.refuse(
      'window',
      `Event ${event.seq} (${event.type} of "${step.id}") is dated ${
        event.at
      }, when the window ${names.join(', ')} was closed`,
    );
  }
  if (!fits(event.data.bypassed, waived)) {
    replay.refuse(
      'window',
      `Event ${event.seq} does not name the windows that were passed by: ${
        waived?.join(', ') ?? 'none'
      }`,
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
  begun(replay, step.id);
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
    replay.fields(
      event,
      ['stepId', 'basis'],
      ['evidence', 'comment', 'bypassed', 'policies', TRAINED],
    );
    const actor = person(replay, event, step);
    trained(replay, event);
    underPolicies(replay, event, step);
    inWindows(replay, event, step);
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
    replay.fields(
      event,
      ['stepId', 'basis', 'output'],
      ['comment', 'bypassed', 'policies', TRAINED],
    );
    const actor = person(replay, event, step);
    trained(replay, event);
    underPolicies(replay, event, step);
    inWindows(replay, event, step);
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
  replay.fields(event, ['stepId', 'basis', 'output'], ['policies']);
  const actor = person(replay, event, step);
  underPolicies(replay, event, step);
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
      ? step.type !== 'approval' && !isReview(replay, step)
      : name === 'Returned' && back;
  if (!known) {
    replay.refuse(
      'content',
      `Event ${event.seq} says that "${step.id}" failed by ${name}, which a person cannot say of it`,
    );
  }
  reasonOf(replay, event, message);
  replay.did(step.id, actor);
  replay.failed(step.id, name);
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
