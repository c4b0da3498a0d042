import { isError } from '@backstage/errors';
import {
  ControlState,
  controlSentence,
  ControlView,
  decideControl,
  DocumentCommand,
  Permit,
  permit,
  ProcedureStanding,
  reviewOf,
  RevisionSignature,
  RevisionStanding,
  revisionSentence,
  RevisionView,
  SignatureView,
  Signer,
  standingOf,
} from '@handrail/plugin-sop-common';

import { LoadedControl } from './ControlStore';
import { DocumentControl } from './DocumentControl';

/** What the view of a document depends on besides the document. */
export interface ControlViewFacts {
  now: string;
  /** Who looks; permits are this person's. */
  signer: Signer;
  /** Why this caller may not sign or acknowledge anything; else nothing. */
  decisionRefusal?: string;
  startRefusal?: string;
  rehearseRefusal?: string;
  /** When this person acknowledged the revision in force. */
  acknowledgedAt?: string;
  /** How many people acknowledged the revision in force. */
  acknowledgements: number;
}

/** The document control of a procedure as one person sees it. */
export function describeControl(
  state: ControlState,
  facts: ControlViewFacts,
): ControlView {
  const { now, acknowledgedAt } = facts;
  const standing = standingOf(state, now);
  const { current, effective } = standing;
  const review = reviewOf(effective, now);
  return {
    sopRef: state.sopRef,
    title: current?.revision.title ?? state.sopRef,
    version: state.seq,
    sentence: controlSentence(standing),
    currentHash: state.current,
    effectiveHash: effective?.revision.hash,
    revisions: standing.revisions.map(stand =>
      describeRevision(state, stand, facts),
    ),
    canStart: permit(facts.startRefusal),
    canRehearse: permit(facts.rehearseRefusal),
    ...(review ? { review } : {}),
    ...(effective
      ? {
          acknowledgement: {
            required: effective.revision.training === 'required',
            count: facts.acknowledgements,
            ...(acknowledgedAt ? { acknowledgedAt } : {}),
            permit: permitOf(state, facts, {
              type: 'acknowledge',
              hash: effective.revision.hash,
            }),
          },
        }
      : {}),
  };
}

function describeRevision(
  state: ControlState,
  stand: RevisionStanding,
  facts: ControlViewFacts,
): RevisionView {
  const { revision, status, missing, inForceFrom, labelTakenBy } = stand;
  const { hash, title, number, label, intention, owner } = revision;
  const { effectiveFrom, recordedAt, retiredAt, rejection } = revision;
  const reason = 'Seen';
  const command = (type: 'reject' | 'withdraw') =>
    permitOf(state, facts, { type, hash, reason });
  const sign = (meaning: 'approval' | 'review') =>
    permitOf(state, facts, { type: 'sign', hash, reason, meaning });
  return {
    ...{ hash, title, number, label, intention, owner },
    ...{ status, effectiveFrom, recordedAt, inForceFrom, retiredAt },
    sentence: revisionSentence(stand),
    isCurrent: hash === state.current,
    labelTakenBy: labelTakenBy?.hash,
    approvers: revision.approvers.map(entityRef => ({
      entityRef,
      kept: revision.keptApprovers.includes(entityRef),
      signature: describeSignature(
        revision.signatures.find(
          one => one.approver === entityRef && !one.withdrawn,
        ),
      ),
    })),
    signatures: revision.signatures.map(one => describeSignature(one)!),
    rejection,
    signFor: missing.filter(ref =>
      facts.signer.ownershipEntityRefs.includes(ref),
    ),
    sign: sign('approval'),
    review: sign('review'),
    reject: command('reject'),
    withdraw: command('withdraw'),
  };
}

function describeSignature(signature: RevisionSignature): SignatureView;
function describeSignature(
  signature: RevisionSignature | undefined,
): SignatureView | undefined;
function describeSignature(
  signature: RevisionSignature | undefined,
): SignatureView | undefined {
  if (!signature) {
    return undefined;
  }
  const { seq: _, ...view } = signature;
  return view;
}

/** Whether the command would be accepted now; the rules are asked themselves. */
function permitOf(
  state: ControlState,
  facts: ControlViewFacts,
  command: DocumentCommand,
): Permit {
  try {
    decideControl(state, command, { now: facts.now, actor: facts.signer });
  } catch (error) {
    return permit(isError(error) ? error.message : String(error));
  }
  return permit(facts.decisionRefusal);
}

/** How a procedure stands, for lists. */
export function describeStanding(
  loaded: LoadedControl,
  control: DocumentControl,
): ProcedureStanding {
  const { state } = loaded;
  const { current, effective } = control.standing(loaded);
  const stand = effective ?? current!;
  return {
    sopRef: state.sopRef,
    title: stand.revision.title,
    status: stand.status,
    label: stand.revision.label,
    sentence: controlSentence({ current, effective, revisions: [] }),
    currentHash: state.current,
    currentStatus: current?.status,
    effectiveHash: effective?.revision.hash,
    canStart: permit(control.startRefusal(loaded)),
  };
}
