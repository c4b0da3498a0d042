import { Duration } from 'luxon';
import { isHuman } from './human';
import { Replay } from './Replay';
import { after } from './times';
import { Event, Reminder, Step } from './types';

/** How often a step reminds: itself, or by branch. */
function rhythms(step: Step): Array<{ branch?: number; every: string }> {
  if (isHuman(step)) {
    return step.every ? [{ every: step.every }] : [];
  }
  const branches: Array<{ every?: string }> =
    step.type === 'parallel' ? step.branches : [];
  return branches.flatMap(({ every }, branch) =>
    every ? { branch, every } : [],
  );
}

/** @throws Error when a duration cannot be read */
export function planReminders(
  replay: Replay,
  step: Step,
): Array<{ branch?: number; at: string }> | undefined {
  const planned = rhythms(step).map(({ every, ...branch }) => ({
    ...branch,
    at: after(replay.cause.at, every),
  }));
  return planned.length ? planned : undefined;
}

const OVER = ['completed', 'skipped', 'cancelled'];

function isOfUse(replay: Replay, step: Step, { branch }: Reminder): boolean {
  return (
    branch === undefined ||
    step.branches[branch].steps.some(
      ({ id }: Step) => !OVER.includes(replay.step(id).status),
    )
  );
}

/** Those whom a step waits for are reminded of it, where that is due. */
export function reminded(replay: Replay, event: Event, step: Step): void {
  const { status, reminders = [] } = replay.step(step.id);
  const due = reminders.filter(
    one => one.nextAt <= event.at && isOfUse(replay, step, one),
  );
  if (!['ready', 'reserved', 'running'].includes(status) || !due.length) {
    replay.fail(
      'reminder',
      `Event ${event.seq} reminds of "${step.id}" at ${event.at}, when that was not due`,
    );
  }
  for (const { branch, nextAt, count } of due) {
    const every = rhythms(step).find(one => one.branch === branch)!.every;
    const told = replay.expect('task.reminded', {
      stepId: step.id,
      branch,
      count: count + 1,
      nextAt: following(nextAt, every, event.at),
    });
    replay.touch(step.id, {
      reminders: replay
        .step(step.id)
        .reminders!.map(one =>
          one.branch === branch
            ? { ...one, count: count + 1, nextAt: String(told.data.nextAt) }
            : one,
        ),
    });
  }
}

/** The next time in a rhythm that keeps its beat whatever was missed. */
function following(beat: string, every: string, now: string): string {
  const length = Duration.fromISO(every).toMillis();
  const first = Date.parse(beat);
  const beats = Math.floor((Date.parse(now) - first) / length) + 1;
  return new Date(first + beats * length).toISOString();
}
