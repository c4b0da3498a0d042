export { EntityRuns, EntityRunsCard } from './EntityRuns';
