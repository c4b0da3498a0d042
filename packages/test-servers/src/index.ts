/**
 * Real servers for tests and benchmarks.
 *
 * @packageDocumentation
 */
export { RealPrometheus, type Sample } from './RealPrometheus';
