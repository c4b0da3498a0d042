export { ControlCard } from './ControlCard';
export { RevisionActions } from './RevisionActions';
export { SignatureLine, Signatures } from './Signatures';
