import { StepDeadline } from './types';

/** By when the next person must act: to begin while nobody has, else to end. */
export function taskDueAt(deadline: StepDeadline | undefined) {
  return [deadline?.startBy, deadline?.completeBy]
    .flatMap(at => at ?? [])
    .sort()[0];
}

/** Somebody has begun: nothing is left of what was for the case that nobody does. */
export function withStart(
  deadline: StepDeadline | undefined,
): StepDeadline | undefined {
  return (
    deadline && {
      ...deadline,
      startBy: undefined,
      escalations: deadline.escalations.map(one =>
        one.unlessStarted ? { ...one, done: true } : one,
      ),
    }
  );
}

type Due =
  | { at: string; kind: 'escalation'; index: number }
  | { at: string; kind: 'start' | 'complete' };

/** What is still to come of the deadlines of a task, earliest first. */
function upcoming(deadline: StepDeadline | undefined): Due[] {
  if (!deadline) {
    return [];
  }
  const { startBy, completeBy, startPassed, completePassed } = deadline;
  const due: Due[] = deadline.escalations.flatMap((one, index) =>
    one.done ? [] : { at: one.at, kind: 'escalation', index },
  );
  if (startBy && !startPassed) {
    due.push({ at: startBy, kind: 'start' });
  }
  if (completeBy && !completePassed) {
    due.push({ at: completeBy, kind: 'complete' });
  }
  return due.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

/** What is due next; nothing when all has happened. */
export function nextDue(deadline: StepDeadline | undefined): Due | undefined {
  return upcoming(deadline)[0];
}
