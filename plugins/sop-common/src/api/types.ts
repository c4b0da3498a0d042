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
/** @public */
export type GoverningProcedure = Schemas['GoverningProcedure'];
/** A reason for or against a change, as the change gate gives it. @public */
export type GateReason = Schemas['GateReason'];
/** Whether an entity may be changed now. @public */
export type GateDecision = Schemas['GateDecision'];
/** @public */
export type StartRunRequest = Schemas['StartRunRequest'];
/** @public */
export type CommandRequest = Schemas['CommandRequest'];
/** @public */
export type CommandBody = Schemas['Command'];
/** @public */
export type ProcedureProblem = Schemas['Problem'];

/** @public */
export type TaskScope = 'me' | 'groups' | 'done';

/** @public */
export interface ListRunsRequest {
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
