import { Step } from './types';

/** Whether a machine does the step. */
export const isAutomated = (step: Step) =>
  step.type === 'check' || step.type === 'action';
