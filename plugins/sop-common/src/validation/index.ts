export { validateSopPolicy } from './validatePolicy';
export { validateSop } from './validateSop';
export { formatProblem } from './problem';
export type { SopProblem } from './problem';
