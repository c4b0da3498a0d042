import {
  CalendarWindow,
  evaluateWindows,
  WindowDecision,
} from '@handrail/calendar';
import { PolicyRevision, PolicyWindow } from '../model/policy';
import { StepBlock } from '../engine/types';
import { StepTightening } from './tightenStep';

/** A window of a policy as the calendar takes it. */
export function toCalendarWindow(window: PolicyWindow): CalendarWindow {
  return { ...window, timezone: window.timezone ?? 'Etc/UTC' };
}

/** What keeps a step because a policy's windows are closed. @public */
export interface WindowsClosed {
  policy: PolicyRevision;
  decision: WindowDecision;
}

/** The policies whose windows are closed at an instant. @public */
export function closedPolicies(
  windows: StepTightening['windows'],
  at: string,
): WindowsClosed[] {
  return windows
    .map(({ policy, windows: own }) => ({
      policy,
      decision: evaluateWindows(own.map(toCalendarWindow), at),
    }))
    .filter(({ decision }) => !decision.open);
}

/** When the windows of a policy close, if they are open and ever do. @public */
export function policyClosesAt(
  { spec }: PolicyRevision,
  at: string,
): string | undefined {
  return evaluateWindows((spec.windows ?? []).map(toCalendarWindow), at)
    .closesAt;
}

/** Changes of windows that are looked through for a common opening. */
const MAX_LOOKS = 200;

/**
 * When the windows of all policies are open together next.
 * @returns nothing when that was not found within five years
 * @public
 */
export function openTogetherAt(
  windows: StepTightening['windows'],
  at: string,
): string | undefined {
  let time = at;
  for (let look = 0; look < MAX_LOOKS; look++) {
    const closed = closedPolicies(windows, time);
    if (closed.length === 0) {
      return time;
    }
    const opens = closed.map(({ decision }) => decision.opensAt);
    const latest = opens.every(Boolean) ? opens.sort().pop() : undefined;
    if (!latest) {
      return undefined;
    }
    time = latest;
  }
  return undefined;
}

/** The windows of policies that keep a step now. */
export function policyWindowBlocks(
  windows: StepTightening['windows'],
  now: string,
): StepBlock[] {
  const closed = closedPolicies(windows, now);
  return closed.map(({ policy, decision }) => ({
    kind: 'policy',
    sentence: closedSentence(policy, decision),
    // All of them must be open, so one alone is not worth a look.
    until: openTogetherAt(windows, now),
    ref: policy.ref,
  }));
}

/** Reads on from "Blocked because". @public */
export function closedSentence(
  policy: PolicyRevision,
  { blocking, neverOpens }: WindowDecision,
): string {
  const names = blocking.map(({ name }) => `“${name}”`).join(' and ');
  const [first] = blocking;
  const what =
    first?.effect === 'deny'
      ? `the policy ${policy.title} denies it in the window ${names}`
      : `the policy ${policy.title} allows it only in the window ${names}`;
  return neverOpens ? `${what}, which does not open within five years` : what;
}
