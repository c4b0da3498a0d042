import {
  ControlledRevision,
  ControlState,
  RevisionSignature,
  RevisionStatus,
} from './types';

/** How a revision stands at an instant. @public */
export interface RevisionStanding {
  revision: ControlledRevision;
  status: RevisionStatus;
  /** Approvers that have not signed yet. */
  missing: string[];
  /** Since when it is, was, or will be in force. */
  inForceFrom?: string;
  /** A revision before it that has the same label and another content. */
  labelTakenBy?: ControlledRevision;
}

/** How a procedure stands at an instant. @public */
export interface ControlStanding {
  /** The content of the file in the catalog. */
  current?: RevisionStanding;
  /** The revision in force. */
  effective?: RevisionStanding;
  /** All of them, the newest first. */
  revisions: RevisionStanding[];
}

/** Approvals that stand. @public */
export function approvalsOf(revision: ControlledRevision): RevisionSignature[] {
  return revision.signatures.filter(
    one => one.meaning === 'approval' && !one.withdrawn,
  );
}

/** Approvers that have not signed yet. @public */
export function missingApprovers(revision: ControlledRevision): string[] {
  const signed = new Set(approvalsOf(revision).map(one => one.approver));
  return revision.approvers.filter(ref => !signed.has(ref));
}

/**
 * When a revision has everything that brings it into force: each approver's
 * signature (or, without approvers, that it is filed) and its date. Nothing
 * when it lacks something.
 */
function fulfilledAt(revision: ControlledRevision): string | undefined {
  if (
    revision.intention !== 'effective' ||
    revision.rejection ||
    missingApprovers(revision).length > 0
  ) {
    return undefined;
  }
  const signed = approvalsOf(revision).map(one => one.at);
  const complete = revision.approvers.length
    ? signed.reduce((a, b) => (a > b ? a : b))
    : revision.filedAt;
  const from = revision.effectiveFrom
    ? `${revision.effectiveFrom}T00:00:00.000Z`
    : complete;
  return from > complete ? from : complete;
}

/**
 * The newest revision that all its approvers brought into force, be it retired
 * since; whoever follows it needs their signatures.
 */
export function lastSigned(
  state: ControlState,
  now: string,
): ControlledRevision | undefined {
  return [...state.revisions].reverse().find(one => {
    const fulfilled = one.approvers.length ? fulfilledAt(one) : undefined;
    return fulfilled !== undefined && fulfilled <= now;
  });
}

/**
 * What decides which of two revisions is the newer one. A signed revision has
 * its place for good; one without approvers is as new as its file.
 */
function rank(revision: ControlledRevision): number {
  return revision.approvers.length ? revision.recordedSeq : revision.filedSeq;
}

/**
 * Computes which revision is in force, and how each of them stands.
 * @param now - ISO instant
 * @public
 */
export function standingOf(state: ControlState, now: string): ControlStanding {
  const taken = new Map(
    state.revisions.map(one => [one.hash, labelTakenBy(state, one, now)]),
  );
  const candidates = state.revisions.filter(
    one =>
      fulfilledAt(one) !== undefined &&
      rank(one) > state.retiredSeq &&
      !taken.get(one.hash),
  );
  const inForce = candidates.filter(one => fulfilledAt(one)! <= now);
  // Control that was there once is not lost by a file that leaves it out.
  const isControlled = lastSigned(state, now) !== undefined;
  const [effective] = inForce
    .filter(one => !isControlled || one.approvers.length > 0)
    .sort((a, b) => rank(b) - rank(a));
  const stand = (revision: ControlledRevision): RevisionStanding => ({
    revision,
    status: statusOf(revision, { state, effective, candidates, taken }),
    missing: missingApprovers(revision),
    inForceFrom: candidates.includes(revision)
      ? fulfilledAt(revision)
      : undefined,
    labelTakenBy: taken.get(revision.hash),
  });
  const revisions = state.revisions.map(stand).reverse();
  const find = (hash: string | undefined) =>
    revisions.find(one => one.revision.hash === hash);
  return {
    revisions,
    current: find(state.current),
    effective: find(effective?.hash),
  };
}

function statusOf(
  revision: ControlledRevision,
  context: {
    state: ControlState;
    effective: ControlledRevision | undefined;
    candidates: ControlledRevision[];
    taken: Map<string, ControlledRevision | undefined>;
  },
): RevisionStatus {
  const { state, effective, candidates } = context;
  const { intention } = revision;
  if (revision === effective) {
    return 'effective';
  }
  if (revision.retiredAt || intention === 'retired') {
    return 'retired';
  }
  const isCurrent = revision.hash === state.current;
  const isNewer = !effective || rank(revision) > rank(effective);
  if (intention === 'superseded' || rank(revision) < state.retiredSeq) {
    return 'superseded';
  }
  if (candidates.includes(revision)) {
    return isNewer ? 'approved' : 'superseded';
  }
  if (!isCurrent || (intention === 'effective' && !isNewer)) {
    return 'superseded';
  }
  if (intention === 'draft' || revision.rejection) {
    return 'draft';
  }
  return 'in-review';
}

/**
 * The revision that owns the label of this one. A label belongs to the content
 * that was first signed, or in force, under it; drafts may share one.
 */
function labelTakenBy(
  state: ControlState,
  revision: ControlledRevision,
  now: string,
): ControlledRevision | undefined {
  if (revision.label === undefined || revision.intention !== 'effective') {
    return undefined;
  }
  return state.revisions.find(other => {
    if (
      other.recordedSeq >= revision.recordedSeq ||
      other.label !== revision.label ||
      other.number !== revision.number ||
      other.intention !== 'effective'
    ) {
      return false;
    }
    const fulfilled = fulfilledAt(other);
    return (
      (approvalsOf(other).length > 0 && !other.rejection) ||
      (fulfilled !== undefined && fulfilled <= now)
    );
  });
}
