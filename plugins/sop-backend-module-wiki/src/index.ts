/**
 * Lets steps of procedures publish pages.
 *
 * @packageDocumentation
 */
export { sopModuleWiki as default } from './module';
