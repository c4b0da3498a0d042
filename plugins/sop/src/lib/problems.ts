import type { ProcedureProblem } from '@handrail/plugin-sop-common';
import type { ErrorSchema } from '@rjsf/utils';

/** The parts of a path such as `inputs.items[0].name` or `inputs/a/b`. */
export function pathParts(path: string): string[] {
  return path
    .replace(/\[(\w+)\]/g, '.$1')
    .split(/[./]/)
    .filter(Boolean);
}

/** Problems below one key, and all others. */
export interface SortedProblems {
  /** Message by field, the key itself cut off. */
  fields: Record<string, string>;
  /** Problems that belong to no field. */
  rest: ProcedureProblem[];
}

/** Sorts problems by the direct child of `root` that they are about. */
export function problemsBelow(
  root: string,
  problems: readonly ProcedureProblem[],
): SortedProblems {
  const sorted: SortedProblems = { fields: {}, rest: [] };
  for (const problem of problems) {
    const [first, field] = pathParts(problem.path);
    if (first === root && field) {
      sorted.fields[field] = problem.message;
    } else {
      sorted.rest.push(problem);
    }
  }
  return sorted;
}

/** The problems of the inputs in the shape that the form wants. */
export function inputErrors(
  problems: readonly ProcedureProblem[],
): ErrorSchema<Record<string, unknown>> {
  const root: Record<string, unknown> = {};
  for (const problem of problems) {
    const [first, ...parts] = pathParts(problem.path);
    if (first !== 'inputs' || parts.length === 0) {
      continue;
    }
    let node = root;
    for (const part of parts) {
      const child = (node[part] ?? {}) as Record<string, unknown>;
      node[part] = child;
      node = child;
    }
    const key = '__errors';
    node[key] = [...((node[key] as string[]) ?? []), problem.message];
  }
  return root as ErrorSchema<Record<string, unknown>>;
}
