/**
 * The Tour kind for the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleOnboarding as default } from './module';
