/**
 * Incident model, engine core, obligations, permissions and API client.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './permissions';
