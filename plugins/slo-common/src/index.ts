/**
 * SLO arithmetic, OpenSLO model, rules, permissions and API client.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './permissions';
