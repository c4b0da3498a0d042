import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { environment } from './environment';
import { bounded, countCosts } from './limits';

/** Values an expression may refer to. @public */
export type ExpressionContext = Record<string, unknown>;

type Compiled = ReturnType<typeof environment.parse>;

/** Expressions come from pinned revisions, so few distinct ones recur often. */
const COMPILED_LIMIT = 5000;
const compiled = new Map<string, Compiled>();

function compile(source: string): Compiled {
  const known = compiled.get(source);
  if (known) {
    return known;
  }
  const fresh = environment.parse(source);
  countCosts(fresh.ast);
  if (compiled.size >= COMPILED_LIMIT) {
    compiled.clear();
  }
  compiled.set(source, fresh);
  return fresh;
}

/**
 * Evaluates a CEL expression to a JSON value.
 *
 * @throws InputError when the expression cannot be read or evaluated, naming
 * the expression and the reason.
 * @public
 */
export function evaluateExpression(
  source: string,
  context: ExpressionContext,
): JsonValue {
  try {
    const run = compile(source);
    return toJson(bounded(() => run(context)));
  } catch (error) {
    const { summary, message } = error as { summary?: string; message: string };
    throw new InputError(
      `Expression "${source}" cannot be evaluated: ${summary ?? message}`,
    );
  }
}

/**
 * Evaluates a condition.
 *
 * @throws InputError when it cannot be evaluated or is not true or false.
 * @public
 */
export function evaluateCondition(
  source: string,
  context: ExpressionContext,
): boolean {
  const value = evaluateExpression(source, context);
  if (typeof value !== 'boolean') {
    throw new InputError(
      `Expression "${source}" must be true or false; found ${JSON.stringify(
        value,
      )}`,
    );
  }
  return value;
}

function toJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') {
    return Number(value);
  }
  if (value === null || value === undefined) {
    return null;
  }
  if (typeof value === 'object' && 'hasValue' in value) {
    const optional = value as { hasValue(): boolean; value(): unknown };
    return optional.hasValue() ? toJson(optional.value()) : null;
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  if (value instanceof Map) {
    return Object.fromEntries(
      [...value].map(([key, item]) => [String(key), toJson(item)]),
    );
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, toJson(item)]),
    );
  }
  if (
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && Number.isFinite(value))
  ) {
    return value;
  }
  throw new InputError(`A value of type ${typeof value} is not JSON`);
}
