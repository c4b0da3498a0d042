/**
 * Checks exported bundles of runs, offline and with code of its own.
 *
 * @packageDocumentation
 */

export { replayRun } from './replay/replayRun';
export { Violation, type Event, type Procedure } from './replay/types';
