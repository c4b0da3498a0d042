/**
 * The Tour kind, permissions, figures and the API client of onboarding.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './insight';
export * from './model';
export * from './permissions';
export * from './schema';
export * from './validation';
