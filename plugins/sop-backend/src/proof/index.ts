export { composeProof } from './composeProof';
export { readProofConfig } from './config';
export type { ProofService } from './ProofService';
export { ExtraWitnesses } from './ExtraWitnesses';
