import { Step } from './types';

const HUMAN = ['manual', 'approval', 'handoff', 'tour'];

/** Whether the step waits for people. */
export const isHuman = (step: Step) => HUMAN.includes(step.type);
