export { SloDetail } from './SloDetail';
export { SloDetailLoading } from './SloDetailLoading';
