import { addBusinessDuration } from '@handrail/calendar';
import { Duration } from 'luxon';
import {
  ReturnRule,
  SopDeadline,
  SopEscalation,
  SopSpec,
} from '../model/types';
import { HumanStep, normaliseRef } from './people';
import type { Recorder } from './Recorder';
import { sendBack } from './sendBack';
import { nextDue } from './stepDeadline';
import { plusDuration } from './time';
import { StepDeadline } from './types';

/**
 * When the deadlines of a task are, counted from an instant.
 * @throws InputError when a duration or the calendar cannot be read
 */
export function planDeadline(
  spec: SopSpec,
  deadline: SopDeadline | undefined,
  now: string,
): Pick<StepDeadline, 'startBy' | 'completeBy' | 'escalations'> | undefined {
  if (!deadline) {
    return undefined;
  }
  const calendar = deadline.calendar
    ? spec.calendars?.[deadline.calendar]
    : undefined;
  const after = (duration: string) =>
    calendar
      ? addBusinessDuration(now, duration, calendar)
      : plusDuration(now, duration);
  const { startWithin, completeWithin, escalations = [] } = deadline;
  return {
    ...(startWithin ? { startBy: after(startWithin) } : {}),
    ...(completeWithin ? { completeBy: after(completeWithin) } : {}),
    escalations: escalations.map(one => ({
      at: after(one.after),
      ...(one.unlessStarted ? { unlessStarted: true } : {}),
    })),
  };
}

/** Carries out everything that is due, in the order in which it became due. */
export function passDeadlines(recorder: Recorder, step: HumanStep): void {
  for (;;) {
    const next = nextDue(recorder.step(step.id).deadline);
    if (!next || next.at > recorder.facts.now) {
      return;
    }
    if (next.kind === 'escalation') {
      escalate(recorder, step, next.index);
    } else if (pass(recorder, step, next.kind, next.at)) {
      return;
    }
  }
}

function escalate(recorder: Recorder, step: HumanStep, index: number): void {
  const escalation = step.deadline?.escalations?.[index];
  if (!escalation) {
    throw new Error(`Step ${step.id} has no escalation ${index}`);
  }
  recorder.emit('task.escalated', {
    stepId: step.id,
    index,
    to: escalationRefs(escalation),
    action: escalation.action ?? 'notify',
  });
}

/** Entity refs that an escalation goes to. */
export function escalationRefs({ to }: Pick<SopEscalation, 'to'>): string[] {
  return [to].flat().map(normaliseRef);
}

/** @returns whether the task is over */
function pass(
  recorder: Recorder,
  step: HumanStep,
  deadline: 'start' | 'complete',
  dueAt: string,
): boolean {
  const rule = step.deadline?.onTimeout ?? 'none';
  const effect = deadline === 'complete' && rule !== 'none' ? rule : undefined;
  recorder.emit('deadline.passed', {
    stepId: step.id,
    deadline,
    dueAt,
    effect,
  });
  if (!effect) {
    return false;
  }
  sendBack(recorder, step, returnRule(step, effect)?.returnTo, {
    name: 'DeadlinePassed',
    message: `It was not done within ${inWords(step.deadline?.completeWithin)}`,
  });
  return true;
}

function returnRule(
  step: HumanStep,
  effect: 'fail' | 'reject' | 'return',
): ReturnRule | undefined {
  if (effect === 'reject' && step.type === 'approval') {
    return step.onReject;
  }
  return effect === 'return' && step.type === 'handoff'
    ? step.onReturn
    : undefined;
}

/** "30 minutes" for `PT30M`. */
function inWords(duration: string | undefined): string {
  return Duration.fromISO(duration ?? '', { locale: 'en-US' }).toHuman();
}
