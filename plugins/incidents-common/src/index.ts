/**
 * Incident model, engine core, obligations, permissions and API client.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './engine';
export * from './metrics';
export * from './permissions';
export * from './policy';
export * from './view';
