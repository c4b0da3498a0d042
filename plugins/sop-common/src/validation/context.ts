import { stringifyEntityRef } from '@backstage/catalog-model';
import { SopEntity, SopSpec } from '../model/types';
import { SopProblem } from './problem';
import { LocatedStep, locateSteps } from './steps';

/** What every rule works on: a document whose shape is sound. */
export interface RuleContext {
  spec: SopSpec;
  /** Entity ref of the document itself. */
  self: string;
  steps: LocatedStep[];
  /** The first step with each id. */
  byId: Map<string, LocatedStep>;
  /** ISO instant, for what depends on whether something still happens. */
  now: string;
  /** How many problems are recorded so far. */
  problems(): number;
  /** Records a problem. */
  report(problem: SopProblem): void;
}

/** A rule looks at the whole document and reports what is wrong. */
export type Rule = (context: RuleContext) => void;

/** Runs rules over a document whose shape is sound. */
export function runRules(
  entity: SopEntity,
  rules: readonly Rule[],
  now: string,
): SopProblem[] {
  const { spec } = entity;
  const problems: SopProblem[] = [];
  const steps = locateSteps(spec);
  const byId = new Map<string, LocatedStep>();
  for (const located of steps) {
    if (!byId.has(located.step.id)) {
      byId.set(located.step.id, located);
    }
  }
  const context: RuleContext = {
    spec,
    self: stringifyEntityRef(entity),
    steps,
    byId,
    now,
    problems: () => problems.length,
    report: problem => problems.push(problem),
  };
  rules.forEach(rule => rule(context));
  return problems;
}
