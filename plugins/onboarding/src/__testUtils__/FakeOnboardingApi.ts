import type {
  BrokenStep,
  OnboardingApi,
  OnboardingMe,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
  TourView,
} from '@handrail/plugin-onboarding-common';

export const LOOK = 'tour:default/look';

/** A tour over two pages, whose second step has a target. */
export function sampleTour(more: Partial<TourView> = {}): TourView {
  return {
    tourRef: LOOK,
    title: 'First look',
    description: 'Where things are.',
    version: 2,
    minutes: 2,
    steps: [
      { id: 'hello', title: 'Hello', body: 'This is **home**.', page: '/' },
      {
        id: 'catalog',
        title: 'The catalog',
        body: 'Everything there is.',
        target: 'nav.catalog',
        page: '/catalog',
        fallback: 'Open the catalog from the menu.',
      },
      { id: 'bye', title: 'That is it', body: 'Come back.' },
    ],
    ...more,
  };
}

export function sampleMe(more: Partial<OnboardingMe> = {}): OnboardingMe {
  return {
    userRef: 'user:default/mateo.vargas',
    tours: [sampleTour()],
    milestones: [
      { kind: 'first-sign-in', at: '2026-11-20T09:00:00.000Z' },
      { kind: 'first-template-run' },
      { kind: 'first-sop-run' },
    ],
    ...more,
  };
}

/** A back end in memory that keeps what it is told. */
export class FakeOnboardingApi implements OnboardingApi {
  me = sampleMe();
  updates: TourProgressUpdate[] = [];
  missing: Array<{ version: number; stepId: string }> = [];
  broken: BrokenStep[] = [];
  timeToFirst: TimeToFirst = { minimum: 5, own: { reached: false, hours: 3 } };
  refuse: Error | undefined;

  async getMe(): Promise<OnboardingMe> {
    this.#check();
    return this.me;
  }

  async putProgress(
    tourRef: string,
    update: TourProgressUpdate,
  ): Promise<TourProgress> {
    this.#check();
    this.updates.push(update);
    const { version, status, stepId } = update;
    return { tourRef, version, status, stepId, updatedAt: '' };
  }

  async reportMissingTarget(
    _tourRef: string,
    report: { version: number; stepId: string },
  ): Promise<void> {
    this.missing.push(report);
  }

  async listBrokenSteps(): Promise<BrokenStep[]> {
    return this.broken;
  }

  async getTimeToFirstTemplateRun(): Promise<TimeToFirst> {
    return this.timeToFirst;
  }

  #check() {
    if (this.refuse) {
      throw this.refuse;
    }
  }
}
