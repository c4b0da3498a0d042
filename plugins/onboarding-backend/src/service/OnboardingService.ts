import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  BrokenStep,
  OnboardingMe,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
} from '@handrail/plugin-onboarding-common';
import type { Request } from 'express';

/** Who calls: always a person, and only about that person. */
export interface CallOptions {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** The request, for the audit log. */
  request?: Request<any, any, any, any, any>;
}

/**
 * What can be done with tours. No method takes a user ref: whose progress is
 * read or written follows from the credentials.
 *
 * Methods throw errors of `@backstage/errors`: `NotFoundError` for a tour that
 * does not exist or is not for the caller, `InputError` when the request is
 * wrong, `ConflictError` when it comes too late, `NotAllowedError` when the
 * caller may not.
 */
export interface OnboardingService {
  getMe(options: CallOptions): Promise<OnboardingMe>;

  putProgress(
    request: { tourRef: string; update: TourProgressUpdate },
    options: CallOptions,
  ): Promise<TourProgress>;

  reportMissingTarget(
    request: { tourRef: string; version: number; stepId: string },
    options: CallOptions,
  ): Promise<void>;

  listBrokenSteps(options: CallOptions): Promise<BrokenStep[]>;

  getTimeToFirstTemplateRun(options: CallOptions): Promise<TimeToFirst>;
}
