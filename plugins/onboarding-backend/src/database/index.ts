export { DatabaseOnboardingStore } from './DatabaseOnboardingStore';
export type {
  MissingTarget,
  OnboardingStore,
  PersonMilestone,
} from './OnboardingStore';
