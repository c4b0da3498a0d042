import { InputError } from '@backstage/errors';
import { ProcedureProblem } from '@handrail/plugin-sop-common';

/**
 * An InputError whose response body lists each problem by its path, in
 * `error.problems`.
 */
export function problemError(
  message: string,
  problems: ProcedureProblem[],
): InputError {
  const facts = problems.map(
    ({ path, message: what, found, allowed }) =>
      `${path}: ${what}${found === undefined ? '' : `, found ${found}`}${
        allowed === undefined ? '' : `, allowed: ${allowed}`
      }`,
  );
  return Object.assign(new InputError(`${message}: ${facts.join('; ')}`), {
    problems,
  });
}
