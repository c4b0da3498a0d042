import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { listNames, shortName } from '../engine/people';
import { requiredReason } from '../engine/commandChecks';
import { approverOf, standsFor } from './approvers';
import { lastSigned, RevisionStanding, standingOf } from './standing';
import {
  DocumentCommand,
  ControlEvent,
  ControlEventData,
  ControlEventType,
  DocumentFacts,
  ControlState,
  FiledRevision,
  Signer,
} from './types';
import {
  capital,
  labelReuse,
  nameOfRevision,
  signatureStatement,
} from './words';

/**
 * Decides what a command does to the document control of a procedure. Pure. An
 * empty list means that there is nothing to write.
 *
 * @throws NotAllowedError when this person may not do it.
 * @throws ConflictError when the revision is not the one to be signed (any
 * more), or was signed by this person.
 * @throws InputError when reason or approver is not acceptable.
 * @throws NotFoundError when the procedure has no such revision.
 * @public
 */
export function decideControl(
  state: ControlState,
  command: DocumentCommand,
  facts: DocumentFacts,
): ControlEvent[] {
  if (command.type === 'file') {
    return file(state, command.revision, facts);
  }
  const standing = standingOf(state, facts.now);
  const stand = standing.revisions.find(
    one => one.revision.hash === command.hash,
  );
  if (!stand) {
    throw new NotFoundError(
      `${state.sopRef} has no revision with the hash ${command.hash}`,
    );
  }
  if (command.type === 'remind') {
    const { hash, dueAt, stage } = command;
    return stand.revision.reminded.includes(`${dueAt} ${stage}`)
      ? []
      : [event(state, facts, 'review.reminded', { hash, dueAt, stage })];
  }
  const signer = personOf(facts);
  switch (command.type) {
    case 'sign':
      return sign(state, stand, command, signer, facts);
    case 'reject':
      return reject(state, stand, command, signer, facts);
    case 'withdraw':
      return withdraw(state, stand, command, signer, facts);
    case 'acknowledge':
      return acknowledge(state, stand, signer, facts);
    default:
      throw new InputError(
        `Unknown command "${(command as { type: string }).type}"`,
      );
  }
}

function event<T extends ControlEventType>(
  state: ControlState,
  { now, actor }: DocumentFacts,
  type: T,
  data: ControlEventData[T],
  offset = 1,
): ControlEvent {
  return {
    seq: state.seq + offset,
    type,
    at: now,
    ...(actor ? { actor: actor.ref } : {}),
    data,
  } as ControlEvent;
}

function personOf({ actor }: DocumentFacts): Signer {
  if (actor?.kind !== 'user') {
    throw new NotAllowedError(
      `Only a person can do this; ${actor?.ref ?? 'nobody'} is not one.`,
    );
  }
  return actor;
}

function file(
  state: ControlState,
  filed: FiledRevision,
  facts: DocumentFacts,
): ControlEvent[] {
  if (filed.hash === state.current) {
    return [];
  }
  // The file speaks, not whoever happened to look at it first.
  const system = { now: facts.now };
  const known = state.revisions.some(one => one.hash === filed.hash);
  const predecessor = lastSigned(state, facts.now);
  const keptApprovers = (predecessor?.approvers ?? []).filter(
    ref => !filed.approvers.includes(ref),
  );
  const events = [
    known
      ? event(state, system, 'revision.restored', { hash: filed.hash })
      : event(state, system, 'revision.recorded', {
          ...filed,
          approvers: [...filed.approvers, ...keptApprovers],
          keptApprovers,
        }),
  ];
  const { effective } = standingOf(state, facts.now);
  if (effective && ['retired', 'superseded'].includes(filed.intention)) {
    const { hash } = effective.revision;
    events.push(event(state, system, 'revision.retired', { hash }, 2));
  }
  return events;
}

/** @throws ConflictError when this revision waits for nobody's approval. */
function assertInReview(state: ControlState, stand: RevisionStanding): void {
  const { revision, status, labelTakenBy } = stand;
  const name = nameOfRevision(revision);
  const subject = capital(name);
  if (revision.hash !== state.current) {
    throw new ConflictError(
      `The file of ${state.sopRef} has another content by now; ${name} cannot be signed any more. Look at what is in review now.`,
    );
  }
  if (labelTakenBy) {
    throw new ConflictError(labelReuse(revision, labelTakenBy));
  }
  if (revision.intention !== 'effective') {
    throw new ConflictError(
      `${subject} is not meant to be in force: its author wrote spec.lifecycle: ${revision.intention}. It can be signed once that is "effective".`,
    );
  }
  if (revision.rejection) {
    throw new ConflictError(
      `${revision.rejection.name} rejected ${name}: ${revision.rejection.reason}`,
    );
  }
  if (status === 'superseded') {
    throw new ConflictError(
      `${subject} was replaced by a newer one. To bring its content back, give it a new label in spec.document.revision.`,
    );
  }
}

