export { EntitySteps, EntityStepsCard } from './EntitySteps';
