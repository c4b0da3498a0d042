import {
  AnyRunEvent,
  describeAsked,
  idsWithin,
  indexRun,
  OpenTask,
  openTasks,
  RunState,
  SopSpec,
} from '@handrail/plugin-sop-common';

/** A message about a task that waits for too long. */
export interface Urgency {
  kind: 'reminder' | 'escalation' | 'deadline';
  stepId: string;
  title: string;
  /** Entity refs. */
  to: string[];
  /** Entity refs of those who may not act and so are not asked. */
  except: string[];
}

const URGENT: ReadonlyArray<AnyRunEvent['type']> = [
  'task.reminded',
  'task.escalated',
  'deadline.passed',
];

/** Whether an event may be a reason to tell somebody. */
export function isUrgent(event: AnyRunEvent): boolean {
  return URGENT.includes(event.type);
}

/** Whom to tell of a reminder, an escalation or a passed deadline, and what. */
export function describeUrgency(
  event: AnyRunEvent,
  state: RunState,
  spec: SopSpec,
): Urgency | undefined {
  if (
    event.type !== 'task.reminded' &&
    event.type !== 'task.escalated' &&
    event.type !== 'deadline.passed'
  ) {
    return undefined;
  }
  const { stepId } = event.data;
  const tasks = openTasks(state, spec);
  const task = tasks.find(one => one.stepId === stepId);
  const asked =
    describeAsked(state, spec, stepId) ||
    (indexRun(state, spec).get(stepId)?.step.name ?? stepId);
  const except = task?.excludedOwners ?? [];
  switch (event.type) {
    case 'task.reminded': {
      const waiting = remindedTasks({ state, spec }, event, tasks);
      return {
        kind: 'reminder',
        stepId,
        title: `Reminder: ${
          waiting.length === 1
            ? describeAsked(state, spec, waiting[0].stepId)
            : asked
        }`,
        to: waiting.flatMap(ownersNow),
        except: waiting.flatMap(one => one.excludedOwners),
      };
    }
    case 'task.escalated':
      return {
        kind: 'escalation',
        stepId,
        title: `Escalated: ${asked}`,
        to: event.data.to,
        except,
      };
    default:
      return {
        kind: 'deadline',
        stepId,
        title:
          event.data.deadline === 'start'
            ? `Nobody has begun: ${asked}`
            : `Overdue: ${asked}`,
        to: [state.initiator, ...(task ? ownersNow(task) : [])],
        except,
      };
  }
}

/** Whoever has claimed it, or everybody who may. */
function ownersNow({ claimedBy, potentialOwners }: OpenTask): string[] {
  return claimedBy ? [claimedBy] : potentialOwners;
}

/** The task of the step itself, or all open ones of the branch. */
function remindedTasks(
  { state, spec }: { state: RunState; spec: SopSpec },
  { data }: Extract<AnyRunEvent, { type: 'task.reminded' }>,
  tasks: OpenTask[],
): OpenTask[] {
  const step = indexRun(state, spec).get(data.stepId)?.step;
  const ids =
    step?.type === 'parallel' && data.branch !== undefined
      ? idsWithin([step.branches[data.branch].steps])
      : [data.stepId];
  return tasks.filter(task => ids.includes(task.stepId));
}
