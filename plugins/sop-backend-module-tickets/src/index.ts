/**
 * Lets steps of procedures work with tickets.
 *
 * @packageDocumentation
 */
export { sopModuleTickets as default } from './module';
