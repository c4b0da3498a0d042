/**
 * What other front-end plugins need to show procedures, runs and tasks, and
 * the shared look of the suite.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './routes';
