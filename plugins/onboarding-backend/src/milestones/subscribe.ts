import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { MilestoneWatcher } from './MilestoneWatcher';
import { TourStepReporter } from './TourStepReporter';

interface TaskPayload {
  id?: unknown;
  taskId?: unknown;
  status?: unknown;
}

interface RunPayload {
  type?: unknown;
  data?: { runId?: unknown };
}

/**
 * Listens for what may be a milestone or open a tour step. An event that cannot
 * be worked is logged; the catch-up finds what it was about.
 */
export async function subscribe(options: {
  events: EventsService;
  logger: LoggerService;
  milestones: MilestoneWatcher;
  reporter: TourStepReporter;
}): Promise<void> {
  const { events, logger, milestones, reporter } = options;

  async function onTask(payload: TaskPayload) {
    const taskId = payload.taskId ?? payload.id;
    if (payload.status === 'completed' && typeof taskId === 'string') {
      await milestones.checkTask(taskId);
    }
  }

  async function onRun({ type, data }: RunPayload) {
    const runId = data?.runId;
    if (typeof runId !== 'string') {
      return;
    }
    if (type === 'dev.handrail.sop.run.completed.v1') {
      await milestones.checkRun(runId);
    } else if (type === 'dev.handrail.sop.task.created.v1') {
      await reporter.checkRun(runId);
    }
  }

  await events.subscribe({
    id: 'onboarding',
    topics: ['scaffolder.task', 'sop.run'],
    onEvent: async ({ topic, eventPayload }: EventParams) => {
      const payload = eventPayload ?? {};
      try {
        await (topic === 'scaffolder.task'
          ? onTask(payload as TaskPayload)
          : onRun(payload as RunPayload));
      } catch (error) {
        logger.warn(
          `An event on ${topic} could not be worked; the next catch-up looks at it: ${stringifyError(
            error,
          )}`,
        );
      }
    },
  });
}
