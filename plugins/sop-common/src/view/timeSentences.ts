import { AnyRunEvent } from '../engine/types';
import { sayName, sayAnd } from './names';

const EFFECTS = {
  fail: 'So it fails',
  reject: 'So it counts as rejected',
  return: 'So it counts as returned',
};

/** What the clock did in a run, as sentences; nothing for other events. */
export function timeSentence(
  event: AnyRunEvent,
  name: (stepId: string) => string,
): { text: string; detail?: string } | undefined {
  switch (event.type) {
    case 'deadline.passed': {
      const { stepId, deadline, effect } = event.data;
      const what =
        deadline === 'start' ? 'has not begun in time' : 'is not done in time';
      const come = effect && EFFECTS[effect];
      return { text: `${name(stepId)} ${what}`, detail: come };
    }
    case 'task.escalated': {
      const { stepId, to, action } = event.data;
      const who = sayAnd(to.map(sayName));
      return {
        text: `${name(stepId)} was escalated to ${who}`,
        detail: action === 'widen' ? 'They may do it as well' : undefined,
      };
    }
    case 'task.reminded': {
      const { stepId, count } = event.data;
      return {
        text: `Reminded of ${name(stepId)}`,
        detail: count > 1 ? `Reminder ${count}` : undefined,
      };
    }
    case 'guard.measured': {
      const { stepId, ok, error, output } = event.data;
      if (error) {
        return {
          text: `The guard of ${name(stepId)} could not be measured`,
          detail: error.message,
        };
      }
      return {
        text: `The guard of ${name(stepId)} ${ok ? 'holds' : 'does not hold'}`,
        // That all is well needs no figures; the panel of the step has the last.
        detail: ok ? undefined : short(output),
      };
    }
    case 'check.outdated':
      return {
        text: `${name(event.data.stepId)} is measured again`,
        detail: `Its result was too old for ${name(event.data.gate)}`,
      };
    case 'approval.deferred':
      return {
        text: `${name(event.data.stepId)} has its votes and waits for ${sayAnd(
          event.data.checks.map(name),
        )}`,
      };
    default:
      return undefined;
  }
}

const DETAIL_LENGTH = 120;

function short(output: unknown): string | undefined {
  const text = JSON.stringify(output);
  return text && text.length > DETAIL_LENGTH
    ? `${text.slice(0, DETAIL_LENGTH)}…`
    : text;
}

/** "outside “release-hours”, which did not count", or nothing. */
export function bypassDetail(event: AnyRunEvent): string | undefined {
  const bypassed = 'bypassed' in event.data ? event.data.bypassed : undefined;
  return bypassed?.length
    ? `Outside ${sayAnd(
        bypassed.map(one => `“${one}”`),
      )}, which did not count because of its exception`
    : undefined;
}
