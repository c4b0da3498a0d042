import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  AnyRunEvent,
  CLOSED_RUN_STATUSES,
  indexRun,
  isHumanStep,
} from '@handrail/plugin-sop-common';
import { Commit } from '../service/RunCommitter';

/** Seconds; from moments to a week. */
const WAITING_BUCKETS = [
  60,
  300,
  900,
  3600,
  4 * 3600,
  8 * 3600,
  86_400,
  3 * 86_400,
  7 * 86_400,
];
const LATENESS_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** What is counted in the database whenever metrics are collected. */
export interface Backlog {
  /** Tasks that wait for people. */
  openTasks(): Promise<number>;
  /** Work that is due and was not claimed by a worker yet. */
  dueWork(): Promise<number>;
}

/**
 * Numbers about runs for the operator's monitoring. Attributes are few and
 * known: procedures, types, outcomes; never people or runs.
 */
export class RunMetrics {
  readonly #started: MetricsServiceCounter;
  readonly #closed: MetricsServiceCounter;
  readonly #commands: MetricsServiceCounter;
  readonly #waiting: MetricsServiceHistogram;
  readonly #lateness: MetricsServiceHistogram;

  constructor(options: {
    metrics: MetricsService;
    backlog: Backlog;
    logger: LoggerService;
  }) {
    const { metrics, backlog, logger } = options;
    this.#started = metrics.createCounter('sop.runs.started', {
      description: 'Runs that were started, by procedure',
    });
    this.#closed = metrics.createCounter('sop.runs.closed', {
      description: 'Runs that ended, by procedure and outcome',
    });
    this.#commands = metrics.createCounter('sop.commands', {
      description: 'Commands, by type and outcome',
    });
    this.#waiting = metrics.createHistogram('sop.task.duration', {
      description: 'From the moment a task was open to its end, by procedure',
      unit: 's',
      advice: { explicitBucketBoundaries: WAITING_BUCKETS },
    });
    this.#lateness = metrics.createHistogram('sop.timer.lateness', {
      description: 'How long after its time a wait ended',
      unit: 's',
      advice: { explicitBucketBoundaries: LATENESS_BUCKETS },
    });
    const observe = (
      name: string,
      description: string,
      count: () => Promise<number>,
    ) =>
      metrics
        .createObservableGauge(name, { description })
        .addCallback(async result => {
          try {
            result.observe(await count());
          } catch (error) {
            logger.warn(`${name} could not be read: ${stringifyError(error)}`);
          }
        });
    observe('sop.tasks.open', 'Tasks that wait for people', () =>
      backlog.openTasks(),
    );
    observe(
      'sop.worker.queue',
      'Work that is due and not claimed by a worker yet',
      () => backlog.dueWork(),
    );
  }

  /** @param outcome - `success`, or the name of the error */
  countCommand(type: string, outcome: string): void {
    this.#commands.add(1, { type, outcome });
  }

  /** @param lateMs - how long after its time a timer had its effect */
  recordLateness(lateMs: number): void {
    this.#lateness.record(lateMs / 1000);
  }

  /** Counts what a transition of this process did. */
  async record({ state, spec, events }: Commit): Promise<void> {
    const sop = state.sopRef;
    for (const event of events) {
      if (event.type === 'run.started') {
        this.#started.add(1, { sop });
      }
      if (event.type === 'step.completed') {
        this.#recordStep(event, { state, spec, events });
      }
    }
    const isOver = (event: AnyRunEvent) =>
      CLOSED_RUN_STATUSES.some(status => event.type === `run.${status}`);
    if (events.some(isOver)) {
      this.#closed.add(1, { sop, outcome: state.status });
    }
  }

  #recordStep(
    event: Extract<AnyRunEvent, { type: 'step.completed' }>,
    { state, spec }: Commit,
  ): void {
    const { stepId } = event.data;
    const step = indexRun(state, spec).get(stepId)?.step;
    const { startedAt } = state.steps[stepId] ?? {};
    const since = (at: string) => (Date.parse(event.at) - Date.parse(at)) / 1e3;
    if (step && isHumanStep(step) && startedAt) {
      this.#waiting.record(since(startedAt), {
        sop: state.sopRef,
        type: step.type,
      });
    }
  }
}
