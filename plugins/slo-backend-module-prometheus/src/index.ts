/**
 * Prometheus as a source of SLO counters.
 *
 * @packageDocumentation
 */
export {};
