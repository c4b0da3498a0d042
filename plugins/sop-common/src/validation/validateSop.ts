import { SopEntity } from '../model/types';
import { Rule, runRules } from './context';
import { expressionRule } from './expressionRules';
import { forEachRule } from './forEachRules';
import { inputsRule } from './inputsRules';
import { lockRule } from './lockRules';
import { refRule, roleRule } from './peopleRules';
import { predicateRule } from './predicateRules';
import { SopProblem } from './problem';
import { scheduleRule } from './scheduleRules';
import { findShapeProblems } from './shape';
import {
  evidenceRule,
  idRule,
  joinRule,
  returnRule,
  sizeRule,
} from './structureRules';
import { deadlineRule } from './deadlineRules';
import { guardRule } from './guardRules';
import { subProcedureRule } from './subProcedureRules';
import { timeRule } from './timeRules';
import { rotationRule, windowRule } from './windowRules';

const RULES: readonly Rule[] = [
  sizeRule,
  idRule,
  refRule,
  roleRule,
  returnRule,
  joinRule,
  evidenceRule,
  forEachRule,
  lockRule,
  subProcedureRule,
  timeRule,
  windowRule,
  deadlineRule,
  rotationRule,
  guardRule,
  predicateRule,
  inputsRule,
  scheduleRule,
  expressionRule,
];

/**
 * Everything that is wrong with a document that says it is an SOP; nothing when
 * it can be registered and run. The shape is checked first, and what the parts
 * say about each other only when the shape is sound. Never throws.
 * @param options - `now`: ISO instant from which on windows must open
 * @public
 */
export function validateSop(
  entity: unknown,
  options: { now?: string } = {},
): SopProblem[] {
  const shape = findShapeProblems(entity);
  return shape.length > 0
    ? shape
    : runRules(
        entity as SopEntity,
        RULES,
        options.now ?? new Date().toISOString(),
      );
}
