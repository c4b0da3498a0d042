import { replayRun } from '../replay/replayRun';
import { Bundle } from './Bundle';
import { readPolicies, readProcedure } from './content';
import { checkDates } from './dates';
import { checkEvidence } from './evidence';
import { checkInclusion, readProofs } from './inclusion';
import { readJournal } from './journal';
import { LogFacts } from './log';
import { Leaves } from './range';
import { RunFile } from './types';

/**
 * Verifies one run. Nothing is replayed of what is not as it was written.
 * @returns the number of events
 * @throws Violation when something in the run must not be
 */
export function verifyRun(
  bundle: Bundle,
  runId: string,
  log: LogFacts,
  leaves: Leaves,
): number {
  const before = bundle.findings.length;
  const run = bundle.json<RunFile>(`runs/${runId}/run.json`);
  if (run.runId !== runId) {
    throw new Error(`runs/${runId}/run.json is that of run ${run.runId}`);
  }
  const procedure = readProcedure(bundle, run);
  const journal = readJournal(bundle.text(`runs/${runId}/journal.jsonl`), run);
  const proven = readProofs(bundle, runId);
  const places = checkInclusion(bundle, run, journal, log, { leaves, proven });
  const last = Math.max(0, ...leaves.keys(), ...proven.keys());
  if (last > journal.events.length) {
    const seq = journal.events.length + 1;
    bundle.found(
      'truncated',
      `The journal ends with event ${journal.events.length}; the log has it up to event ${last}`,
      { runId, seq, index: (leaves.get(seq) ?? proven.get(seq))?.index },
    );
  }
  const policies = readPolicies(bundle, runId, journal.events);
  if (bundle.findings.length === before) {
    checkDates(bundle, journal, places);
    checkEvidence(bundle, runId, journal);
    replayRun(procedure, run.revisionHash, journal.events, policies);
  }
  return journal.events.length;
}
