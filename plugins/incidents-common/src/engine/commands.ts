import type { UpdateAudience } from '../api/types';
import type { ReviewText } from './types';

interface NewIncident {
  incidentId: string;
  reference: string;
  title: string;
  severity: string;
  description?: string;
  entityRefs: string[];
  owners: string[];
  impactStartedAt?: string;
  detectedAt?: string;
}

/** Begins an incident by a person's word. @public */
export type DeclareCommand = NewIncident & {
  type: 'declare';
  drill?: boolean;
  takeCommand?: boolean;
};

/** Begins an incident by what alerts say; a person confirms or declines. @public */
export type ProposeCommand = NewIncident & { type: 'propose'; source: string };

interface ActionItemFields {
  title?: string;
  owner?: string;
  dueOn?: string;
  url?: string;
}

/** What people do in an incident. @public */
export type IncidentCommand =
  | {
      type: 'confirm';
      severity: string;
      title?: string;
      takeCommand?: boolean;
    }
  | { type: 'decline'; reason: string }
  | { type: 'merge'; into: string; intoReference: string; reason?: string }
  | { type: 'acknowledge' }
  | { type: 'take-role'; role: string; reason?: string }
  | { type: 'offer-role'; role: string; person: string }
  | { type: 'accept-role'; role: string }
  | { type: 'decline-role'; role: string; reason?: string }
  | { type: 'release-role'; role: string; reason?: string }
  | {
      type: 'post-update';
      message: string;
      audience?: UpdateAudience;
      nextUpdateAt?: string;
      nextUpdateReason?: string;
    }
  | { type: 'note'; message: string; occurredAt?: string }
  | { type: 'set-severity'; severity: string; reason: string }
  | {
      type: 'set-impact';
      message: string;
      startedAt?: string;
      entityRefs?: string[];
      /** Of `entityRefs`, looked up by the caller. */
      owners?: string[];
    }
  | { type: 'record-mitigation'; message: string; mitigatedAt?: string }
  | { type: 'identify'; message: string }
  | { type: 'monitor' }
  | { type: 'resolve'; message?: string }
  | { type: 'reopen'; reason: string }
  | { type: 'start-review' }
  | { type: 'edit-review'; review: Partial<ReviewText> }
  | { type: 'complete-review' }
  | { type: 'waive-review'; reason: string }
  | { type: 'approve-waiver' }
  | { type: 'add-action-item'; actionItem: ActionItemFields }
  | {
      type: 'edit-action-item';
      actionItemId: string;
      actionItem: ActionItemFields;
    }
  | { type: 'complete-action-item'; actionItemId: string }
  | { type: 'drop-action-item'; actionItemId: string; reason: string }
  | { type: 'start-runbook'; runId: string; sopRef: string; title: string }
  | { type: 'close' };

/** What the engine's own worker does. @public */
export type IncidentSystemCommand =
  /** The time of a duty may have come. */
  | { type: 'fire'; obligationId: string }
  | {
      type: 'absorb';
      from: string;
      fromReference: string;
      entityRefs: string[];
      owners: string[];
    }
  /** A run that a permitted `start-runbook` began; it is a fact by now. */
  | { type: 'record-runbook'; runId: string; sopRef: string; title: string }
  | {
      type: 'join-alerts';
      total: number;
      names: string[];
      entityRefs: string[];
      owners: string[];
    };

/** @public */
export type AnyIncidentCommand =
  | DeclareCommand
  | ProposeCommand
  | IncidentCommand
  | IncidentSystemCommand;
