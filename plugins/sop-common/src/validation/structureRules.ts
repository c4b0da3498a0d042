import { EvidenceField } from '../model/types';
import { Rule, RuleContext } from './context';
import { patternError } from './patterns';
import { describeValue, didYouMean } from './problem';
import { LocatedStep } from './steps';

/** Greatest number of steps of a procedure, branches included. */
export const MAX_STEPS = 500;

/** Greatest nesting: 1 is a procedure without branches. */
export const MAX_STEP_DEPTH = 6;

/** Number and nesting of the steps. */
export const sizeRule: Rule = ({ steps, report }) => {
  if (steps.length > MAX_STEPS) {
    report({
      path: 'spec.steps',
      message: 'the procedure has too many steps, branches included',
      found: String(steps.length),
      allowed: `at most ${MAX_STEPS}`,
    });
  }
  for (const { path, depth, index } of steps) {
    // Once for each list that is too deep is enough.
    if (depth === MAX_STEP_DEPTH + 1 && index === 0) {
      report({
        path,
        message: 'steps are nested too deeply',
        found: `level ${depth}`,
        allowed: `at most ${MAX_STEP_DEPTH} levels`,
      });
    }
  }
};

/**
 * Ids are unique, and none is the name of something every JavaScript object
 * has: run state is kept in objects by id.
 */
export const idRule: Rule = context => {
  const { spec, steps, byId, report } = context;
  for (const located of steps) {
    const { id } = located.step;
    const first = byId.get(id);
    checkReserved(context, `${located.path}.id`, id);
    if (first && first !== located) {
      report({
        path: `${located.path}.id`,
        message: `duplicate id, first used at ${first.path}.id`,
        found: describeValue(id),
        allowed: 'an id that no other step has',
      });
    }
  }
  for (const name of Object.keys(spec.roles ?? {})) {
    checkReserved(context, `spec.roles.${name}`, name);
  }
  for (const { path, fields } of evidenceLists(steps)) {
    checkEvidenceIds(report, path, fields);
  }
};

function checkEvidenceIds(
  report: RuleContext['report'],
  path: string,
  fields: EvidenceField[],
) {
  const places = new Map<string, string>();
  fields.forEach((field, index) => {
    const place = `${path}[${index}].id`;
    const first = places.get(field.id);
    checkReserved({ report }, place, field.id);
    if (first) {
      report({
        path: place,
        message: `duplicate evidence id, first used at ${first}`,
        found: describeValue(field.id),
        allowed: 'an id that no other evidence of the step has',
      });
    } else {
      places.set(field.id, place);
    }
  });
}

/** Words that CEL does not accept behind a dot. */
const CEL_KEYWORDS = ['in', 'true', 'false', 'null'];

function checkReserved(
  { report }: Pick<RuleContext, 'report'>,
  path: string,
  id: string,
) {
  if (id in Object.prototype || CEL_KEYWORDS.includes(id)) {
    report({
      path,
      message: 'is a reserved word',
      found: describeValue(id),
      allowed: 'another name',
    });
  }
}

/** `returnTo` names an earlier step of the same list. */
export const returnRule: Rule = ({ steps, report }) => {
  for (const { step, path, earlierInList } of steps) {
    const rules = [
      step.type === 'approval'
        ? { key: 'onReject', target: step.onReject?.returnTo }
        : undefined,
      step.type === 'handoff'
        ? { key: 'onReturn', target: step.onReturn?.returnTo }
        : undefined,
    ];
    for (const rule of rules) {
      if (rule?.target !== undefined && !earlierInList.includes(rule.target)) {
        report({
          path: `${path}.${rule.key}.returnTo`,
          message: `is not an earlier step of the same list${didYouMean(
            rule.target,
            earlierInList,
          )}`,
          found: describeValue(rule.target),
          allowed: earlierInList.join(', ') || 'none, it is the first step',
        });
      }
    }
  }
};

/** `atLeast` can be reached. */
export const joinRule: Rule = ({ steps, report }) => {
  for (const { step, path } of steps) {
    if (step.type === 'parallel' && typeof step.join === 'object') {
      const { atLeast } = step.join;
      if (atLeast > step.branches.length) {
        report({
          path: `${path}.join.atLeast`,
          message: 'is more than the number of branches',
          found: String(atLeast),
          allowed: `1 to ${step.branches.length}`,
        });
      }
    }
  }
};

/** Evidence fields can be filled in. */
export const evidenceRule: Rule = ({ steps, report }) => {
  for (const { path, fields } of evidenceLists(steps)) {
    fields.forEach((field, index) =>
      checkEvidenceField(report, `${path}[${index}]`, field),
    );
  }
};

/** Everything that evidence fields outside a step must meet as well. */
export function checkEvidenceFields(
  report: RuleContext['report'],
  path: string,
  fields: EvidenceField[],
) {
  checkEvidenceIds(report, path, fields);
  fields.forEach((field, index) =>
    checkEvidenceField(report, `${path}[${index}]`, field),
  );
}

function checkEvidenceField(
  report: RuleContext['report'],
  at: string,
  { minimum, maximum, pattern }: EvidenceField,
) {
  if (minimum !== undefined && maximum !== undefined && minimum > maximum) {
    report({
      path: `${at}.minimum`,
      message: 'is greater than maximum',
      found: String(minimum),
      allowed: `at most ${maximum}`,
    });
  }
  const reason = pattern === undefined ? undefined : patternError(pattern);
  if (reason !== undefined) {
    report({
      path: `${at}.pattern`,
      message: reason,
      found: describeValue(pattern),
      allowed: 'a regular expression',
    });
  }
}

/** All lists of evidence fields, those of compensations included. */
function evidenceLists(
  steps: LocatedStep[],
): Array<{ path: string; fields: EvidenceField[] }> {
  return steps.flatMap(({ step, path }) => {
    const lists: Array<{ path: string; fields: EvidenceField[] }> = [];
    if (step.type === 'manual' && step.evidence) {
      lists.push({ path: `${path}.evidence`, fields: step.evidence });
    }
    if (step.compensation?.type === 'manual' && step.compensation.evidence) {
      lists.push({
        path: `${path}.compensation.evidence`,
        fields: step.compensation.evidence,
      });
    }
    return lists;
  });
}
