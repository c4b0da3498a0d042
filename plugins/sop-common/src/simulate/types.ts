import { JsonObject, JsonValue } from '@backstage/types';
import { RunStatus, StepStatus, TargetSnapshot } from '../engine/types';
import { PolicyRevision } from '../model/policy';
import { SopSpec, SopStepType } from '../model/types';

/** How long things take and how they end, where nobody can know. @public */
export interface SimulationAssumptions {
  /** ISO 8601 duration a person takes for a task or a vote. Default PT15M. */
  person?: string;
  /** ISO 8601 duration a check or an action takes. Default PT1M. */
  automation?: string;
  /** By step id. */
  steps?: Record<string, StepAssumption>;
}

/** @public */
export interface StepAssumption {
  /** ISO 8601 duration. */
  takes?: string;
  /** `fail`: rejected, reported as impossible, or failed. Default `succeed`. */
  outcome?: 'succeed' | 'fail';
  /** Output of a check or an action. */
  output?: JsonValue;
  /** Evidence left by a person. */
  evidence?: Record<string, JsonValue>;
}

/** @public */
export interface SimulationInput {
  spec: SopSpec;
  sopRef: string;
  title: string;
  target?: TargetSnapshot;
  inputs?: JsonObject;
  /** User ref of who starts the run. */
  initiator: string;
  /** ISO instant of the start. */
  startAt: string;
  policies?: readonly PolicyRevision[];
  /** People of groups. A group that is left out is taken to have enough. */
  members?: Record<string, string[]>;
  assumptions?: SimulationAssumptions;
}

/** Something that can happen next in a simulated run. @public */
export interface SimulatedMove {
  kind: 'task' | 'vote' | 'timer' | 'dispatch' | 'outcome';
  stepId: string;
  /** ISO instant at which it happens. */
  at: string;
  /** User ref, for what people do. */
  by?: string;
}

/** Who can act on a step, and who cannot and why. @public */
export interface SimulatedPeople {
  eligible: string[];
  excluded: Array<{ ref: string; reason: string }>;
  /** Approvals needed. */
  required?: number;
}

/** Something that keeps a step for a while. @public */
export interface SimulatedBlock {
  sentence: string;
  ref?: string;
  from: string;
  /** Absent when nothing foreseen ends it. */
  until?: string;
}

/** @public */
export interface SimulatedStep {
  stepId: string;
  name: string;
  type: SopStepType;
  /** From 1, in document order. */
  number: number;
  depth: number;
  status: StepStatus;
  /** When it is reached; blocked from then on where `blocks` says so. */
  reachedAt?: string;
  beginsAt?: string;
  endsAt?: string;
  people?: SimulatedPeople;
  blocks: SimulatedBlock[];
  /** What policies add, a sentence each. */
  policies: string[];
}

/** @public */
export interface SimulationResult {
  /** `stuck`: nothing foreseen brings the run further. */
  outcome: RunStatus | 'stuck';
  startsAt: string;
  /** When the run is over at the earliest. */
  finishesAt?: string;
  /** Why it cannot go on or did not complete, as a sentence. */
  reason?: string;
  steps: SimulatedStep[];
  /** What was taken for granted, a sentence each. */
  assumed: string[];
}
