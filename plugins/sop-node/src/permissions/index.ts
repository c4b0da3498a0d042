export {
  createSopRunConditionalDecision,
  createSopTaskConditionalDecision,
  sopRunConditions,
  sopTaskConditions,
} from './conditions';
export { matchesRun, matchesTask } from './matches';
export { sopRunResourceRef, sopTaskResourceRef } from './resources';
export type {
  SopRunQuery,
  SopRunResource,
  SopTaskQuery,
  SopTaskResource,
} from './resources';
export { sopRunRules } from './runRules';
export { sopTaskRules } from './taskRules';
