import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { TourProgress } from '@handrail/plugin-onboarding-common';
import { TourStepReporter } from '../milestones';
import { OnboardingListener } from './DefaultOnboardingService';
import { CallOptions } from './OnboardingService';

/**
 * Tells browsers of the same person, runs that wait for a tour, and owners of
 * broken tours. What cannot be told is logged.
 */
export class Announcer implements OnboardingListener {
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;
  readonly #signals: SignalsService;
  readonly #reporter: TourStepReporter;

  constructor(options: {
    logger: LoggerService;
    notifications: NotificationService;
    signals: SignalsService;
    reporter: TourStepReporter;
  }) {
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#signals = options.signals;
    this.#reporter = options.reporter;
  }

  async progressChanged(
    userRef: string,
    progress: TourProgress,
    { credentials }: CallOptions,
  ): Promise<void> {
    const { tourRef, status, finishedAt } = progress;
    if (status === 'finished' && finishedAt) {
      const version = progress.version;
      await this.#attempt(() =>
        this.#reporter.finished(
          { userRef, tourRef, version, at: finishedAt },
          credentials,
        ),
      );
    }
    await this.#attempt(() =>
      this.#signals.publish({
        recipients: { type: 'user', entityRef: userRef },
        channel: 'onboarding:me',
        message: { tourRef, status },
      }),
    );
  }

  async targetMissing(report: {
    tourRef: string;
    title: string;
    owner: string;
    stepId: string;
    target: string;
  }): Promise<void> {
    const { tourRef, title, owner, stepId, target } = report;
    await this.#attempt(() =>
      this.#notifications.send({
        recipients: { type: 'entity', entityRef: owner },
        payload: {
          title: `A step of the tour “${title}” leads nowhere`,
          description: `Step “${stepId}” points to “${target}”, which somebody did not find on the page.`,
          link: '/onboarding',
          severity: 'normal',
          topic: 'onboarding',
          scope: `onboarding:missing-target:${tourRef}:${stepId}`,
        },
      }),
    );
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(
        `Progress was recorded, but not everybody could be told: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
