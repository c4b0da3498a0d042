export { EvidenceForm } from './EvidenceForm';
