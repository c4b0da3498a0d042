/**
 * SLO pages, entity tab and card, home widget.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
