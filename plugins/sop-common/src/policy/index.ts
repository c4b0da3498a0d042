export * from './describe';
export {
  effectiveSpec,
  hasPolicies,
  UnknownPolicyError,
} from './effectiveSpec';
export type { PolicyFacts } from './effectiveSpec';
export * from './inForce';
export * from './tightenStep';
export {
  closedPolicies,
  closedSentence,
  openTogetherAt,
  policyClosesAt,
} from './windowBlocks';
export type { WindowsClosed } from './windowBlocks';
