import { shortName } from '../engine/people';
import type { ControlStanding, RevisionStanding } from './standing';
import { ControlledRevision, SignatureMeaning } from './types';

/** A revision as people call it. @public */
export function nameOfRevision(
  revision: Pick<ControlledRevision, 'hash' | 'label'>,
): string {
  return revision.label === undefined
    ? `revision ${revision.hash.slice(0, 12)}`
    : `revision ${revision.label}`;
}

/** What a person puts their name under. Becomes part of the record. @public */
export function signatureStatement(
  sopRef: string,
  revision: ControlledRevision,
  signature: { meaning: SignatureMeaning; name: string; approver?: string },
): string {
  const { meaning, name, approver } = signature;
  const document = [
    nameOfRevision(revision),
    `of ${revision.title}`,
    `(${sopRef}, content ${revision.hash})`,
  ].join(' ');
  return meaning === 'approval'
    ? `${name} approves ${document} for ${shortName(approver ?? '')}.`
    : `${name} has reviewed ${document}.`;
}

/** "a", "a and b", "a, b and c". */
function list(names: string[]): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

/** A name at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

/** Why a revision whose label belongs to another content cannot be used. @public */
export function labelReuse(
  revision: ControlledRevision,
  owner: ControlledRevision,
): string {
  const short = (hash: string) => hash.slice(0, 12);
  const day = owner.recordedAt.slice(0, 10);
  return `Label reuse: revision "${revision.label}" is the content ${short(
    owner.hash,
  )}, recorded on ${day}; this one is ${short(
    revision.hash,
  )}. Give the changed content another label in spec.document.revision.`;
}

/** How one revision stands, as a sentence. @public */
export function revisionSentence(stand: RevisionStanding): string {
  const { revision, status, missing, inForceFrom, labelTakenBy } = stand;
  const name = capital(nameOfRevision(revision));
  const day = inForceFrom?.slice(0, 10);
  if (status === 'effective') {
    const signers = revision.signatures
      .filter(one => one.meaning === 'approval' && !one.withdrawn)
      .map(one => one.name);
    return signers.length
      ? `${name} is in force since ${day}, signed by ${list(signers)}.`
      : `${name} is in force since ${day}, unsigned: its document names no approvers.`;
  }
  if (labelTakenBy) {
    return labelReuse(revision, labelTakenBy);
  }
  if (status === 'approved') {
    return `${name} comes into force on ${day}.`;
  }
  if (status === 'in-review') {
    return revision.intention === 'effective'
      ? `${name} is in review: ${list(
          missing.map(shortName),
        )} must still sign it.`
      : `${name} is in review; nobody signs it before spec.lifecycle is "effective".`;
  }
  if (status === 'draft') {
    return revision.rejection
      ? `${revision.rejection.name} rejected ${nameOfRevision(revision)}: ${
          revision.rejection.reason
        }`
      : `${name} is a draft: its author wrote spec.lifecycle: ${revision.intention}.`;
  }
  return status === 'retired'
    ? `${name} is retired.`
    : `${name} is superseded. To use its content again, give it a new label in spec.document.revision.`;
}

/** How a procedure stands: what is in force, then what is in the file. @public */
export function controlSentence(standing: ControlStanding): string {
  const { effective, current } = standing;
  return [
    effective ? revisionSentence(effective) : 'No revision is in force.',
    ...(current && current !== effective ? [revisionSentence(current)] : []),
  ].join(' ');
}
