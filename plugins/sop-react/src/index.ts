/**
 * What other front-end plugins need to show procedures, runs and tasks, and
 * the shared look of the suite.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './routes';
export * from './translation';
export * from './hooks';
export * from './components';
export { newCommandId } from './lib/commandId';
export { errorDetails, isUncertain, type ErrorDetails } from './lib/errors';
export { formatCountdown, formatDuration, formatExact } from './lib/time';
export { visuallyHidden } from './lib/visuallyHidden';
