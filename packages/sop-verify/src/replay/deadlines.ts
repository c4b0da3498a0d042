import { addBusinessDuration } from '@handrail/calendar';
import { fullRef } from './people';
import { Replay } from './Replay';
import { isHuman } from './human';
import { sendBack } from './sendBack';
import { after } from './times';
import { Deadline, Event, Step } from './types';

/** @throws Error when a duration or the calendar cannot be read */
export function planDeadline(
  replay: Replay,
  { deadline }: Step,
): Deadline | undefined {
  if (!deadline) {
    return undefined;
  }
  const { at } = replay.cause;
  const calendar = replay.procedure.calendars?.[deadline.calendar];
  const plus = (duration: string) =>
    calendar
      ? addBusinessDuration(at, duration, calendar)
      : after(at, duration);
  const { startWithin, completeWithin, escalations = [] } = deadline;
  return {
    ...(startWithin ? { startBy: plus(startWithin) } : {}),
    ...(completeWithin ? { completeBy: plus(completeWithin) } : {}),
    escalations: escalations.map((one: any) => ({
      at: plus(one.after),
      ...(one.unlessStarted ? { unlessStarted: true } : {}),
    })),
  };
}

/** Somebody works on a task: it is no longer late to begin. */
export function begun(replay: Replay, id: string): void {
  const { deadline } = replay.step(id);
  if (deadline) {
    replay.touch(id, {
      deadline: {
        completeBy: deadline.completeBy,
        escalations: deadline.escalations.map(one => ({
          ...one,
          done: one.done || one.unlessStarted,
        })),
      },
    });
  }
}

type Due = { at: string; what: number | 'start' | 'complete' };

/** What happens next because time passes. */
function nextDue(deadline: Deadline | undefined): Due | undefined {
  const { startBy, completeBy, escalations = [] } = deadline ?? {};
  const due: Due[] = escalations.flatMap(({ at, done }, what) =>
    done ? [] : { at, what },
  );
  if (startBy) {
    due.push({ at: startBy, what: 'start' });
  }
  if (completeBy) {
    due.push({ at: completeBy, what: 'complete' });
  }
  // Of two at the same time the one that stands first here is first.
  return due.reduce<Due | undefined>(
    (first, one) => (first && first.at <= one.at ? first : one),
    undefined,
  );
}

/** Everything that is due on a task happens, in the order of its times. */
export function timePassed(replay: Replay, event: Event, step: Step): void {
  const { status } = replay.step(step.id);
  const first = nextDue(replay.step(step.id).deadline);
  if (
    !isHuman(step) ||
    !['ready', 'reserved'].includes(status) ||
    !first ||
    first.at > event.at
  ) {
    replay.fail(
      'deadline',
      `Event ${event.seq} (${event.type} of "${step.id}") is dated ${
        event.at
      }; ${
        first ? `nothing was due before ${first.at}` : 'nothing is due any more'
      }`,
    );
  }
  for (;;) {
    const { deadline } = replay.step(step.id);
    const due = nextDue(deadline);
    if (!due || due.at > replay.cause.at) {
      return;
    }
    if (typeof due.what === 'number') {
      escalated(replay, step, due.what);
    } else if (passed(replay, step, due.what, due.at)) {
      return;
    }
  }
}

function escalated(replay: Replay, { id, deadline }: Step, index: number) {
  const rule = deadline.escalations[index];
  const to: string[] = [rule.to].flat().map(fullRef);
  const action = rule.action ?? 'notify';
  replay.expect('task.escalated', { stepId: id, index, to, action });
  const state = replay.step(id);
  const known = state.escalatedTo ?? [];
  replay.touch(id, {
    deadline: {
      ...state.deadline,
      escalations: state.deadline!.escalations.map((one, i) =>
        i === index ? { ...one, done: true } : one,
      ),
    },
    escalatedTo: action === 'widen' ? [...new Set([...known, ...to])] : known,
  });
}

/** @returns whether that ends the task */
function passed(
  replay: Replay,
  step: Step,
  deadline: 'start' | 'complete',
  dueAt: string,
): boolean {
  const { id } = step;
  const rule = step.deadline.onTimeout ?? 'none';
  const effect = deadline === 'complete' && rule !== 'none' ? rule : undefined;
  replay.expect('deadline.passed', { stepId: id, deadline, dueAt, effect });
  const state = replay.step(id);
  replay.touch(id, {
    deadline: {
      ...state.deadline!,
      [deadline === 'start' ? 'startBy' : 'completeBy']: undefined,
    },
  });
  if (!effect) {
    return false;
  }
  let back: { returnTo?: string } | undefined;
  if (effect === 'reject' && step.type === 'approval') {
    back = step.onReject;
  } else if (effect === 'return' && step.type === 'handoff') {
    back = step.onReturn;
  }
  sendBack(replay, step, back?.returnTo, 'DeadlinePassed');
  return true;
}
