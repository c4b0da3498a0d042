/**
 * OpenSLO documents as catalog entities.
 *
 * @packageDocumentation
 */
export { catalogModuleOpenSlo as default } from './module';
