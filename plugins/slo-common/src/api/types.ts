import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** @public */
export type SloStatus = Schemas['SloStatus'];
/** @public */
export type SloSummary = Schemas['SloSummary'];
/** @public */
export type SloPage = Schemas['SloPage'];
/** @public */
export type SloView = Schemas['SloView'];
/** @public */
export type SloFigures = Schemas['SloFigures'];
/** @public */
export type SloObjectiveView = Schemas['SloObjective'];
/** @public */
export type SloAlertView = Schemas['SloAlert'];
/** @public */
export type SloData = Schemas['SloData'];
/** @public */
export type SloWindow = Schemas['SloWindow'];
/** @public */
export type SloBurnDown = Schemas['BurnDown'];
/** @public */
export type SloRules = Schemas['SloRules'];
/** @public */
export type SloPermit = Schemas['Permit'];
/** @public */
export type SloProblem = Schemas['Problem'];
/** @public */
export type AddCountersRequest = Schemas['AddCountersRequest'];
/** @public */
export type EventCount = Schemas['Count'];

/** Whether counts were stored, now or before. @public */
export interface AddCountersResult {
  /** How many counts the id stands for. */
  accepted: number;
  /** Whether the id was stored before. */
  repeated: boolean;
}

/** What is wrong or doubtful in OpenSLO documents. @public */
export interface ValidationResult {
  /** How many documents were read. */
  documents: number;
  problems: SloProblem[];
}

/** Names one SLO. @public */
export interface SloKey {
  namespace: string;
  name: string;
}

/** @public */
export interface ListSlosRequest {
  /** The entity that is measured. */
  entityRef?: string;
  owner?: string[];
  status?: SloStatus[];
  /** Words in title, name, service or measured entity. */
  q?: string;
  limit?: number;
  cursor?: string;
}

/** @public */
export interface BurnDownRequest extends SloKey {
  /** Name of the objective; the one in the worst state without it. */
  objective?: string;
  /** Greatest number of points. */
  points?: number;
}
