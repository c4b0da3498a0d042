/**
 * Prometheus as a source of SLO counters.
 *
 * @packageDocumentation
 */
export { sloModulePrometheus as default } from './module';
