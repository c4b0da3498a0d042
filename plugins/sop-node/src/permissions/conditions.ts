import { createConditionExports } from '@backstage/plugin-permission-node';
import { sopRunResourceRef, sopTaskResourceRef } from './resources';
import { sopRunRules } from './runRules';
import { sopTaskRules } from './taskRules';

const runs = createConditionExports({
  resourceRef: sopRunResourceRef,
  rules: sopRunRules,
});

const tasks = createConditionExports({
  resourceRef: sopTaskResourceRef,
  rules: sopTaskRules,
});

/** Conditions over runs, for permission policies. @public */
export const sopRunConditions = runs.conditions;

/** A conditional decision about runs, for permission policies. @public */
export const createSopRunConditionalDecision = runs.createConditionalDecision;

/** Conditions over tasks, for permission policies. @public */
export const sopTaskConditions = tasks.conditions;

/** A conditional decision about tasks, for permission policies. @public */
export const createSopTaskConditionalDecision = tasks.createConditionalDecision;
