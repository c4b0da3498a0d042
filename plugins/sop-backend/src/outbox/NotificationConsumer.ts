import { isError } from '@backstage/errors';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  AnyRunEvent,
  describeAsked,
  openTasks,
  RunState,
} from '@handrail/plugin-sop-common';
import { LoadedRun, OutboxEntry, RunStore } from '../database/RunStore';
import { people } from '../service/people';
import { describeUrgency, isUrgent, Urgency } from '../service/urgency';
import { OutboxConsumer } from './OutboxConsumer';

/** Run events the initiator is told about, with the title of the message. */
const NEWS: Partial<Record<AnyRunEvent['type'], string>> = {
  'run.held': 'On hold',
  'run.completed': 'Completed',
  'run.failed': 'Failed',
  'run.cancelled': 'Cancelled',
  'run.compensated': 'Rolled back',
};

/**
 * Tells people what waits for them and what became of what they started. A
 * message replaces the one before about the same task or run, so one that is
 * sent again after a crash is not seen twice.
 */
export class NotificationConsumer implements OutboxConsumer {
  readonly name = 'notifications';
  readonly startAt = 'end';
  readonly maxTries = 10;

  readonly #notifications: NotificationService;
  readonly #store: Pick<RunStore, 'load'>;
  readonly #membersOf: (refs: string[]) => Promise<Record<string, string[]>>;

  constructor(options: {
    notifications: NotificationService;
    store: Pick<RunStore, 'load'>;
    /** The people in each group. */
    membersOf(refs: string[]): Promise<Record<string, string[]>>;
  }) {
    this.#notifications = options.notifications;
    this.#store = options.store;
    this.#membersOf = options.membersOf;
  }

  async deliver(entry: OutboxEntry): Promise<void> {
    const events = entry.events.filter(
      event => taskOf(event) || isUrgent(event) || NEWS[event.type],
    );
    if (events.length === 0) {
      return;
    }
    const run = await this.#load(entry.runId);
    for (const event of run ? events : []) {
      await this.#notify(event, run!);
    }
  }

  async #notify(event: AnyRunEvent, run: LoadedRun): Promise<void> {
    const task = taskOf(event);
    if (task) {
      await this.#notifyTask(task, event.actor, run);
      return;
    }
    const urgent = describeUrgency(event, run.state, run.spec);
    if (urgent) {
      await this.#notifyUrgent(urgent, run);
    } else if (NEWS[event.type]) {
      await this.#notifyInitiator(event, run);
    }
  }

  /** Each kind of message about a task replaces the one before. */
  async #notifyUrgent(urgency: Urgency, { state }: LoadedRun): Promise<void> {
    const entityRef = people(urgency.to);
    if (!entityRef.length) {
      return;
    }
    const { runId } = state;
    const { stepId, kind } = urgency;
    await this.#notifications.send({
      recipients: {
        type: 'entity',
        entityRef,
        excludeEntityRef: await this.#withMembers(urgency.except),
      },
      payload: {
        title: urgency.title,
        description: titleOf(state),
        link: `/sops/runs/${runId}?step=${encodeURIComponent(stepId)}`,
        severity: kind === 'reminder' ? 'normal' : 'high',
        topic: 'sop',
        scope: `sop:${kind}:${runId}:${stepId}`,
      },
    });
  }

  /**
   * Excluding a group would not exclude those of its members who are also in a
   * group that is told.
   */
  async #withMembers(refs: string[]): Promise<string[]> {
    const excluded = people(refs);
    const members = Object.values(await this.#membersOf(excluded)).flat();
    return people([...excluded, ...members]);
  }

  async #load(runId: string): Promise<LoadedRun | undefined> {
    try {
      return await this.#store.load(runId);
    } catch (error) {
      if (isError(error) && error.name === 'NotFoundError') {
        return undefined;
      }
      throw error;
    }
  }

  async #notifyInitiator(
    event: AnyRunEvent,
    { state }: LoadedRun,
  ): Promise<void> {
    if (!people([state.initiator]).length) {
      return;
    }
    await this.#notifications.send({
      recipients: {
        type: 'entity',
        entityRef: state.initiator,
        ...(event.actor ? { excludeEntityRef: event.actor } : {}),
      },
      payload: {
        title: `${NEWS[event.type]}: ${titleOf(state)}`,
        description: 'reason' in event.data ? event.data.reason : undefined,
        link: `/sops/runs/${state.runId}`,
        severity: event.type === 'run.completed' ? 'normal' : 'high',
        topic: 'sop',
        scope: `sop:run:${state.runId}`,
      },
    });
  }

  /** Nobody is told of a task that is done by the time of the delivery. */
  async #notifyTask(
    { stepId, excludedOwners = [] }: NewTask,
    by: string | undefined,
    { state, spec }: LoadedRun,
  ): Promise<void> {
    const task = openTasks(state, spec).find(one => one.stepId === stepId);
    const entityRef = people(task?.potentialOwners ?? []);
    if (!task || !entityRef.length) {
      return;
    }
    await this.#notifications.send({
      recipients: {
        type: 'entity',
        entityRef,
        excludeEntityRef: await this.#withMembers([
          ...task.excludedOwners,
          ...excludedOwners,
          ...(by ? [by] : []),
        ]),
      },
      payload: {
        title: describeAsked(state, spec, stepId),
        description: titleOf(state),
        link: `/sops/runs/${state.runId}?step=${encodeURIComponent(stepId)}`,
        severity: 'normal',
        topic: 'sop',
        scope: `sop:task:${state.runId}:${stepId}`,
      },
    });
  }
}

/** As messages name a run: nobody is to take a rehearsal for the real thing. */
function titleOf({ mode, title }: RunState): string {
  return mode === 'rehearsal' ? `Rehearsal: ${title}` : title;
}

/** A task that an event opens, with those it excludes by itself. */
interface NewTask {
  stepId: string;
  excludedOwners?: string[];
}

function taskOf(event: AnyRunEvent): NewTask | undefined {
  if (event.type === 'step.started' && event.data.potentialOwners) {
    return event.data;
  }
  return event.type === 'glass.broken'
    ? { stepId: event.data.reviewId }
    : undefined;
}
