import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** @public */
export type RunSummary = Schemas['RunSummary'];
/** @public */
export type RunPage = Schemas['RunPage'];
/** @public */
export type RunView = Schemas['RunView'];
/** @public */
export type StepView = Schemas['StepView'];
/** @public */
export type EvidenceFieldView = Schemas['EvidenceField'];
/** @public */
export type Waiting = Schemas['Waiting'];
/** A lock with who holds it and who waits. @public */
export type Lock = Schemas['Lock'];
/** @public */
export type LockPlaceView = Schemas['LockPlace'];
/** @public */
export type StepLock = Schemas['StepLock'];
/** Another run that belongs to a run. @public */
export type RunRef = Schemas['RunRef'];
/** @public */
export type Permit = Schemas['Permit'];
/** @public */
export type TaskItem = Schemas['TaskItem'];
/** @public */
export type TaskPage = Schemas['TaskPage'];
/** @public */
export type TaskCount = { me: number; groups: number };
/** @public */
export type TimelineEntry = Schemas['TimelineEntry'];
/** @public */
export type JournalEntry = Schemas['JournalEntry'];
/** @public */
export type JournalPage = { genesis: string; items: JournalEntry[] };
/** @public */
export type Verification = Schemas['Verification'];
/** The log of all runs. @public */
export type LogStatus = Schemas['LogStatus'];
/** @public */
export type LogVerification = Schemas['LogVerification'];
/** @public */
export type LogFinding = Schemas['LogFinding'];
/** @public */
export type GoverningProcedure = Schemas['GoverningProcedure'];
/** When runs of a procedure start by themselves. @public */
export type ScheduleView = Schemas['ScheduleView'];
/** What became of an occurrence of a schedule. @public */
export type OccurrenceState = Schemas['OccurrenceState'];
/** An occurrence of a schedule for one target. @public */
export type OccurrenceView = Schemas['OccurrenceView'];
/** @public */
export type OccurrencePage = Schemas['OccurrencePage'];
/** What a policy adds to a step. @public */
export type PolicyUse = Schemas['PolicyUse'];
/** A policy on one entity. @public */
export type EntityPolicy = Schemas['EntityPolicy'];
/** What a run would be asked to do. @public */
export type SimulationRequest = Schemas['SimulationRequest'];
/** What a run would meet, as the back end tells it. @public */
export type Simulation = Schemas['Simulation'];
/** A reason for or against a change, as the change gate gives it. @public */
export type GateReason = Schemas['GateReason'];
/** Whether an entity may be changed now. @public */
export type GateDecision = Schemas['GateDecision'];
/** The document control of a procedure. @public */
export type ControlView = Schemas['ControlView'];
/** @public */
export type RevisionView = Schemas['RevisionView'];
/** A revision with its content. @public */
export type RevisionDetail = Schemas['RevisionDetail'];
/** @public */
export type RevisionDiff = Schemas['RevisionDiff'];
/** @public */
export type SignatureView = Schemas['SignatureView'];
/** @public */
export type SignatureRequest = Schemas['SignatureRequest'];
/** @public */
export type ReasonRequest = Schemas['ReasonRequest'];
/** How a procedure stands in its document control. @public */
export type ProcedureStanding = Schemas['ProcedureStanding'];
/** A revision whose review is due or overdue. @public */
export type ReviewItem = Schemas['ReviewItem'];
/** @public */
export type StartRunRequest = Schemas['StartRunRequest'];
/** @public */
export type CommandRequest = Schemas['CommandRequest'];
/** @public */
export type CommandBody = Schemas['Command'];
/** @public */
export type ProcedureProblem = Schemas['Problem'];

/** A transition of a run as other systems hear of it: CloudEvents 1.0. @public */
export type SopCloudEvent = Schemas['CloudEvent'];
/** A page of the events of all runs. @public */
export type SopEventPage = Schemas['EventPage'];

/** @public */
export type ComplianceRow = Schemas['ComplianceRow'];
/** @public */
export type CompliancePage = Schemas['CompliancePage'];
/** @public */
export type StepInsight = Schemas['StepInsight'];
/** @public */
export type StepInsightPage = Schemas['StepInsightPage'];
/** @public */
export type ToilItem = Schemas['ToilItem'];
/** @public */
export type ToilPage = Schemas['ToilPage'];
/** @public */
export type EntityFacts = Schemas['EntityFacts'];

/** @public */
export interface ComplianceRequest {
  sopRef?: string;
  ownerRef?: string;
  entityRef?: string;
  /** Any of them; all when absent or empty. */
  state?: ComplianceRow['state'][];
  limit?: number;
  cursor?: string;
}

/** @public */
export interface StepInsightRequest {
  sopRef: string;
  /** Steps that ended in the last days; 90 when absent. */
  days?: number;
  byTeam?: boolean;
}

/** @public */
export type TaskScope = 'me' | 'groups' | 'done';

/** @public */
export interface ListRunsRequest {
  /** Runs with gates that were skipped; `open`: and not reviewed yet. */
  glass?: 'broken' | 'open';
  sopRef?: string;
  targetRef?: string;
  initiator?: string;
  status?: RunSummary['status'][];
  limit?: number;
  cursor?: string;
}

/** @public */
export interface ListTasksRequest {
  scope: TaskScope;
  limit?: number;
  cursor?: string;
}

/** @public */
export interface ListOccurrencesRequest {
  sopRef?: string;
  targetRef?: string;
  state?: OccurrenceState[];
  /** ISO instant, inclusive. */
  from?: string;
  /** ISO instant, exclusive. */
  to?: string;
  limit?: number;
  cursor?: string;
}
