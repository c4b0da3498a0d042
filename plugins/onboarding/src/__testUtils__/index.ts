export * from './FakeOnboardingApi';
export * from './renderWith';
