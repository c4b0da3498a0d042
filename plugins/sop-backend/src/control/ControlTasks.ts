import {
  AuthService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { stringifyError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  decideControl,
  nameOfRevision,
  reviewOf,
  standingOf,
  validateSop,
} from '@handrail/plugin-sop-common';
import { Procedures } from '../service/Procedures';
import { ControlStore } from './ControlStore';
import { DocumentControl } from './DocumentControl';
import { procedurePath } from './links';

/** What the regular work on documents needs. */
export interface ControlTasksOptions {
  auth: AuthService;
  control: DocumentControl;
  logger: LoggerService;
  notifications: NotificationService;
  procedures: Procedures;
  store: ControlStore;
}

/** Files what the catalog has, and reminds owners of reviews. */
export class ControlTasks {
  readonly #options: ControlTasksOptions;

  constructor(options: ControlTasksOptions) {
    this.#options = options;
  }

  /** Each task runs in one replica at a time. */
  async start(scheduler: SchedulerService): Promise<void> {
    await scheduler.scheduleTask({
      id: 'sop-file-revisions',
      frequency: { seconds: 30 },
      initialDelay: { seconds: 3 },
      timeout: { minutes: 2 },
      fn: () => this.fileAll(),
    });
    await scheduler.scheduleTask({
      id: 'sop-remind-reviews',
      frequency: { hours: 1 },
      initialDelay: { seconds: 20 },
      timeout: { minutes: 5 },
      fn: () => this.remindAll(),
    });
  }

  /** Records every content that the catalog has and that is not known yet. */
  async fileAll(): Promise<void> {
    const { auth, control, logger, procedures } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    for (const entity of await procedures.list(credentials)) {
      try {
        if (validateSop(entity).length === 0) {
          await control.file(entity);
        }
      } catch (error) {
        logger.warn(
          `${stringifyEntityRef(entity)} could not be filed: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  }

  /**
   * Tells owners of reviews that are due or overdue, each once. A message that
   * is sent and not recorded is sent again under the same scope, which replaces
   * it.
   */
  async remindAll(): Promise<void> {
    const { auth, logger, procedures, store } = this.#options;
    const credentials = await auth.getOwnServiceCredentials();
    const existing = new Set(await procedures.listRefs(credentials));
    for (const { state } of await store.list()) {
      try {
        if (existing.has(state.sopRef)) {
          await this.#remind(state.sopRef);
        }
      } catch (error) {
        logger.warn(
          `Nobody could be reminded of the review of ${
            state.sopRef
          }: ${stringifyError(error)}`,
        );
      }
    }
  }

  async #remind(sopRef: string): Promise<void> {
    const { notifications, store } = this.#options;
    const loaded = await store.load(sopRef);
    const now = store.now();
    const { effective } = loaded ? standingOf(loaded.state, now) : {};
    const review = reviewOf(effective, now);
    if (!effective || !review || review.state === 'planned') {
      return;
    }
    const { hash, owner, title, reminded } = effective.revision;
    const { dueAt, state: stage } = review;
    if (reminded.includes(`${dueAt} ${stage}`)) {
      return;
    }
    await notifications.send({
      recipients: { type: 'entity', entityRef: owner },
      payload: {
        title:
          stage === 'overdue'
            ? `Review overdue: ${title}`
            : `Review due: ${title}`,
        description: `${nameOfRevision(
          effective.revision,
        )} was to be reviewed by ${dueAt.slice(
          0,
          10,
        )}. Say that it is still right, or file a new revision.`,
        link: procedurePath(sopRef),
        severity: stage === 'overdue' ? 'high' : 'normal',
        topic: 'sop',
        scope: `sop:review:${sopRef}`,
      },
    });
    await store.transact(sopRef, {}, (state, at) =>
      decideControl(state, { type: 'remind', hash, dueAt, stage }, { now: at }),
    );
  }
}
