import type { ASTNode } from '@marcbachmann/cel-js';
import { backtrackingProblem } from './backtracking';
import { environment } from './environment';

/** What an expression refers to, or why it cannot be read. @public */
export type ExpressionAnalysis =
  | {
      ok: true;
      /** Variables used, for example `inputs` and `steps`. */
      roots: string[];
      /** Ids used as `steps.<id>` or `steps['<id>']`. */
      stepRefs: string[];
      /** The result type where it can be told without values, else `dyn`. */
      type: string;
    }
  | {
      ok: false;
      message: string;
      /** Offset of the offending character in the source. */
      position?: number;
    };

const MACROS_WITH_VARIABLE = ['all', 'exists', 'exists_one', 'map', 'filter'];

/**
 * Parses a CEL expression and lists what it refers to. Never throws.
 * @public
 */
export function analyseExpression(source: string): ExpressionAnalysis {
  if (source.trim() === '') {
    return { ok: false, message: 'The expression is empty', position: 0 };
  }
  try {
    const parsed = environment.parse(source);
    const roots = new Set<string>();
    const stepRefs = new Set<string>();
    visit(parsed.ast, [], roots, stepRefs);
    const slow = patternProblem(parsed.ast);
    if (slow) {
      return { ok: false, message: slow };
    }
    const check = parsed.check();
    if (!check.valid) {
      return failure(check.error);
    }
    return {
      ok: true,
      roots: [...roots],
      stepRefs: [...stepRefs],
      type: check.type ?? 'dyn',
    };
  } catch (error) {
    return failure(error);
  }
}

/** Why a `matches` of the expression could take very long. */
function patternProblem(node: ASTNode): string | undefined {
  if (node.op === 'rcall' && node.args[0] === 'matches') {
    const [pattern] = node.args[2];
    if (pattern?.op !== 'value' || typeof pattern.args !== 'string') {
      return 'the pattern of matches must be written as text';
    }
    const problem = backtrackingProblem(pattern.args);
    if (problem) {
      return `the pattern "${pattern.args.slice(0, 80)}" ${problem}`;
    }
  }
  for (const child of childrenOf(node.args)) {
    const problem = patternProblem(child);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function failure(error: unknown): ExpressionAnalysis {
  const celError = error as {
    summary?: string;
    message?: string;
    range?: { start: number };
  };
  return {
    ok: false,
    message: celError.summary ?? celError.message ?? 'Unreadable expression',
    position: celError.range?.start,
  };
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value;
}

function visit(
  node: ASTNode,
  locals: string[],
  roots: Set<string>,
  stepRefs: Set<string>,
): void {
  if (node.op === 'id') {
    if (!locals.includes(node.args)) {
      roots.add(node.args);
    }
    return;
  }
  if (node.op === 'value') {
    return;
  }
  if (node.op === '.' || node.op === '.?') {
    const [object, key] = node.args;
    if (isStepsVariable(object, locals)) {
      stepRefs.add(key);
    }
    visit(object, locals, roots, stepRefs);
    return;
  }
  if (node.op === '[]' || node.op === '[?]') {
    const [object, key] = node.args;
    if (
      isStepsVariable(object, locals) &&
      key.op === 'value' &&
      typeof key.args === 'string'
    ) {
      stepRefs.add(key.args);
    }
  }
  if (node.op === 'rcall' && MACROS_WITH_VARIABLE.includes(node.args[0])) {
    const [, receiver, callArgs] = node.args;
    visit(receiver, locals, roots, stepRefs);
    const [variable, ...bodies] = callArgs;
    const inner =
      variable?.op === 'id' ? [...locals, variable.args] : [...locals];
    bodies.forEach(body => visit(body, inner, roots, stepRefs));
    return;
  }
  for (const child of childrenOf(node.args)) {
    visit(child, locals, roots, stepRefs);
  }
}

function childrenOf(args: unknown): ASTNode[] {
  if (isNode(args)) {
    return [args];
  }
  return Array.isArray(args) ? args.flatMap(childrenOf) : [];
}

function isStepsVariable(node: ASTNode, locals: string[]): boolean {
  return node.op === 'id' && node.args === 'steps' && !locals.includes('steps');
}
