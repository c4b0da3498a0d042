/**
 * Repositories of the embedded git host and their files.
 *
 * @packageDocumentation
 */

export { default } from './plugin';
