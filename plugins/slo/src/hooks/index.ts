export { useSlos } from './useSlos';
export { useBurnDown, useEvaluate, useRules, useSlo } from './useSlo';
export { useOwnership, useSloOwners } from './useOwnership';
