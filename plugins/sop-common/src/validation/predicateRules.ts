import { parseFilterPredicate } from '@backstage/filter-predicates';
import { JsonValue } from '@backstage/types';
import { Rule, RuleContext } from './context';
import { describeValue, didYouMean, joinPath } from './problem';

const OPERATORS = [
  '$all',
  '$any',
  '$not',
  '$exists',
  '$in',
  '$contains',
  '$hasPrefix',
];

/** `appliesTo` is a filter predicate that the catalog can evaluate. */
export const predicateRule: Rule = context => {
  const { appliesTo } = context.spec;
  if (appliesTo !== undefined) {
    checkPredicate(context, 'spec.appliesTo', appliesTo);
  }
};

/** Reports what is no filter predicate. */
export function checkPredicate(
  context: Pick<RuleContext, 'report'>,
  path: string,
  predicate: JsonValue,
): void {
  // The evaluator takes operators it does not know as "no match" without a
  // word, so the misspelt one is looked for first.
  if (reportUnknownOperators(context, predicate, path)) {
    return;
  }
  try {
    parseFilterPredicate(predicate);
  } catch {
    context.report({
      path,
      message: 'is not a filter predicate',
      found: describeValue(predicate),
      allowed: `an object from paths to values, and the operators ${OPERATORS.join(
        ', ',
      )}`,
    });
  }
}

function reportUnknownOperators(
  context: Pick<RuleContext, 'report'>,
  value: unknown,
  path: string,
): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  let found = false;
  for (const [key, child] of Object.entries(value)) {
    const at = joinPath(path, Array.isArray(value) ? Number(key) : key);
    if (key.startsWith('$') && !OPERATORS.includes(key)) {
      context.report({
        path: at,
        message: `unknown operator${didYouMean(key, OPERATORS)}`,
        found: describeValue(key),
        allowed: OPERATORS.join(', '),
      });
      found = true;
    }
    found = reportUnknownOperators(context, child, at) || found;
  }
  return found;
}
