/**
 * Guided tours, checklist and onboarding page.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
