export { TourSession, type RunningTour } from './TourSession';
