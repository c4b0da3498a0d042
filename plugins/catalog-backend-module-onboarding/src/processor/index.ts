export { TourProcessor } from './TourProcessor';
