export { EntitySteps } from './EntitySteps';
