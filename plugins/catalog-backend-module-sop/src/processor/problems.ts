import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { formatProblem, validateSop } from '@handrail/plugin-sop-common';

/** Whether an entity is of a kind, whatever its case. */
export function isOfKind(entity: Entity, kind: string): boolean {
  return entity.kind.toLocaleLowerCase('en-US') === kind;
}

/**
 * Refuses an entity with problems.
 *
 * @param what - what it is, in a sentence: "procedure"
 * @throws InputError with one line for each problem.
 */
export function refuseProblems(
  what: string,
  problems: ReturnType<typeof validateSop>,
): void {
  if (problems.length > 0) {
    const many = problems.length === 1 ? 'problem' : 'problems';
    throw new InputError(
      [
        `The ${what} has ${problems.length} ${many}:`,
        ...problems.map(formatProblem),
      ].join('\n'),
    );
  }
}
