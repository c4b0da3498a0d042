/**
 * SLO arithmetic, OpenSLO model, rules, permissions and API client.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './core';
export * from './openslo';
export * from './permissions';
export * from './rules';
