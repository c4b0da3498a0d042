/**
 * Incident engine, obligations, alerts and API.
 *
 * @packageDocumentation
 */
export { incidentsPlugin as default } from './plugin';
