import { JsonValue } from '@backstage/types';
import { analyseExpression, templateExpressions } from '../expression';
import { SopCompensation, SopStep } from '../model/types';
import { Rule, RuleContext } from './context';
import { describeValue, didYouMean, joinPath } from './problem';
import { explainStanding } from './references';
import { LocatedStep, Standing, standingOf } from './steps';

/** A CEL expression of the document and what it may refer to. */
interface Expression {
  path: string;
  source: string;
  /** Must be true or false. */
  condition: boolean;
  /** Must give a list. */
  list?: boolean;
  roots: readonly string[];
  /** The step it belongs to, absent for `runTitle`. */
  owner?: LocatedStep;
  /** It is evaluated after its own step is done. */
  afterOwner: boolean;
}

const TITLE_ROOTS = ['inputs', 'target', 'run'];
const STEP_ROOTS = [...TITLE_ROOTS, 'steps'];
const ASSERT_ROOTS = [...STEP_ROOTS, 'evidence'];
const CHECK_ROOTS = [...STEP_ROOTS, 'output'];
const EVENT_ROOTS = [...STEP_ROOTS, 'event'];

/** Every CEL expression can be read and refers to what exists by then. */
export const expressionRule: Rule = context => {
  const expressions = collectExpressions(context);
  const graph = new Map<string, Set<string>>();
  for (const { owner, source, afterOwner } of expressions) {
    const analysis = analyseExpression(source);
    if (owner && analysis.ok && !afterOwner) {
      const refs = graph.get(owner.step.id) ?? new Set();
      analysis.stepRefs.forEach(ref => refs.add(ref));
      graph.set(owner.step.id, refs);
    }
  }
  expressions.forEach(expression =>
    checkExpression(context, expression, graph),
  );
};

function checkExpression(
  { byId, report }: RuleContext,
  expression: Expression,
  graph: Map<string, Set<string>>,
) {
  const { path, source, condition, roots, owner } = expression;
  const analysis = analyseExpression(source);
  const found = describeValue(source);
  if (!analysis.ok) {
    report({
      path,
      message: explainFailure(analysis, source),
      found,
      allowed: 'a CEL expression',
    });
    return;
  }
  for (const root of analysis.roots.filter(one => !roots.includes(one))) {
    report({
      path,
      message: `unknown variable "${root}"${didYouMean(root, roots)}`,
      found,
      allowed: roots.join(', '),
    });
  }
  if (
    expression.list &&
    analysis.type !== 'dyn' &&
    !analysis.type.startsWith('list')
  ) {
    report({
      path,
      message: `gives ${analysis.type}`,
      found,
      allowed: 'an expression that gives a list',
    });
  }
  if (condition && analysis.type !== 'bool' && analysis.type !== 'dyn') {
    report({
      path,
      message: `gives ${analysis.type}`,
      found,
      allowed: 'an expression that is true or false',
    });
  }
  if (!owner) {
    return;
  }
  for (const id of analysis.stepRefs) {
    const other = byId.get(id);
    if (!other) {
      const known = [...byId.keys()];
      report({
        path,
        message: `unknown step "${id}"${didYouMean(id, known)}`,
        found,
        allowed: earlierSteps([...byId.values()], expression),
      });
      continue;
    }
    const standing = standingOf(other, owner);
    if (isDone(standing, expression)) {
      continue;
    }
    const cycle =
      standing === 'self' ? undefined : findCycle(graph, owner.step.id, id);
    report({
      path,
      message: cycle
        ? `cyclic: ${cycle.join(' → ')}`
        : explainStanding(id, standing),
      found,
      allowed: earlierSteps([...byId.values()], expression),
    });
  }
}

/** The step has been done when the expression is evaluated. */
function isDone(standing: Standing, { afterOwner }: Expression): boolean {
  return (
    standing === 'before' ||
    (afterOwner && (standing === 'self' || standing === 'inside'))
  );
}

/** A sentence for people from what the parser or the type check says. */
function explainFailure(
  { message, position }: { message: string; position?: number },
  source: string,
): string {
  const at = position === undefined ? '' : ` at character ${position + 1}`;
  if (message === 'Unexpected token: EOF') {
    return 'cannot be read: it ends too early';
  }
  if (message.startsWith('Unexpected token') && position !== undefined) {
    return `cannot be read: unexpected "${source.charAt(position)}"${at}`;
  }
  const overload = /^no such overload: (.*)$/.exec(message)?.[1];
  return overload === undefined
    ? `cannot be read${at}: ${message}`
    : `the types do not fit${at}: ${overload}`;
}

/** The way from `from` over `via` back to `from` along references, if any. */
function findCycle(
  graph: Map<string, Set<string>>,
  from: string,
  via: string,
): string[] | undefined {
  const visited = new Set<string>();
  const open = [[from, via]];
  for (let way = open.shift(); way; way = open.shift()) {
    const last = way[way.length - 1];
    if (last === from) {
      return way;
    }
    if (!visited.has(last)) {
      visited.add(last);
      for (const next of graph.get(last) ?? []) {
        open.push([...way, next]);
      }
    }
  }
  return undefined;
}

const LISTED_STEPS = 20;

function earlierSteps(steps: LocatedStep[], expression: Expression): string {
  const { owner } = expression;
  const ids = steps
    .filter(one => owner && isDone(standingOf(one, owner), expression))
    .map(one => one.step.id);
  if (ids.length === 0) {
    return 'no step, none comes before';
  }
  const more = ids.length > LISTED_STEPS ? ', …' : '';
  return `steps ${ids.slice(0, LISTED_STEPS).join(', ')}${more}`;
}

