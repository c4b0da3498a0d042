export { SloRouter } from './SloRouter';
