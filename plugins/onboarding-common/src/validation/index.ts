export { validateTour } from './validateTour';
export type { TourProblem } from './validateTour';
