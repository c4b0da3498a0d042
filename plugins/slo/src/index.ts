/**
 * SLO pages, entity tab and card, home widget.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export { sloApiRef } from './api';
export { sloTranslationRef } from './translation';
export { sloRouteRefs } from './routes';
