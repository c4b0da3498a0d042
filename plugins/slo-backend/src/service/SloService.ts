import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  AddCountersRequest,
  AddCountersResult,
  BurnDownRequest,
  ListSlosRequest,
  SloBurnDown,
  SloKey,
  SloPage,
  SloRules,
  SloView,
  ValidationResult,
} from '@handrail/plugin-slo-common';
import type { Request } from 'express';

/** Who calls. */
export interface CallOptions {
  credentials: BackstageCredentials;
  /** For the audit log. */
  request?: Request<any, any, any, any, any>;
}

/** What routes and actions call. */
export interface SloService {
  listSlos(request: ListSlosRequest, options: CallOptions): Promise<SloPage>;
  /** @throws NotFoundError */
  getSlo(request: SloKey, options: CallOptions): Promise<SloView>;
  /** @throws NotFoundError also when it has no such objective */
  getBurnDown(
    request: BurnDownRequest,
    options: CallOptions,
  ): Promise<SloBurnDown>;
  /** @throws NotFoundError */
  getRules(request: SloKey, options: CallOptions): Promise<SloRules>;
  /** @throws NotFoundError */
  evaluateSlo(request: SloKey, options: CallOptions): Promise<SloView>;
  validateDocument(
    request: { content: string },
    options: CallOptions,
  ): Promise<ValidationResult>;
  /**
   * @throws InputError with the path of each problem
   * @throws ConflictError when the id stands for other counts
   */
  addCounters(
    request: AddCountersRequest,
    options: CallOptions,
  ): Promise<AddCountersResult>;
}