function sign(
  state: ControlState,
  stand: RevisionStanding,
  command: Extract<DocumentCommand, { type: 'sign' }>,
  signer: Signer,
  facts: DocumentFacts,
): ControlEvent[] {
  const { hash, meaning } = command;
  const { revision } = stand;
  if (meaning === 'review') {
    return review(state, stand, command, signer, facts);
  }
  if (meaning !== 'approval') {
    throw new InputError(
      `meaning: found "${meaning}"; allowed: approval, review`,
    );
  }
  const { refusal } = standsFor(stand, signer);
  if (refusal) {
    throw new NotAllowedError(refusal);
  }
  const mine = revision.signatures.find(
    one => one.by === signer.ref && one.meaning === meaning && !one.withdrawn,
  );
  if (mine) {
    throw new ConflictError(
      `You have signed ${nameOfRevision(revision)} for ${shortName(
        mine.approver ?? '',
      )} already. One person signs once, whatever groups they are in.`,
    );
  }
  assertInReview(state, stand);
  const approver = approverOf(stand, signer, command.approver);
  const reason = requiredReason(command.reason);
  return [
    event(state, facts, 'signature.given', {
      hash,
      meaning,
      name: signer.name,
      reason,
      approver,
      statement: signatureStatement(state.sopRef, revision, {
        meaning,
        name: signer.name,
        approver,
      }),
    }),
  ];
}

/** A look at a revision that found it right; restarts the interval of review. */
function review(
  state: ControlState,
  { revision, status }: RevisionStanding,
  command: Extract<DocumentCommand, { type: 'sign' }>,
  signer: Signer,
  facts: DocumentFacts,
): ControlEvent[] {
  const reviewers = [...new Set([revision.owner, ...revision.approvers])];
  if (!reviewers.some(ref => signer.ownershipEntityRefs.includes(ref))) {
    throw new NotAllowedError(
      `Only ${listNames(reviewers)} may review ${nameOfRevision(revision)}.`,
    );
  }
  if (status !== 'effective' && revision.hash !== state.current) {
    throw new ConflictError(
      `${capital(
        nameOfRevision(revision),
      )} is ${status}; review the revision in force, or what is in the file now.`,
    );
  }
  const reason = requiredReason(command.reason);
  return [
    event(state, facts, 'signature.given', {
      hash: revision.hash,
      meaning: 'review',
      name: signer.name,
      reason,
      statement: signatureStatement(state.sopRef, revision, {
        meaning: 'review',
        name: signer.name,
      }),
    }),
  ];
}

function reject(
  state: ControlState,
  stand: RevisionStanding,
  command: Extract<DocumentCommand, { type: 'reject' }>,
  signer: Signer,
  facts: DocumentFacts,
): ControlEvent[] {
  const { refusal } = standsFor(stand, signer);
  if (refusal) {
    throw new NotAllowedError(refusal.replace('may approve', 'may reject'));
  }
  assertInReview(state, stand);
  assertNotInForce(stand, 'reject');
  const approver =
    command.approver ??
    stand.revision.approvers.find(ref =>
      signer.ownershipEntityRefs.includes(ref),
    )!;
  if (
    !stand.revision.approvers.includes(approver) ||
    !signer.ownershipEntityRefs.includes(approver)
  ) {
    throw new NotAllowedError(`You cannot reject for ${shortName(approver)}.`);
  }
  const reason = requiredReason(command.reason);
  const { hash } = command;
  return [
    event(state, facts, 'revision.rejected', {
      hash,
      name: signer.name,
      reason,
      approver,
    }),
  ];
}

/** Takes back one's own approval or rejection, as long as nothing rests on it. */
function withdraw(
  state: ControlState,
  stand: RevisionStanding,
  command: Extract<DocumentCommand, { type: 'withdraw' }>,
  signer: Signer,
  facts: DocumentFacts,
): ControlEvent[] {
  const { revision } = stand;
  const mine =
    revision.rejection?.by === signer.ref ||
    revision.signatures.some(
      one =>
        one.by === signer.ref && one.meaning === 'approval' && !one.withdrawn,
    );
  if (!mine) {
    throw new ConflictError(
      `You have neither approved nor rejected ${nameOfRevision(revision)}.`,
    );
  }
  assertNotInForce(stand, 'withdraw a signature from');
  const reason = requiredReason(command.reason);
  const { hash } = command;
  return [
    event(state, facts, 'signature.withdrawn', {
      hash,
      name: signer.name,
      reason,
    }),
  ];
}

function assertNotInForce(stand: RevisionStanding, what: string): void {
  if (!['draft', 'in-review', 'approved'].includes(stand.status)) {
    throw new ConflictError(
      `Nobody can ${what} a revision that is or was in force. Retire the procedure (spec.lifecycle: retired), or file and sign a newer revision.`,
    );
  }
}

function acknowledge(
  state: ControlState,
  { revision, status, inForceFrom }: RevisionStanding,
  signer: Signer,
  facts: DocumentFacts,
): ControlEvent[] {
  if (facts.acknowledged) {
    return [];
  }
  // A run that was started from it may still go on.
  const wasInForce = inForceFrom !== undefined && inForceFrom <= facts.now;
  if (status !== 'effective' && !wasInForce && !revision.retiredAt) {
    throw new ConflictError(
      `${capital(
        nameOfRevision(revision),
      )} is ${status}; what is not in force need not be acknowledged.`,
    );
  }
  const { hash } = revision;
  return [
    event(state, facts, 'revision.acknowledged', {
      hash,
      name: signer.name,
      statement: `${signer.name} has read and understood ${nameOfRevision(
        revision,
      )} of ${state.sopRef} (${hash}).`,
    }),
  ];
}
