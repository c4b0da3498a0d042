/**
 * The back end of onboarding: tours, progress and milestones.
 *
 * @packageDocumentation
 */
export { onboardingPlugin as default } from './plugin';
