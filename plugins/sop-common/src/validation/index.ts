export { validateSopPolicy } from './validatePolicy';
export { validateSop } from './validateSop';
export { formatProblem } from './problem';
export type { SopProblem } from './problem';
export { locateSteps } from './steps';
export type { LocatedStep } from './steps';
