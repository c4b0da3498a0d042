export { TourOffer } from './TourOffer';
