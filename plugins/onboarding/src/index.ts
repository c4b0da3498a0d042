/**
 * Guided tours, checklist and onboarding page.
 *
 * @packageDocumentation
 */
export { onboardingPlugin as default } from './plugin';
export { onboardingApiRef } from './api';
export { onboardingTranslationRef } from './translation';
