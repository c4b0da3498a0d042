/**
 * Incident engine, obligations, alerts and API.
 *
 * @packageDocumentation
 */
export {};
