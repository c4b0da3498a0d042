export * from './OnboardingClient';
export * from './types';
