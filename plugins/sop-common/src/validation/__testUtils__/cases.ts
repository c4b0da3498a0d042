import { formatProblem, validateSop } from '..';
import { Change, changed, Step } from './documents';

/** A change of a valid document, and the lines it is refused with. */
export type Case = [name: string, change: Change, ...expected: string[]];

/** What is wrong with the valid document after a change. */
export function lines(change: Change): string[] {
  return validateSop(changed(change)).map(formatProblem);
}

/** Steps inside the parallel and the switch step of the document. */
export const branchStep = (step: Step, branch: number) =>
  (step.branches as Array<{ steps: Step[] }>)[branch].steps[0];
export const caseStep = (step: Step) =>
  (step.cases as Array<{ steps: Step[] }>)[0].steps[0];
export const evidenceOf = (step: Step) => step.evidence as Step[];
