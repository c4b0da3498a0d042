export { StepPanel } from './StepPanel';
export { EvidenceValue } from './EvidenceValues';
export { CommandError } from './CommandError';
