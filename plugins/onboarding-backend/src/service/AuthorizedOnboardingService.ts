import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  BrokenStep,
  OnboardingMe,
  onboardingInsightReadPermission,
  onboardingProgressUpdatePermission,
  onboardingReadPermission,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
} from '@handrail/plugin-onboarding-common';
import { CallOptions, OnboardingService } from './OnboardingService';

/** Asks the permission framework before each call. */
export class AuthorizedOnboardingService implements OnboardingService {
  readonly #service: OnboardingService;
  readonly #permissions: PermissionsService;

  constructor(service: OnboardingService, permissions: PermissionsService) {
    this.#service = service;
    this.#permissions = permissions;
  }

  async getMe(options: CallOptions): Promise<OnboardingMe> {
    await this.#assert(onboardingReadPermission, 'see tours', options);
    return this.#service.getMe(options);
  }

  async putProgress(
    request: { tourRef: string; update: TourProgressUpdate },
    options: CallOptions,
  ): Promise<TourProgress> {
    await this.#assertUpdate(options);
    return this.#service.putProgress(request, options);
  }

  async reportMissingTarget(
    request: { tourRef: string; version: number; stepId: string },
    options: CallOptions,
  ): Promise<void> {
    await this.#assertUpdate(options);
    return this.#service.reportMissingTarget(request, options);
  }

  async listBrokenSteps(options: CallOptions): Promise<BrokenStep[]> {
    await this.#assertInsight(options);
    return this.#service.listBrokenSteps(options);
  }

  async getTimeToFirstTemplateRun(options: CallOptions): Promise<TimeToFirst> {
    await this.#assertInsight(options);
    return this.#service.getTimeToFirstTemplateRun(options);
  }

  #assertUpdate(options: CallOptions): Promise<void> {
    return this.#assert(
      onboardingProgressUpdatePermission,
      'record progress in tours',
      options,
    );
  }

  #assertInsight(options: CallOptions): Promise<void> {
    return this.#assert(
      onboardingInsightReadPermission,
      'see figures about onboarding',
      options,
    );
  }

  async #assert(
    permission: BasicPermission,
    words: string,
    { credentials }: CallOptions,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not ${words}. Ask whoever runs this portal for the permission "${permission.name}".`,
      );
    }
  }
}
