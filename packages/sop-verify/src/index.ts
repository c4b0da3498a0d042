/**
 * Checks exported bundles of runs, offline and with code of its own.
 *
 * @packageDocumentation
 */

export type { Finding, Report } from './bundle/types';
export { verifyBundle, type VerifyOptions } from './bundle/verifyBundle';
export { main, type Output } from './cli';
export { readNotes } from './log/checkpoints';
export { replayRun } from './replay/replayRun';
export { Violation, type Event, type Procedure } from './replay/types';
