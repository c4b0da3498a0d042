export { StepPanel } from './StepPanel';
export { EvidenceValue } from './EvidenceValues';
