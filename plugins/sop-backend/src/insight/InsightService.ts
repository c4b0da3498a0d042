import {
  CompliancePage,
  ComplianceRequest,
  EntityFacts,
  StepInsightPage,
  StepInsightRequest,
  ToilPage,
} from '@handrail/plugin-sop-common';
import { CallOptions } from '../service/SopRunService';

/**
 * What runs come to. All numbers leave rehearsals out. Throws `NotAllowedError`
 * without the permission `sop.insight.read` and `InputError` for bad input.
 */
export interface InsightService {
  /** Entities and the procedures they must have, the most exposed first. */
  listCompliance(
    request: ComplianceRequest,
    options: CallOptions,
  ): Promise<CompliancePage>;

  /** How long the steps of a procedure take, and how often they are skipped. */
  listSteps(
    request: StepInsightRequest,
    options: CallOptions,
  ): Promise<StepInsightPage>;

  /** Manual steps by the time they cost, and what became of automated ones. */
  listToil(request: { days?: number }, options: CallOptions): Promise<ToilPage>;

  /** One entity in numbers, for scorecards. @throws NotFoundError */
  getFacts(
    request: { entityRef: string },
    options: CallOptions,
  ): Promise<EntityFacts>;
}
