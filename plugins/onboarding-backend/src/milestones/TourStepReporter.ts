import {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { RunView, TaskItem } from '@handrail/plugin-sop-common';
import { SopService } from '@handrail/plugin-sop-node';
import { createHash } from 'node:crypto';
import { OnboardingStore } from '../database';

const PAGE = 100;

/** A tour that somebody has finished. */
export interface FinishedTour {
  userRef: string;
  tourRef: string;
  version: number;
  at: string;
}

/**
 * Tells the SOP back end that people have finished the tours that steps of runs
 * ask for. The SOP back end decides who may complete a step; a report that it
 * refuses or has had before does no harm.
 */
export class TourStepReporter {
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #sop: SopService;
  readonly #store: OnboardingStore;

  constructor(options: {
    auth: AuthService;
    logger: LoggerService;
    sop: SopService;
    store: OnboardingStore;
  }) {
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#sop = options.sop;
    this.#store = options.store;
  }

  /** Somebody has just finished a tour: the tasks that this person has open. */
  async finished(
    tour: FinishedTour,
    credentials: BackstageCredentials,
  ): Promise<void> {
    for (const scope of ['me', 'groups'] as const) {
      let cursor: string | undefined;
      do {
        const page: { items: TaskItem[]; nextCursor?: string } =
          await this.#sop.listTasks(
            { scope, limit: PAGE, cursor },
            { credentials },
          );
        for (const task of page.items) {
          if (task.tour === tour.tourRef) {
            await this.#report(task.runId, task.stepId, task.version, tour);
          }
        }
        cursor = page.nextCursor;
      } while (cursor);
    }
  }

  /** A step of a run began: perhaps its tour was finished before. */
  async checkRun(runId: string): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    await this.#check(await this.#sop.getRun(runId, { credentials }));
  }

  /** Looks at every run that waits for a tour. */
  async catchUp(): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    let cursor: string | undefined;
    do {
      const page = await this.#sop.listRuns(
        { status: ['running', 'held'], limit: PAGE, cursor },
        { credentials },
      );
      for (const { runId, waiting } of page.items) {
        if (waiting.some(one => one.type === 'tour')) {
          await this.checkRun(runId);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
  }

  async #check(run: RunView): Promise<void> {
    for (const step of run.steps) {
      const owners = step.potentialOwners ?? [];
      if (step.tour && step.status === 'ready') {
        const isOpenToGroups = owners.some(ref => !ref.startsWith('user:'));
        const finishers = await this.#store.listFinishers(step.tour);
        for (const finisher of finishers) {
          if (isOpenToGroups || owners.includes(finisher.userRef)) {
            const tour = { ...finisher, tourRef: step.tour };
            if (await this.#report(run.runId, step.id, step.version, tour)) {
              break;
            }
          }
        }
      }
    }
  }

  /** @returns whether the report was taken. */
  async #report(
    runId: string,
    stepId: string,
    stepVersion: number,
    { userRef, tourRef, version, at }: FinishedTour,
  ): Promise<boolean> {
    const key = [runId, stepId, stepVersion, userRef, tourRef, at].join('\n');
    try {
      await this.#sop.executeCommand(
        runId,
        {
          // The same report is one command, however often it is sent; a step
          // that was reset takes it anew.
          commandId: createHash('sha256').update(key).digest('hex'),
          command: {
            type: 'tour-finished',
            stepId,
            userRef,
            tour: tourRef,
            tourVersion: version,
            finishedAt: at,
          },
        },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return true;
    } catch (error) {
      this.#logger.debug(
        `Run ${runId} did not take that ${userRef} finished ${tourRef}: ${stringifyError(
          error,
        )}`,
      );
      return false;
    }
  }
}
