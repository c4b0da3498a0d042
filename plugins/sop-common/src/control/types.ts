import { SopLifecycle } from '../model/types';

/**
 * Where a revision stands. Computed from signatures, dates and what came after
 * it; a document cannot claim it.
 * @public
 */
export type RevisionStatus =
  /** Not meant to be in force, or rejected by an approver. */
  | 'draft'
  /** Waits for signatures. */
  | 'in-review'
  /** Signed by everybody, and its date lies ahead. */
  | 'approved'
  /** In force: what a run is started from. */
  | 'effective'
  /** A newer revision or file has taken its place. */
  | 'superseded'
  /** The file said that the procedure is no longer used. */
  | 'retired';

/** What a signature says (21 CFR 11.50). @public */
export type SignatureMeaning = 'approval' | 'review';

/** Somebody put their name under the content of a revision. @public */
export interface RevisionSignature {
  /** Number of the event that says so. */
  seq: number;
  meaning: SignatureMeaning;
  /** Entity ref of the person. */
  by: string;
  /** Printed name, as the catalog had it then. */
  name: string;
  at: string;
  reason: string;
  /** Approval: the approver named in the document that the person stands for. */
  approver?: string;
  withdrawn?: { at: string; reason: string };
}

/** An approver's no. @public */
export interface RevisionRejection {
  seq: number;
  by: string;
  name: string;
  at: string;
  reason: string;
  approver: string;
}

/** A revision as its document control knows it. @public */
export interface ControlledRevision {
  /** SHA-256 of the canonical JSON of the spec. */
  hash: string;
  title: string;
  number?: string;
  /** Label of the revision. */
  label?: string;
  /** What the author wants it to be: `spec.lifecycle`. */
  intention: SopLifecycle;
  effectiveFrom?: string;
  reviewEvery?: string;
  training?: 'required' | 'none';
  owner: string;
  /** Whose approval it needs: those it names, then those who signed what was in force. */
  approvers: string[];
  /** Those of `approvers` that the document itself no longer names. */
  keptApprovers: string[];
  recordedAt: string;
  /** Number of the event that recorded it. */
  recordedSeq: number;
  /** When, and by which event, it last became the content of the file. */
  filedAt: string;
  filedSeq: number;
  signatures: RevisionSignature[];
  rejection?: RevisionRejection;
  retiredAt?: string;
  /** What the owner was told of: `<when a review is due> <stage>`. */
  reminded: string[];
}

/** Document control of one procedure; a fold of its journal. @public */
export interface ControlState {
  sopRef: string;
  /** Number of the last event. */
  seq: number;
  /** Hash of the revision that the file in the catalog has now. */
  current: string;
  /** In the order they were recorded. */
  revisions: ControlledRevision[];
  /** Number of the event that retired the procedure last. */
  retiredSeq: number;
}

/** What is known of a revision when it is recorded. @public */
export interface FiledRevision {
  hash: string;
  title: string;
  number?: string;
  label?: string;
  intention: SopLifecycle;
  effectiveFrom?: string;
  reviewEvery?: string;
  training?: 'required' | 'none';
  owner: string;
  approvers: string[];
}

/** @public */
export interface ControlEventData {
  /** The file has content that was never seen before. */
  'revision.recorded': FiledRevision & { keptApprovers: string[] };
  /** The file has the content of a known revision again. */
  'revision.restored': { hash: string };
  /** The file says that the procedure is retired: this one was in force. */
  'revision.retired': { hash: string };
  'signature.given': {
    hash: string;
    meaning: SignatureMeaning;
    name: string;
    reason: string;
    approver?: string;
    /** What was signed, as a sentence. */
    statement: string;
  };
  'signature.withdrawn': { hash: string; name: string; reason: string };
  'revision.rejected': {
    hash: string;
    name: string;
    reason: string;
    approver: string;
  };
  'revision.acknowledged': { hash: string; name: string; statement: string };
  'review.reminded': {
    hash: string;
    dueAt: string;
    stage: 'due' | 'overdue';
  };
}

/** @public */
export type ControlEventType = keyof ControlEventData;

/** Something that happened to the document. @public */
export type ControlEvent = {
  [T in ControlEventType]: {
    seq: number;
    type: T;
    at: string;
    actor?: string;
    data: ControlEventData[T];
  };
}[ControlEventType];

/** @public */
export type DocumentCommand =
  | { type: 'file'; revision: FiledRevision }
  | {
      type: 'sign';
      hash: string;
      meaning: SignatureMeaning;
      reason: string;
      approver?: string;
    }
  | { type: 'withdraw'; hash: string; reason: string }
  | { type: 'reject'; hash: string; reason: string; approver?: string }
  | { type: 'acknowledge'; hash: string }
  | { type: 'remind'; hash: string; dueAt: string; stage: 'due' | 'overdue' };

/** Who acts on a document. @public */
export interface Signer {
  ref: string;
  kind: 'user' | 'service';
  /** The user ref and all groups. */
  ownershipEntityRefs: string[];
  /** Printed name. */
  name: string;
}

/** @public */
export interface DocumentFacts {
  /** ISO instant, UTC, milliseconds. */
  now: string;
  /** Absent for the engine itself. */
  actor?: Signer;
  /** The actor acknowledged the revision before. */
  acknowledged?: boolean;
}
