import {
  businessCalendarProblems,
  checkRotation,
  checkWindow,
  evaluateWindows,
} from '@handrail/calendar';
import { rotationOf } from '../engine/rotations';
import { SopWindow } from '../model/types';
import { Rule, RuleContext } from './context';
import { describeValue, didYouMean, joinPath } from './problem';

/** Windows can be read, have names of their own, open some day, and are known. */
export const windowRule: Rule = context => {
  const { spec, steps, report } = context;
  const windows = spec.windows ?? [];
  const places = new Map<string, string>();
  const sound = new Set<string>();
  windows.forEach((window, index) => {
    const path = `spec.windows[${index}]`;
    const first = places.get(window.name);
    if (first) {
      report({
        path: `${path}.name`,
        message: `duplicate name, first used at ${first}.name`,
        found: describeValue(window.name),
        allowed: 'a name that no other window has',
      });
    } else {
      places.set(window.name, path);
    }
    const problems = checkWindow(window);
    problems.forEach(message => report({ path, message }));
    if (problems.length === 0 && opens(context, path, [window])) {
      sound.add(window.name);
    }
  });
  const known = windows.map(({ name }) => name);
  for (const { step, path } of steps) {
    step.windows?.forEach((name, index) => {
      if (!known.includes(name)) {
        report({
          path: `${path}.windows[${index}]`,
          message: `unknown window${didYouMean(name, known)}`,
          found: describeValue(name),
          allowed: known.join(', ') || 'none, spec.windows is missing',
        });
      }
    });
    const named = windows.filter(one => step.windows?.includes(one.name));
    if (named.length > 1 && named.every(one => sound.has(one.name))) {
      opens(context, `${path}.windows`, named);
    }
  }
};

/** Reports windows that never let anything happen. */
function opens(
  { now, report }: RuleContext,
  path: string,
  windows: SopWindow[],
): boolean {
  const { neverOpens } = evaluateWindows(windows, now);
  if (neverOpens) {
    report({
      path,
      message:
        windows.length > 1
          ? 'together these windows never open: a step that names them could never begin'
          : `the window never opens from ${now.slice(
              0,
              10,
            )} on: a step that names it could never begin`,
      found: windows.map(one => one.rrule).join(' and '),
      allowed: 'windows that open within five years',
    });
  }
  return !neverOpens;
}

/** Roles that rotate can be resolved, and calendars can be read. */
export const rotationRule: Rule = ({ spec, report }) => {
  for (const [name, role] of Object.entries(spec.roles ?? {})) {
    // Who the members are is known when a run starts.
    const rotation = rotationOf(role, ['user:default/somebody']);
    const path = `${joinPath('spec.roles', name)}.rotate`;
    for (const message of rotation ? checkRotation(rotation) : []) {
      report({ path, message });
    }
  }
  for (const [name, calendar] of Object.entries(spec.calendars ?? {})) {
    const path = joinPath('spec.calendars', name);
    for (const { field, problem } of businessCalendarProblems(calendar)) {
      report({ path: `${path}.${field}`, message: problem });
    }
  }
};
