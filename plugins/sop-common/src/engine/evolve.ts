import { stepState } from './context';
import { taskDueAt, withStart } from './stepDeadline';
import {
  AnyRunEvent,
  CLOSED_RUN_STATUSES,
  RunState,
  RunStatus,
  StepBlock,
  StepState,
} from './types';

/** Whether nothing can change any more. @public */
export function isClosed(status: RunStatus): boolean {
  return CLOSED_RUN_STATUSES.includes(status);
}

/**
 * Applies one event. Pure: returns a new state that shares what did not change.
 * Every event that `decide` emitted under the same engine version applies.
 *
 * @throws Error when the journal does not begin with `run.started`, begins
 * twice, or skips a sequence number: then it is not a journal of one run.
 * @public
 */
export function evolve(
  state: RunState | undefined,
  event: AnyRunEvent,
): RunState {
  if (event.type === 'run.started') {
    if (state || event.seq !== 1) {
      throw new Error(`run.started must be event 1; found it as ${event.seq}`);
    }
    return started(event);
  }
  if (!state) {
    throw new Error(`Event 1 must be run.started; found ${event.type}`);
  }
  if (event.seq !== state.seq + 1) {
    throw new Error(`Expected event ${state.seq + 1}; found ${event.seq}`);
  }
  return {
    ...apply(state, event),
    seq: event.seq,
    updatedAt: event.at,
  };
}

/**
 * Folds a whole journal.
 * @throws Error when it is empty or not the journal of one run.
 * @public
 */
export function replay(events: Iterable<AnyRunEvent>): RunState {
  let state: RunState | undefined;
  for (const event of events) {
    state = evolve(state, event);
  }
  if (!state) {
    throw new Error('The journal is empty');
  }
  return state;
}

function started(
  event: Extract<AnyRunEvent, { type: 'run.started' }>,
): RunState {
  return {
    ...event.data,
    status: 'running',
    steps: {},
    completionOrder: [],
    seq: 1,
    startedAt: event.at,
    updatedAt: event.at,
  };
}

/** The earliest instant at which a block may be over; none when none is known. */
function lookAgainAt(blocks: readonly StepBlock[]): string | undefined {
  return blocks.flatMap(({ until }) => until ?? []).sort()[0];
}

/** A step keeps its place in the queue as long as it asks for the same lock. */
function lockOf(
  blocks: readonly StepBlock[],
  { lock }: StepState,
  at: string,
): StepState['lock'] {
  const key = blocks.find(({ kind }) => kind === 'lock')?.ref;
  if (key === undefined) {
    return lock?.acquiredAt ? lock : undefined;
  }
  return lock?.key === key ? lock : { key, requestedAt: at };
}

/** A `forEach` step that begins anew takes its list anew. */
function withoutItems(stepIds: string[], state: RunState): RunState {
  const items = Object.entries(state.items ?? {});
  const left = items.filter(([stepId]) => !stepIds.includes(stepId));
  return left.length === items.length
    ? state
    : { ...state, items: Object.fromEntries(left) };
}

/** Where a run asked for by a step is kept in the state. */
export function childKey(stepId: string, attempt: number): string {
  return `${stepId}/${attempt}`;
}

type StepPatch = Partial<StepState>;

/** Somebody works on a task, so it is no longer late to begin. */
function begunTask({ deadline, dueAt }: StepState): StepPatch {
  const begun = withStart(deadline);
  return deadline ? { deadline: begun, dueAt: taskDueAt(begun) } : { dueAt };
}

