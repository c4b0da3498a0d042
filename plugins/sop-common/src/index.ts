/**
 * The SOP kind, the pure engine, permissions and the API client.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './control';
export * from './engine';
export * from './expression';
export * from './insight';
export * from './model';
export * from './permissions';
export * from './policy';
export * from './schema';
export * from './simulate';
export * from './validation';
export * from './view';
