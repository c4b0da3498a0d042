/**
 * A back end with this plugin, for the tests of its modules.
 *
 * @packageDocumentation
 */
export * from './harness';
export * from './Person';