function apply(
  state: RunState,
  event: Exclude<AnyRunEvent, { type: 'run.started' }>,
): RunState {
  const patch = (stepId: string, change: StepPatch): RunState => ({
    ...state,
    steps: {
      ...state.steps,
      [stepId]: { ...stepState(state, stepId), version: event.seq, ...change },
    },
  });
  const patchAll = (stepIds: string[], change: StepPatch): RunState =>
    stepIds.reduce<RunState>(
      (next, id) => ({
        ...next,
        steps: {
          ...next.steps,
          [id]: { ...stepState(next, id), version: event.seq, ...change },
        },
      }),
      state,
    );
  /** Leaves the version alone: what somebody sees of the task has not changed. */
  const patchQuietly = (stepId: string, change: StepPatch): RunState => ({
    ...state,
    steps: {
      ...state.steps,
      [stepId]: { ...stepState(state, stepId), ...change },
    },
  });
  const withActor = (stepId: string): string[] => {
    const { actors } = stepState(state, stepId);
    return event.actor && !actors.includes(event.actor)
      ? [...actors, event.actor]
      : actors;
  };
  const closed = (status: RunStatus, reason?: string): RunState => ({
    ...state,
    status,
    closedAt: event.at,
    closeReason: reason,
  });

  switch (event.type) {
    case 'step.started': {
      const { stepId, attempt, potentialOwners, excludedOwners } = event.data;
      const { deadline, reminders, guardAt } = event.data;
      return patch(stepId, {
        status: potentialOwners ? 'ready' : 'running',
        attempt,
        blocked: undefined,
        startedAt: event.at,
        endedAt: undefined,
        potentialOwners,
        excludedOwners,
        dueAt: event.data.dueAt ?? taskDueAt(deadline),
        deadline,
        escalatedTo: undefined,
        reminders: reminders?.map(({ branch, at }) => ({
          ...(branch === undefined ? {} : { branch }),
          nextAt: at,
          count: 0,
        })),
        guard: guardAt ? { nextAt: guardAt, failures: 0 } : undefined,
        deferred: undefined,
        claimedBy: undefined,
        evidence: undefined,
        votes: undefined,
        required: undefined,
        output: undefined,
        chosen: undefined,
        comment: undefined,
        error: undefined,
        dispatched: false,
        tries: 0,
        policies: event.data.policies,
        // Whoever sets automation off answers for it; people answer for what
        // they complete.
        actors: potentialOwners
          ? stepState(state, stepId).actors
          : withActor(stepId),
      });
    }
    case 'step.blocked': {
      const { stepId, attempt, blocks } = event.data;
      const { blocked } = stepState(state, stepId);
      return patch(stepId, {
        status: 'blocked',
        blocked: { attempt, since: blocked?.since ?? event.at, blocks },
        lock: lockOf(blocks, stepState(state, stepId), event.at),
        dueAt: lookAgainAt(blocks),
        endedAt: undefined,
      });
    }
    case 'glass.broken': {
      const { stepId, skips, reason, reviewId, reviewDueAt, reviewers } =
        event.data;
      const known = stepState(state, stepId).skips ?? [];
      const next = patch(stepId, {
        skips: [...new Set([...known, ...skips])],
        actors: withActor(stepId),
      });
      const by = event.actor ?? '';
      return {
        ...next,
        steps: {
          ...next.steps,
          [reviewId]: {
            id: reviewId,
            status: 'ready',
            attempt: 1,
            version: event.seq,
            startedAt: event.at,
            potentialOwners: reviewers,
            excludedOwners: event.data.excludedOwners,
            dueAt: reviewDueAt,
            actors: [],
          },
        },
        glass: [
          ...(state.glass ?? []),
          {
            ...{ stepId, skips, by, at: event.at, reason },
            ...{ reviewId, reviewDueAt, reviewers },
          },
        ],
      };
    }
    case 'lock.acquired': {
      const { stepId, key } = event.data;
      const { lock } = stepState(state, stepId);
      return patch(stepId, {
        lock: {
          key,
          requestedAt: lock?.requestedAt ?? event.at,
          acquiredAt: event.at,
        },
      });
    }
    case 'event.received': {
      const { stepId, source, eventId } = event.data;
      const { events = [] } = stepState(state, stepId);
      return patch(stepId, { events: [...events, `${source}/${eventId}`] });
    }
    case 'step.unblocked': {
      const { blocked, attempt, lock } = stepState(state, event.data.stepId);
      return patch(event.data.stepId, {
        // An automated step that had begun goes on with its next try.
        status: blocked?.attempt === attempt ? 'running' : 'pending',
        blocked: undefined,
        // Nobody waits for a lock that was skipped.
        lock: lock?.acquiredAt ? lock : undefined,
        dueAt: event.at,
      });
    }
    case 'step.skipped':
      return patchAll([event.data.stepId, ...(event.data.nested ?? [])], {
        status: 'skipped',
        blocked: undefined,
        lock: undefined,
        endedAt: event.at,
        error: { name: 'Skipped', message: event.data.reason },
      });
    case 'task.claimed':
      return patch(event.data.stepId, {
        status: 'reserved',
        claimedBy: event.actor,
        ...begunTask(stepState(state, event.data.stepId)),
      });
    case 'task.released':
      return patch(event.data.stepId, {
        status: 'ready',
        claimedBy: undefined,
      });
    case 'vote.cast': {
      const { stepId, decision, reason, required } = event.data;
      const votes = stepState(state, stepId).votes ?? [];
      return patch(stepId, {
        votes: [
          ...votes,
          { by: event.actor ?? '', decision, reason, at: event.at },
        ],
        required,
        actors: withActor(stepId),
        ...begunTask(stepState(state, stepId)),
      });
    }
    case 'deadline.passed': {
      const { stepId, deadline: which } = event.data;
      const { deadline } = stepState(state, stepId);
      return patchQuietly(stepId, {
        deadline: deadline && {
          ...deadline,
          ...(which === 'start'
            ? { startPassed: true }
            : { completePassed: true }),
        },
      });
    }
    case 'task.escalated': {
      const { stepId, index, to, action } = event.data;
      const current = stepState(state, stepId);
      const widens = action === 'widen';
      const add = (refs: string[] = []) => [...new Set([...refs, ...to])];
      return patchQuietly(stepId, {
        deadline: current.deadline && {
          ...current.deadline,
          escalations: current.deadline.escalations.map((one, place) =>
            place === index ? { ...one, done: true } : one,
          ),
        },
        ...(widens
          ? {
              escalatedTo: add(current.escalatedTo),
              potentialOwners: add(current.potentialOwners),
            }
          : {}),
      });
    }
    case 'task.reminded': {
      const { stepId, branch, count, nextAt } = event.data;
      return patchQuietly(stepId, {
        reminders: stepState(state, stepId).reminders?.map(one =>
          one.branch === branch ? { ...one, count, nextAt } : one,
        ),
      });
    }
    case 'guard.measured': {
      const { stepId, ok, output, error, nextAt, dueAt } = event.data;
      const { guard, dueAt: before } = stepState(state, stepId);
      return patch(stepId, {
        dueAt: dueAt ?? before,
        guard: {
          nextAt: nextAt ?? guard?.nextAt ?? event.at,
          failures: error ? (guard?.failures ?? 0) + 1 : 0,
          last: {
            at: event.at,
            ok,
            ...(output === undefined ? {} : { output }),
            ...(error ? { error } : {}),
          },
        },
      });
    }
    case 'check.outdated':
      return patch(event.data.stepId, {
        status: 'pending',
        dueAt: undefined,
        error: undefined,
      });
    case 'approval.deferred': {
      const { stepId, checks, approvals } = event.data;
      return patch(stepId, { deferred: { checks, approvals } });
    }
    case 'switch.chosen': {
      const skipped = patchAll(event.data.skipped, {
        status: 'skipped',
        endedAt: event.at,
        error: { name: 'Skipped', message: 'Another case was chosen' },
      });
      const { stepId, chosen } = event.data;
      return {
        ...skipped,
        steps: {
          ...skipped.steps,
          [stepId]: {
            ...stepState(skipped, stepId),
            version: event.seq,
            chosen,
          },
        },
      };
    }
    case 'action.dispatched':
      return patch(event.data.stepId, {
        dispatched: true,
        tries: event.data.try,
        dueAt: undefined,
        error: undefined,
      });
    case 'action.failed':
      return patch(event.data.stepId, {
        dispatched: false,
        dueAt: event.data.retryAt,
        error: event.data.error,
      });
    case 'step.in-doubt': {
      const { stepId, error, potentialOwners, excludedOwners } = event.data;
      return patch(stepId, {
        status: 'in-doubt',
        dispatched: false,
        dueAt: undefined,
        error,
        potentialOwners,
        excludedOwners,
      });
    }
    case 'doubt.resolved':
      return patch(event.data.stepId, {
        comment: event.data.reason,
        actors: withActor(event.data.stepId),
      });
    case 'forEach.expanded': {
      const { stepId, items } = event.data;
      return {
        ...patch(stepId, {}),
        items: { ...state.items, [stepId]: items },
      };
    }
    case 'child.requested': {
      const key = childKey(event.data.stepId, event.data.attempt);
      return {
        ...patch(event.data.stepId, {}),
        children: { ...state.children, [key]: event.data },
      };
    }
    case 'child.started':
    case 'child.ended': {
      const { stepId, attempt, ...known } = event.data;
      const key = childKey(stepId, attempt);
      const child = state.children?.[key];
      return child
        ? {
            ...patch(stepId, {}),
            children: { ...state.children, [key]: { ...child, ...known } },
          }
        : state;
    }
    case 'step.completed': {
      const { stepId, evidence, output, comment } = event.data;
      const next = patch(stepId, {
        status: 'completed',
        endedAt: event.at,
        claimedBy: undefined,
        lock: undefined,
        dispatched: false,
        error: undefined,
        dueAt: undefined,
        evidence,
        output,
        comment,
        deferred: undefined,
        actors: withActor(stepId),
      });
      next.completionOrder = [
        ...state.completionOrder.filter(id => id !== stepId),
        stepId,
      ];
      return next;
    }
    case 'step.failed':
      return patch(event.data.stepId, {
        status: 'failed',
        blocked: undefined,
        lock: undefined,
        endedAt: event.at,
        claimedBy: undefined,
        dispatched: false,
        dueAt: undefined,
        // The approvals that were in count no more.
        deferred: undefined,
        error: event.data.error,
        actors: withActor(event.data.stepId),
      });
    case 'step.cancelled':
      return patch(event.data.stepId, {
        status: 'cancelled',
        blocked: undefined,
        lock: undefined,
        endedAt: event.at,
        claimedBy: undefined,
        dueAt: undefined,
        deferred: undefined,
        error: { name: 'Cancelled', message: event.data.reason },
      });
    case 'step.reset':
      return withoutItems(
        event.data.stepIds,
        patchAll(event.data.stepIds, {
          status: 'pending',
          skips: undefined,
          blocked: undefined,
          lock: undefined,
          startedAt: undefined,
          endedAt: undefined,
          potentialOwners: undefined,
          excludedOwners: undefined,
          claimedBy: undefined,
          evidence: undefined,
          votes: undefined,
          required: undefined,
          output: undefined,
          dueAt: undefined,
          deadline: undefined,
          escalatedTo: undefined,
          reminders: undefined,
          guard: undefined,
          deferred: undefined,
          dispatched: false,
          tries: 0,
          chosen: undefined,
          comment: undefined,
          error: undefined,
          policies: undefined,
        }),
      );
    case 'run.held':
      return { ...state, status: 'held' };
    case 'run.resumed':
      return {
        ...state,
        status: state.compensation ? 'compensating' : 'running',
      };
    case 'run.completed':
      return closed('completed');
    case 'run.failed':
      return closed('failed', event.data.reason);
    case 'run.cancelled':
      return closed('cancelled', event.data.reason);
    case 'compensation.started': {
      const { cause, reason, queue } = event.data;
      return {
        ...state,
        status: 'compensating',
        compensation: { cause, reason, queue, by: event.actor },
      };
    }
    case 'step.compensated': {
      const next = patch(event.data.stepId, { compensated: true });
      if (state.compensation) {
        next.compensation = {
          ...state.compensation,
          queue: state.compensation.queue.filter(
            id => id !== event.data.stepId,
          ),
        };
      }
      return next;
    }
    case 'run.compensated':
      return closed('compensated', event.data.reason);
    default:
      // A later engine's event: its effect is unknown, so reading must stop.
      throw new Error(
        `Unknown event type ${
          (event as { type: string }).type
        } for engine version ${state.engineVersion}`,
      );
  }
}
