import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  AnyRunEvent,
  describeAsked,
  indexSpec,
  isHumanStep,
  openTasks,
  ownersOf,
  resolveExcluded,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { Commit } from './RunCommitter';
import { describeUrgency, Urgency } from './urgency';

/** Topic of the events service on which transitions are announced. */
export const RUN_TOPIC = 'sop.run';

/** Run events the initiator is told about, with the title of the message. */
const NEWS: Partial<Record<AnyRunEvent['type'], string>> = {
  'run.held': 'On hold',
  'run.completed': 'Completed',
  'run.failed': 'Failed',
  'run.cancelled': 'Cancelled',
  'run.compensated': 'Rolled back',
};

/**
 * Announces transitions: signals to browsers, notifications to people, events
 * to other plugins. All of them are hints; the journal is the record.
 */
export class RunPublisher {
  readonly #signals: SignalsService;
  readonly #notifications: NotificationService;
  readonly #events: EventsService;
  readonly #logger: LoggerService;

  constructor(options: {
    signals: SignalsService;
    notifications: NotificationService;
    events: EventsService;
    logger: LoggerService;
  }) {
    this.#signals = options.signals;
    this.#notifications = options.notifications;
    this.#events = options.events;
    this.#logger = options.logger;
  }

  /** Never rejects: what cannot be announced is logged. */
  async publish(commit: Commit): Promise<void> {
    const results = await Promise.allSettled([
      this.#signal(commit),
      ...commit.events.flatMap(event => this.#notify(event, commit)),
      ...commit.events.map(event => this.#announce(event, commit)),
    ]);
    for (const result of results) {
      if (result.status === 'rejected') {
        this.#logger.warn(
          `Run ${
            commit.state.runId
          } changed, but not everybody could be told: ${stringifyError(
            result.reason,
          )}`,
        );
      }
    }
  }

  async #signal({ state, spec, events }: Commit): Promise<void> {
    const { runId, seq } = state;
    const involved = people([
      state.initiator,
      spec.owner,
      ...Object.values(state.steps).flatMap(step => step.actors),
      ...openTasks(state, spec).flatMap(task => task.potentialOwners),
    ]);
    const send = (channel: string, entityRef: string[], message: object) =>
      entityRef.length
        ? this.#signals.publish({
            recipients: { type: 'user', entityRef },
            channel,
            message: { ...message },
          })
        : undefined;
    await Promise.all([
      send(`sop:run:${runId}`, involved, { runId, version: seq }),
      send('sop:runs', involved, {}),
      send('sop:tasks', people(taskPeople(state, spec, events)), {}),
    ]);
  }

  #notify(event: AnyRunEvent, { state, spec }: Commit): Promise<void>[] {
    if (event.type === 'step.started' && event.data.potentialOwners) {
      return [this.#notifyTask(event.data.stepId, event.actor, state, spec)];
    }
    const urgent = describeUrgency(event, state, spec);
    if (urgent) {
      return [this.#notifyUrgent(urgent, state)];
    }
    const news = NEWS[event.type];
    if (!news || !people([state.initiator]).length) {
      return [];
    }
    const reason = 'reason' in event.data ? event.data.reason : undefined;
    return [
      this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: state.initiator,
          ...(event.actor ? { excludeEntityRef: event.actor } : {}),
        },
        payload: {
          title: `${news}: ${titleOf(state)}`,
          description: reason,
          link: `/sops/runs/${state.runId}`,
          severity: event.type === 'run.completed' ? 'normal' : 'high',
          topic: 'sop',
          scope: `sop:run:${state.runId}`,
        },
      }),
    ];
  }

  async #notifyTask(
    stepId: string,
    by: string | undefined,
    state: RunState,
    spec: SopSpec,
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
        excludeEntityRef: people([...task.excludedOwners, ...(by ? [by] : [])]),
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

  /** Each kind of message about a task replaces the one before. */
  async #notifyUrgent(urgency: Urgency, state: RunState): Promise<void> {
    const entityRef = people(urgency.to);
    if (!entityRef.length) {
      return;
    }
    const { runId, title } = state;
    const { stepId, kind } = urgency;
    await this.#notifications.send({
      recipients: {
        type: 'entity',
        entityRef,
        excludeEntityRef: people(urgency.except),
      },
      payload: {
        title: urgency.title,
        description: title,
        link: `/sops/runs/${runId}?step=${encodeURIComponent(stepId)}`,
        severity: kind === 'reminder' ? 'normal' : 'high',
        topic: 'sop',
        scope: `sop:${kind}:${runId}:${stepId}`,
      },
    });
  }

  /** Evidence, inputs and outputs stay out: not every plugin may see them. */
  async #announce(event: AnyRunEvent, { state }: Commit): Promise<void> {
    await this.#events.publish({
      topic: RUN_TOPIC,
      eventPayload: {
        specversion: '1.0',
        id: `${state.runId}/${event.seq}`,
        source: '/api/sop',
        type: `dev.handrail.sop.${event.type}`,
        subject: state.runId,
        time: event.at,
        data: {
          runId: state.runId,
          seq: event.seq,
          sopRef: state.sopRef,
          targetRef: state.target?.entityRef,
          initiator: state.initiator,
          status: state.status,
          actor: event.actor,
          stepId: 'stepId' in event.data ? event.data.stepId : undefined,
        },
      },
    });
  }
}

/** As messages name a run: nobody is to take a rehearsal for the real thing. */
function titleOf({ mode, title }: RunState): string {
  return mode === 'rehearsal' ? `Rehearsal: ${title}` : title;
}

/** Users and groups; services read no messages. */
function people(refs: string[]): string[] {
  return [...new Set(refs)].filter(ref => /^(user|group):/.test(ref));
}

/** Whose list of tasks these events change. */
function taskPeople(
  state: RunState,
  spec: SopSpec,
  events: AnyRunEvent[],
): string[] {
  const index = indexSpec(spec);
  return events.flatMap(event => {
    let stepIds: string[] = [];
    if ('stepId' in event.data) {
      stepIds = [event.data.stepId];
    } else if ('stepIds' in event.data) {
      stepIds = event.data.stepIds;
    }
    return stepIds.flatMap(id => {
      const step = index.get(id)?.step;
      const current = state.steps[id];
      return step && isHumanStep(step)
        ? [
            ...ownersOf(state, spec, step),
            ...resolveExcluded(state, step),
            ...(current?.actors ?? []),
            ...(event.actor ? [event.actor] : []),
          ]
        : [];
    });
  });
}
