/**
 * SLO evaluation, budgets and API.
 *
 * @packageDocumentation
 */
export { sloPlugin as default } from './plugin';
