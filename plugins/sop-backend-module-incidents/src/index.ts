/**
 * Severe incidents close the change gate.
 *
 * @packageDocumentation
 */
export { sopModuleIncidents as default } from './module';