function collectExpressions(context: RuleContext): Expression[] {
  const { spec, steps } = context;
  const expressions: Expression[] = [];
  const texts: TextVisitor = (value, path, roots, owner, afterOwner) => {
    for (const source of templateSources(context, value, path)) {
      expressions.push({
        ...source,
        condition: false,
        roots: owner ? [...roots, ...itemsAround(owner)] : roots,
        owner,
        afterOwner: afterOwner ?? false,
      });
    }
  };
  texts(spec.runTitle, 'spec.runTitle', TITLE_ROOTS);
  spec.windows?.forEach(({ unless }, index) => {
    if (unless !== undefined) {
      expressions.push({
        path: `spec.windows[${index}].unless`,
        source: unless,
        condition: true,
        roots: TITLE_ROOTS,
        afterOwner: false,
      });
    }
  });
  for (const owner of steps) {
    const { step, path } = owner;
    for (const [key, source, roots] of conditionsOf(step)) {
      expressions.push({
        path: `${path}.${key}`,
        source,
        condition: true,
        roots: [...roots, ...itemsAround(owner)],
        owner,
        afterOwner: false,
      });
    }
    if (step.type === 'forEach') {
      expressions.push({
        path: `${path}.in`,
        source: step.in,
        condition: false,
        list: true,
        roots: STEP_ROOTS,
        owner,
        afterOwner: false,
      });
    }
    for (const [key, value, roots] of textsOf(step)) {
      texts(value, `${path}.${key}`, roots, owner);
    }
    for (const [key, value] of compensationTexts(step.compensation)) {
      texts(value, `${path}.compensation.${key}`, STEP_ROOTS, owner, true);
    }
  }
  return expressions;
}

/** Variables of the items that a step is about. */
function itemsAround({ parent }: LocatedStep): string[] {
  if (!parent) {
    return [];
  }
  const { step } = parent;
  return [
    ...(step.type === 'forEach' ? [step.as] : []),
    ...itemsAround(parent),
  ];
}

type TextVisitor = (
  value: JsonValue | undefined,
  path: string,
  roots: readonly string[],
  owner?: LocatedStep,
  afterOwner?: boolean,
) => void;

type Condition = [key: string, source: string, roots: readonly string[]];

function conditionsOf(step: SopStep): Condition[] {
  const conditions: Condition[] = [];
  if (step.if !== undefined) {
    conditions.push(['if', step.if, STEP_ROOTS]);
  }
  if (step.type === 'manual') {
    step.assert?.forEach(({ that }, index) =>
      conditions.push([`assert[${index}].that`, that, ASSERT_ROOTS]),
    );
  }
  if (step.type === 'check') {
    conditions.push(['expect', step.expect, CHECK_ROOTS]);
  }
  if (step.type === 'wait' && step.guard) {
    conditions.push(['guard.expect', step.guard.expect, CHECK_ROOTS]);
  }
  if (step.type === 'listen') {
    conditions.push(['correlate', step.correlate, EVENT_ROOTS]);
  }
  if (step.type === 'switch') {
    step.cases.forEach((one, index) =>
      conditions.push([`cases[${index}].if`, one.if, STEP_ROOTS]),
    );
  }
  return conditions;
}

type Text = [key: string, value: JsonValue | undefined, roots: string[]];

function textsOf(step: SopStep): Text[] {
  const texts: Text[] = [
    ['instructions', step.instructions, STEP_ROOTS],
    ['lock', step.lock, STEP_ROOTS],
  ];
  switch (step.type) {
    case 'manual':
      step.assert?.forEach(({ message }, index) =>
        texts.push([`assert[${index}].message`, message, ASSERT_ROOTS]),
      );
      break;
    case 'approval':
    case 'handoff':
      texts.push(['question', step.question, STEP_ROOTS]);
      break;
    case 'wait':
      texts.push(['until', step.until, STEP_ROOTS]);
      texts.push(['guard.message', step.guard?.message, CHECK_ROOTS]);
      texts.push(['guard.input', step.guard?.input, STEP_ROOTS]);
      break;
    case 'check':
      texts.push(['message', step.message, CHECK_ROOTS]);
      texts.push(['input', step.input, STEP_ROOTS]);
      break;
    case 'action':
      texts.push(['input', step.input, STEP_ROOTS]);
      break;
    case 'forEach':
      texts.push(['label', step.label, [...STEP_ROOTS, step.as]]);
      texts.push(['owners', step.owners, [...STEP_ROOTS, step.as]]);
      break;
    case 'run':
      texts.push(['inputs', step.inputs, STEP_ROOTS]);
      texts.push(['target', step.target, STEP_ROOTS]);
      break;
    default:
  }
  return texts;
}

function compensationTexts(
  compensation: SopCompensation | undefined,
): Array<[key: string, value: JsonValue | undefined]> {
  switch (compensation?.type) {
    case 'manual':
      return [['instructions', compensation.instructions]];
    case 'action':
      return [['input', compensation.input]];
    default:
      return [];
  }
}

/** The expressions in every string of a JSON value, with their paths. */
function templateSources(
  context: RuleContext,
  value: JsonValue | undefined,
  path: string,
): Array<{ path: string; source: string }> {
  if (typeof value === 'string') {
    try {
      return templateExpressions(value).map(source => ({ path, source }));
    } catch {
      context.report({
        path,
        message: 'a "${{" is never closed',
        found: describeValue(value),
        allowed: 'text in which every "${{" has its "}}"',
      });
      return [];
    }
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      templateSources(context, item, joinPath(path, index)),
    );
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) =>
      templateSources(context, item, joinPath(path, key)),
    );
  }
  return [];
}
