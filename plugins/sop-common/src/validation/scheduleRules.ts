import { recurrenceProblems } from '@handrail/calendar';
import { stringifyEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { Duration } from 'luxon';
import { SopSchedule } from '../model/types';
import { Rule, RuleContext } from './context';
import { checkPredicate } from './predicateRules';
import { describeValue, didYouMean, joinPath } from './problem';
import { isDoneByPeople } from './references';

const ROOT = 'spec.schedule';
const MAX_CATCH_UP_DAYS = 31;

/** The schedule happens, and its runs can start without a person. */
export const scheduleRule: Rule = context => {
  const { schedule } = context.spec;
  if (!schedule) {
    return;
  }
  for (const { field, problem } of recurrenceProblems(schedule)) {
    context.report({ path: joinPath(ROOT, field), message: problem });
  }
  checkCatchUp(context, schedule);
  checkTargets(context, schedule);
  checkInputs(context, schedule);
  checkInitiator(context);
};

function checkCatchUp({ report }: RuleContext, { catchUp }: SopSchedule) {
  if (catchUp === undefined) {
    return;
  }
  const duration = Duration.fromISO(catchUp);
  if (
    !duration.isValid ||
    duration.toMillis() < 0 ||
    duration.as('days') > MAX_CATCH_UP_DAYS
  ) {
    report({
      path: `${ROOT}.catchUp`,
      message: 'is not how long a late occurrence can be started',
      found: describeValue(catchUp),
      allowed: `an ISO 8601 duration such as PT2H, from PT0S to P${MAX_CATCH_UP_DAYS}D`,
    });
  }
}

function checkTargets(context: RuleContext, { targets }: SopSchedule) {
  const path = `${ROOT}.targets`;
  if (Array.isArray(targets)) {
    targets.forEach((ref, index) => {
      if (!isFullRef(ref)) {
        context.report({
          path: joinPath(path, index),
          message: 'is not an entity ref in full',
          found: describeValue(ref),
          allowed:
            'an entity ref in full and in lower case, such as component:default/payments-api',
        });
      }
    });
  } else if (targets !== undefined) {
    checkPredicate(context, path, targets);
  }
}

function isFullRef(ref: unknown): boolean {
  try {
    return stringifyEntityRef(parseEntityRef(ref as string)) === ref;
  } catch {
    return false;
  }
}

/** Nobody is there to fill in a form. */
function checkInputs({ spec, report }: RuleContext, schedule: SopSchedule) {
  const given = schedule.inputs ?? {};
  const properties = spec.inputs?.properties ?? {};
  const known = Object.keys(properties);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      report({
        path: joinPath(`${ROOT}.inputs`, name),
        message: `this procedure has no such input${didYouMean(name, known)}`,
        found: describeValue(name),
        allowed: known.join(', ') || 'no inputs',
      });
    }
  }
  for (const name of spec.inputs?.required ?? []) {
    const property = properties[name];
    const hasDefault =
      typeof property === 'object' && property.default !== undefined;
    if (!(name in given) && !hasDefault) {
      report({
        path: joinPath(`${ROOT}.inputs`, name),
        message: 'is required, as nobody fills in the inputs of these runs',
        found: 'nothing',
        allowed: 'a value here, or a default in spec.inputs',
      });
    }
  }
}

/** The initiator of these runs is the schedule, which does no work. */
function checkInitiator({ steps, report }: RuleContext) {
  for (const { step, path } of steps) {
    const roles: Array<[string, string | undefined]> = [
      [`${path}.role`, isDoneByPeople(step) ? step.role : undefined],
      [
        `${path}.compensation.role`,
        step.compensation?.type === 'manual'
          ? step.compensation.role
          : undefined,
      ],
    ];
    for (const [at, role] of roles) {
      if (role === 'initiator') {
        report({
          path: at,
          message: 'nobody has this role in a run that a schedule starts',
          found: describeValue(role),
          allowed: 'another role',
        });
      }
    }
  }
}
