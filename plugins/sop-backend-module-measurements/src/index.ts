/**
 * Lets check steps measure Prometheus and PostgreSQL.
 *
 * @packageDocumentation
 */
export { sopModuleMeasurements as default } from './module';
