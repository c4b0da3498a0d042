/**
 * Procedures and their runs in the portal's search.
 *
 * @packageDocumentation
 */
export { searchModuleSop as default } from './module';
