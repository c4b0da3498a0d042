/**
 * Spent error budgets close the change gate.
 *
 * @packageDocumentation
 */
export { sopModuleSlo as default } from './module';
