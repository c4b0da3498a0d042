/**
 * The SOP pages of the portal.
 *
 * @packageDocumentation
 */
export { sopPlugin as default } from './plugin';
