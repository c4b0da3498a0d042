import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import { MilestoneKind } from '@handrail/plugin-onboarding-common';
import { SopService } from '@handrail/plugin-sop-node';
import { OnboardingStore } from '../database';

/** Rows asked for at a time. */
const PAGE = 100;

/** What the scaffolder answers with and its types leave out. */
type TaskWithCreator = Awaited<ReturnType<ScaffolderService['getTask']>> & {
  createdBy?: string;
};

/**
 * Records who did what for the first time. Events only say where to look; what
 * is recorded is what scaffolder and SOP back end answer. The catch-up looks at
 * everything, so an event that was lost delays a milestone and loses none.
 */
export class MilestoneWatcher {
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #scaffolder: ScaffolderService;
  readonly #sop: SopService;
  readonly #store: OnboardingStore;

  constructor(options: {
    auth: AuthService;
    logger: LoggerService;
    scaffolder: ScaffolderService;
    sop: SopService;
    store: OnboardingStore;
  }) {
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#scaffolder = options.scaffolder;
    this.#sop = options.sop;
    this.#store = options.store;
  }

  /** A template run changed. */
  async checkTask(taskId: string): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const task = await this.#scaffolder.getTask({ taskId }, { credentials });
    await this.#recordTask(task);
  }

  /** A run of a procedure ended. */
  async checkRun(runId: string): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const run = await this.#sop.getRun(runId, { credentials });
    if (run.status === 'completed' && run.closedAt) {
      await this.#record(
        run.initiator,
        'first-sop-run',
        run.closedAt,
        run.runId,
      );
    }
  }

  /** Looks at everything that is over; one source may fail without the other. */
  async catchUp(): Promise<void> {
    const known = await this.#known();
    await this.#attempt('template runs', () => this.#catchUpTasks(known));
    await this.#attempt('runs', () => this.#catchUpRuns(known));
  }

  async #catchUpTasks(known: Map<string, string>): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    for (let offset = 0; ; offset += PAGE) {
      const { items } = await this.#scaffolder.listTasks(
        { status: 'completed', limit: PAGE, offset },
        { credentials },
      );
      for (const task of items as TaskWithCreator[]) {
        const at = known.get(`first-template-run ${task.createdBy}`);
        // What began later cannot have ended earlier.
        if (!at || task.createdAt < at) {
          await this.#recordTask(task);
        }
      }
      if (items.length < PAGE) {
        return;
      }
    }
  }

  async #catchUpRuns(known: Map<string, string>): Promise<void> {
    const credentials = await this.#auth.getOwnServiceCredentials();
    let cursor: string | undefined;
    do {
      const page = await this.#sop.listRuns(
        { status: ['completed'], limit: PAGE, cursor },
        { credentials },
      );
      for (const { initiator, closedAt, runId } of page.items) {
        const at = known.get(`first-sop-run ${initiator}`);
        if (closedAt && (!at || closedAt < at)) {
          await this.#record(initiator, 'first-sop-run', closedAt, runId);
        }
      }
      cursor = page.nextCursor;
    } while (cursor);
  }

  async #known(): Promise<Map<string, string>> {
    const milestones = await this.#store.listMilestones({
      kinds: ['first-template-run', 'first-sop-run'],
    });
    return new Map(
      milestones.map(one => [`${one.kind} ${one.userRef}`, one.at]),
    );
  }

  async #recordTask(task: TaskWithCreator): Promise<void> {
    if (task.status !== 'completed' || !task.createdBy) {
      return;
    }
    const credentials = await this.#auth.getOwnServiceCredentials();
    const logs = await this.#scaffolder.getLogs(
      { taskId: task.id },
      { credentials },
    );
    const end = logs.find(one => one.type === 'completion');
    await this.#record(
      task.createdBy,
      'first-template-run',
      end?.createdAt ?? task.lastHeartbeatAt ?? task.createdAt,
      task.id,
    );
  }

  /** Services do things first as well, and have no first week. */
  async #record(
    userRef: string,
    kind: MilestoneKind,
    at: string,
    evidence: string,
  ): Promise<void> {
    if (userRef.startsWith('user:')) {
      await this.#store.recordMilestone({ userRef, kind, at, evidence });
    }
  }

  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#logger.warn(
        `Milestones of ${what} could not be caught up and will be tried again: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
