import type { ASTNode } from '@marcbachmann/cel-js';
import { InputError } from '@backstage/errors';

/**
 * What one evaluation may cost: one for each turn of a macro (`all`, `exists`,
 * `map`, …), and one for each value and each 64 characters that a turn or a `+`
 * makes. About a second on one core.
 */
export const MAX_COST = 1_000_000;

const CHARACTERS_PER_COST = 64;

let remaining = MAX_COST;

class CostError extends InputError {
  constructor() {
    super(
      `it takes too long: more than ${MAX_COST} steps. Loop over shorter lists, or do not nest loops`,
    );
  }
}

/**
 * Runs an evaluation within the bounds of {@link MAX_COST}. CEL always ends, but
 * nested loops over long lists end late, and values that hold each other several
 * times are larger than they look.
 * @throws CostError
 */
export function bounded<T>(evaluate: () => T): T {
  remaining = MAX_COST;
  const result = evaluate();
  // A quantifier takes an error inside it for an answer.
  if (remaining < 0) {
    throw new CostError();
  }
  charge(sizeOf(result));
  return result;
}

function charge(cost: number): void {
  remaining -= cost;
  if (remaining < 0) {
    throw new CostError();
  }
}

/** As much of a value's size as is needed to see that it is too large. */
function sizeOf(value: unknown): number {
  let size = 0;
  const open: unknown[] = [value];
  while (open.length > 0 && size <= remaining) {
    const next = open.pop();
    size += 1;
    if (typeof next === 'string') {
      size += Math.floor(next.length / CHARACTERS_PER_COST);
    } else if (next instanceof Map) {
      push(open, next.values());
    } else if (Array.isArray(next)) {
      // Not spread: a list may be longer than an argument list.
      size += next.length;
      if (size <= remaining) {
        next.forEach(item => open.push(item));
        size -= next.length;
      }
    } else if (typeof next === 'object' && next !== null) {
      push(open, Object.values(next));
    }
  }
  return size;
}

function push(open: unknown[], values: Iterable<unknown>): void {
  for (const value of values) {
    open.push(value);
  }
}

/** What a node of the parser has besides what its types tell. */
interface LoopNode {
  op: string;
  args: unknown;
  meta: { alternate?: LoopNode };
  evaluate(...args: unknown[]): unknown;
}

interface Comprehension {
  iterable: LoopNode;
  init: LoopNode;
  step: LoopNode;
  condition?: (accu: unknown) => boolean;
}

/** Makes every loop of an expression that was just parsed count its turns. */
export function countCosts(ast: ASTNode): void {
  visit(ast as unknown as LoopNode, new Set());
}

function visit(node: LoopNode, seen: Set<LoopNode>): void {
  if (seen.has(node)) {
    return;
  }
  seen.add(node);
  const { alternate } = node.meta;
  if (alternate) {
    visit(alternate, seen);
  } else if (node.op === 'comprehension') {
    const loop = node.args as Comprehension;
    visit(loop.iterable, seen);
    visit(loop.step, seen);
    after(loop.step, () => charge(1));
    const { condition } = loop;
    if (condition) {
      loop.condition = accu => remaining >= 0 && condition(accu);
    }
  } else {
    children(node.args).forEach(child => visit(child, seen));
    if (node.op === 'accuPush') {
      children(node.args)
        // A sum is counted as such.
        .filter(made => made.op !== '+')
        .forEach(made => after(made, value => charge(sizeOf(value))));
    } else if (node.op === '+') {
      after(node, value => charge(sizeOf(value)));
    }
  }
}

function isNode(value: unknown): value is LoopNode {
  return typeof value === 'object' && value !== null && 'meta' in value;
}

function children(args: unknown): LoopNode[] {
  if (isNode(args)) {
    return [args];
  }
  return Array.isArray(args) ? args.flatMap(children) : [];
}

/** Has something done with every value that a node gives. */
function after(node: LoopNode, act: (value: unknown) => void): void {
  // A node replaces its own method when it is first evaluated.
  let inner = node.evaluate;
  let depth = 0;
  function evaluate(this: LoopNode, ...args: unknown[]): unknown {
    depth += 1;
    try {
      const value = inner.apply(node, args);
      if (depth === 1) {
        act(value);
      }
      return value;
    } finally {
      depth -= 1;
    }
  }
  Object.defineProperty(node, 'evaluate', {
    get: () => evaluate,
    set: fresh => {
      inner = fresh;
    },
  });
}
