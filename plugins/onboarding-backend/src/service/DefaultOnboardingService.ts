import { NotAllowedError } from '@backstage/errors';
import {
  BrokenStep,
  distribute,
  Duration,
  MILESTONE_KINDS,
  OnboardingMe,
  TimeToFirst,
  TourProgress,
  TourProgressUpdate,
} from '@handrail/plugin-onboarding-common';
import { OnboardingStore } from '../database';
import { Checklist } from './Checklist';
import { CallOptions, OnboardingService } from './OnboardingService';
import { nextProgress, targetOf } from './progress';
import { TourCatalog } from './TourCatalog';

/** The fewest people over whom a figure is shown to others. */
export const MINIMUM_PEOPLE = 5;

const HOUR = 3_600_000;

/** Told after something was recorded. Never rejects. */
export interface OnboardingListener {
  progressChanged(
    userRef: string,
    progress: TourProgress,
    caller: CallOptions,
  ): Promise<void>;
  targetMissing(report: {
    tourRef: string;
    title: string;
    owner: string;
    stepId: string;
    target: string;
  }): Promise<void>;
}

/** The rules of the API. Knows no permissions. */
export class DefaultOnboardingService implements OnboardingService {
  readonly #store: OnboardingStore;
  readonly #tours: TourCatalog;
  readonly #checklist: Checklist;
  readonly #listener: OnboardingListener;
  readonly #now: () => Date;

  constructor(options: {
    store: OnboardingStore;
    tours: TourCatalog;
    checklist: Checklist;
    listener: OnboardingListener;
    now: () => Date;
  }) {
    this.#store = options.store;
    this.#tours = options.tours;
    this.#checklist = options.checklist;
    this.#listener = options.listener;
    this.#now = options.now;
  }

  async getMe({ credentials }: CallOptions): Promise<OnboardingMe> {
    const userRef = credentials.principal.userEntityRef;
    await this.#recordSignIn(userRef);
    const [tours, progress, milestones, checklist, checklistSopRef] =
      await Promise.all([
        this.#tours.list(credentials),
        this.#store.listProgress(userRef),
        this.#store.listMilestones({ userRef }),
        this.#checklist.read(credentials),
        this.#checklist.sopRef(credentials),
      ]);
    const progressOf = (tourRef: string) =>
      progress.find(one => one.tourRef === tourRef);
    return {
      userRef,
      tours: tours.map(({ offer: _offer, order: _order, ...tour }) => ({
        ...tour,
        progress: progressOf(tour.tourRef),
      })),
      offer: tours.find(
        tour =>
          tour.offer &&
          (progressOf(tour.tourRef)?.status ?? 'offered') === 'offered',
      )?.tourRef,
      milestones: MILESTONE_KINDS.map(kind => {
        const reached = milestones.find(one => one.kind === kind);
        return { kind, at: reached?.at, evidence: reached?.evidence };
      }),
      checklist,
      checklistSopRef,
    };
  }

  async putProgress(
    request: { tourRef: string; update: TourProgressUpdate },
    options: CallOptions,
  ): Promise<TourProgress> {
    const { principal } = options.credentials;
    if (principal.actor) {
      throw new NotAllowedError(
        `Only people take tours; here ${principal.actor.subject} acts for ${principal.userEntityRef}.`,
      );
    }
    const userRef = principal.userEntityRef;
    await this.#recordSignIn(userRef);
    const tour = await this.#tours.read(request.tourRef, options.credentials);
    const now = this.#now().toISOString();
    let before: TourProgress | undefined;
    const progress = await this.#store.changeProgress(
      userRef,
      tour.tourRef,
      current => {
        before = current;
        return nextProgress(tour, current, request.update, now);
      },
    );
    if (!progress) {
      throw new Error('An update of progress always leads to some progress');
    }
    if (progress !== before) {
      await this.#listener.progressChanged(userRef, progress, options);
    }
    return progress;
  }

  async reportMissingTarget(
    request: { tourRef: string; version: number; stepId: string },
    { credentials }: CallOptions,
  ): Promise<void> {
    const tour = await this.#tours.read(request.tourRef, credentials);
    const { version, stepId } = request;
    // What is reported must be what the catalog has, not what a caller says.
    const target = targetOf(tour, version, stepId);
    const isFirst = await this.#store.reportMissingTarget({
      tourRef: tour.tourRef,
      version,
      stepId,
      target,
      userRef: credentials.principal.userEntityRef,
      at: this.#now().toISOString(),
    });
    if (isFirst) {
      const { tourRef, title, owner } = tour;
      const report = { tourRef, title, owner, stepId, target };
      await this.#listener.targetMissing(report);
    }
  }

  async listBrokenSteps({ credentials }: CallOptions): Promise<BrokenStep[]> {
    const tours = await this.#tours.list(credentials);
    const steps = await this.#store.listBrokenSteps();
    return steps.filter(step =>
      tours.some(
        tour => tour.tourRef === step.tourRef && tour.version === step.version,
      ),
    );
  }

  async getTimeToFirstTemplateRun({
    credentials,
  }: CallOptions): Promise<TimeToFirst> {
    const userRef = credentials.principal.userEntityRef;
    await this.#recordSignIn(userRef);
    const milestones = await this.#store.listMilestones({
      kinds: ['first-sign-in', 'first-template-run'],
    });
    const arrived = new Map(
      milestones
        .filter(one => one.kind === 'first-template-run')
        .map(one => [one.userRef, one.at]),
    );
    const now = this.#now().getTime();
    const durations = new Map<string, Duration>();
    for (const { kind, userRef: who, at } of milestones) {
      const end = arrived.get(who);
      const hours = ((end ? Date.parse(end) : now) - Date.parse(at)) / HOUR;
      // A template run from before the first recorded sign-in tells nothing
      // about how long anybody took.
      if (kind === 'first-sign-in' && hours >= 0) {
        durations.set(who, { hours, reached: end !== undefined });
      }
    }
    const own = durations.get(userRef);
    return {
      minimum: MINIMUM_PEOPLE,
      distribution:
        durations.size >= MINIMUM_PEOPLE
          ? distribute([...durations.values()])
          : undefined,
      own: { hours: own?.hours, reached: arrived.has(userRef) },
    };
  }

  async #recordSignIn(userRef: string): Promise<void> {
    await this.#store.recordMilestone({
      userRef,
      kind: 'first-sign-in',
      at: this.#now().toISOString(),
    });
  }
}
