export { TourHost } from './TourHost';
