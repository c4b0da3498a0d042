export { composeGate } from './composeGate';
export { GateContributors } from './GateContributors';
export type { GateService } from './GateService';
