import { AuditorService } from '@backstage/backend-plugin-api';
import { ForwardedError, isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  BrokenStep,
  OnboardingMe,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
} from '@handrail/plugin-onboarding-common';
import { CallOptions, OnboardingService } from './OnboardingService';

/**
 * Writes one audit event per attempt to change something, refused ones
 * included, and per look at figures over people.
 */
export class AuditedOnboardingService implements OnboardingService {
  readonly #service: OnboardingService;
  readonly #auditor: AuditorService;

  constructor(service: OnboardingService, auditor: AuditorService) {
    this.#service = service;
    this.#auditor = auditor;
  }

  getMe(options: CallOptions): Promise<OnboardingMe> {
    return this.#service.getMe(options);
  }

  listBrokenSteps(options: CallOptions): Promise<BrokenStep[]> {
    return this.#service.listBrokenSteps(options);
  }

  putProgress(
    request: { tourRef: string; update: TourProgressUpdate },
    options: CallOptions,
  ): Promise<TourProgress> {
    const { tourRef, update } = request;
    const { status, version, stepId } = update;
    return this.#audit(
      'tour-progress',
      { actionType: status, tourRef, version, stepId },
      options,
      () => this.#service.putProgress(request, options),
    );
  }

  reportMissingTarget(
    request: { tourRef: string; version: number; stepId: string },
    options: CallOptions,
  ): Promise<void> {
    return this.#audit(
      'tour-missing-target',
      { actionType: 'report', ...request },
      options,
      () => this.#service.reportMissingTarget(request, options),
    );
  }

  getTimeToFirstTemplateRun(options: CallOptions): Promise<TimeToFirst> {
    return this.#audit('insight', { actionType: 'read' }, options, () =>
      this.#service.getTimeToFirstTemplateRun(options),
    );
  }

  async #audit<T>(
    eventId: string,
    meta: JsonObject,
    { request }: CallOptions,
    attempt: () => Promise<T>,
  ): Promise<T> {
    const audit = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'low',
      request,
      meta,
    });
    let result: T;
    try {
      result = await attempt();
    } catch (error) {
      await audit.fail({
        error: isError(error) ? error : new ForwardedError('Refused', error),
      });
      throw error;
    }
    await audit.success();
    return result;
  }
}
