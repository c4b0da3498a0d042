import { Environment } from '@marcbachmann/cel-js';
import { Json } from './types';

const MAX_COMPILED = 5000;

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 2000, maxDepth: 50, maxListElements: 500 },
});
// Numbers of JSON are doubles; literals of authors are often integers.
for (const operator of ['+', '-', '*', '/'] as const) {
  const compute = (a: number, b: number) => {
    switch (operator) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      default:
        return a / b;
    }
  };
  environment.registerOperator(
    `double ${operator} int`,
    (a: number, b: bigint) => compute(a, Number(b)),
  );
  environment.registerOperator(
    `int ${operator} double`,
    (a: bigint, b: number) => compute(Number(a), b),
  );
}

const compiled = new Map<string, ReturnType<typeof environment.parse>>();

function plain(value: any): Json {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (value === null || value === undefined) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value instanceof Map) {
    return Object.fromEntries(
      [...value].map(([key, item]) => [String(key), plain(item)]),
    );
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object') {
    if ('hasValue' in value) {
      return value.hasValue() ? plain(value.value()) : null;
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, plain(item)]),
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new Error('not a number of JSON');
  }
  return value;
}

/** @throws Error when it cannot be evaluated */
export function evaluate(source: string, context: object): Json {
  let program = compiled.get(source);
  if (!program) {
    program = environment.parse(source);
    if (compiled.size >= MAX_COMPILED) {
      compiled.clear();
    }
    compiled.set(source, program);
  }
  return plain(program(context as Record<string, unknown>));
}

/** @throws Error when it cannot be evaluated or is neither true nor false */
export function holds(source: string, context: object): boolean {
  const value = evaluate(source, context);
  if (typeof value !== 'boolean') {
    throw new Error(`${source} is neither true nor false`);
  }
  return value;
}

/** Where the `}}` stands that ends an expression; not inside a literal. */
function endOf(text: string, from: number): number {
  let quote = '';
  for (let i = from; i < text.length; i++) {
    const char = text[i];
    if (quote) {
      if (char === '\\') {
        i += 1;
      } else if (char === quote) {
        quote = '';
      }
    } else if (char === '"' || char === "'") {
      quote = char;
    } else if (text.startsWith('}}', i)) {
      return i;
    }
  }
  throw new Error(`"\${{" is never closed in ${text}`);
}

function fillText(text: string, context: object): Json {
  let result = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('${{', at);
    if (open < 0) {
      return result + text.slice(at);
    }
    const close = endOf(text, open + 3);
    const value = evaluate(text.slice(open + 3, close).trim(), context);
    if (open === 0 && close + 2 === text.length) {
      return value;
    }
    result += text.slice(at, open);
    if (value !== null) {
      result +=
        typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    at = close + 2;
  }
}

/**
 * Fills in every `${{ }}`; a text that is one expression takes its type.
 * @throws Error when an expression cannot be evaluated
 */
export function fillIn(value: Json, context: object): Json {
  if (typeof value === 'string') {
    return fillText(value, context);
  }
  if (Array.isArray(value)) {
    return value.map(item => fillIn(item, context));
  }
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, fillIn(item, context)]),
    );
  }
  return value;
}
