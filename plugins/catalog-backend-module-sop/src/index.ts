/**
 * The SOP kind for the catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleSop as default } from './module';
