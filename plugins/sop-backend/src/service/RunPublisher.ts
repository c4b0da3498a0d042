import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  AnyRunEvent,
  indexRun,
  isHumanStep,
  openTasks,
  ownersOf,
  resolveExcluded,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';
import { people } from './people';
import { Commit } from './RunCommitter';

/**
 * Tells browsers that something changed. Signals are hints that may be lost;
 * what must arrive is delivered from the outbox.
 */
export class RunPublisher {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;

  constructor(options: { signals: SignalsService; logger: LoggerService }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
  }

  /** Never rejects: what cannot be announced is logged. */
  async publish(commit: Commit): Promise<void> {
    try {
      await this.#signal(commit);
    } catch (error) {
      this.#logger.warn(
        `Run ${
          commit.state.runId
        } changed, but not every browser could be told: ${stringifyError(
          error,
        )}`,
      );
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
}

/** Whose list of tasks these events change. */
function taskPeople(
  state: RunState,
  spec: SopSpec,
  events: AnyRunEvent[],
): string[] {
  const index = indexRun(state, spec);
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
