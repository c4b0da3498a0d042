import { Environment } from '@marcbachmann/cel-js';

/**
 * The one CEL environment of the suite. Expressions are pure and always end:
 * CEL has no loops but the bounded macros, and the limits below bound the rest.
 *
 * JSON numbers are CEL doubles. So that an author may write
 * `steps.before.evidence.rows + 1`, arithmetic between a double and an integer
 * literal is defined here as double arithmetic.
 */
export const environment = createEnvironment();

function createEnvironment(): Environment {
  const env = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: { maxAstNodes: 2000, maxDepth: 50, maxListElements: 500 },
  });
  const arithmetic: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
  };
  for (const [operator, compute] of Object.entries(arithmetic)) {
    env.registerOperator(
      `double ${operator} int`,
      (a: number, b: bigint): number => compute(a, Number(b)),
    );
    env.registerOperator(
      `int ${operator} double`,
      (a: bigint, b: number): number => compute(Number(a), b),
    );
  }
  return env;
}
