import { checkWindow, evaluateWindows } from '@handrail/calendar';
import { PolicyWindow } from '../model/policy';
import { toCalendarWindow } from '../policy/windowBlocks';
import { describeValue, SopProblem } from './problem';

/** Windows are told apart, can be read, and open some time. */
export function checkWindows(
  windows: PolicyWindow[] | undefined,
  report: (problem: SopProblem) => void,
): void {
  const names = new Map<string, number>();
  let readable = true;
  windows?.forEach((window, index) => {
    const path = `spec.windows[${index}]`;
    const first = names.get(window.name);
    if (first !== undefined) {
      report({
        path: `${path}.name`,
        message: `duplicate name, first used at spec.windows[${first}]`,
        found: describeValue(window.name),
        allowed: 'a name that no other window of the policy has',
      });
    } else {
      names.set(window.name, index);
    }
    for (const message of checkWindow(toCalendarWindow(window))) {
      readable = false;
      report({ path, message });
    }
  });
  if (windows && readable) {
    checkOpens(windows, report);
  }
}

/** Any instant does: what never opens does not open after this one either. */
const SOME_TIME = '2026-01-01T00:00:00.000Z';

/** A policy that nobody can ever meet is a mistake. */
function checkOpens(
  windows: PolicyWindow[],
  report: (problem: SopProblem) => void,
): void {
  const decision = evaluateWindows(windows.map(toCalendarWindow), SOME_TIME);
  if (decision.neverOpens) {
    report({
      path: 'spec.windows',
      message: 'never open: no time within five years is allowed',
      found: windows.map(({ name }) => name).join(', '),
      allowed: 'windows that leave some time',
    });
  }
}
