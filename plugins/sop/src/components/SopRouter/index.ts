export { SopRouter } from './SopRouter';
