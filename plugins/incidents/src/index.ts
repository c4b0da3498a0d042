/**
 * Incident pages, declare button, entity tab and card, home widget.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
