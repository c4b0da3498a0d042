/**
 * The demo organisation signs the procedures that come with the portal.
 *
 * @packageDocumentation
 */
export { sopModuleDemo as default } from './module';
