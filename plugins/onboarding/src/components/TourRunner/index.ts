export { TourRunner } from './TourRunner';
