export { composeGate } from './composeGate';
export { PolicyContributor } from './PolicyContributor';
export { GateContributors } from './GateContributors';
export type { GateService } from './GateService';
