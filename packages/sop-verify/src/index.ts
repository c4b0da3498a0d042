/**
 * Checks exported bundles of runs, offline and with code of its own.
 *
 * @packageDocumentation
 */

export type { Finding, Report, VerifyOptions } from './bundle/types';
export { verifyBundle } from './bundle/verifyBundle';
export { main, type Output } from './cli';
export { readNotes } from './log/checkpoints';
export { replayRun } from './replay/replayRun';
export type { Policy } from './replay/tighten';
export { Violation, type Event, type Procedure } from './replay/types';
