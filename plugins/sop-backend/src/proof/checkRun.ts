import {
  leafHash,
  parseCheckpointText,
  parseNote,
  verifyInclusion,
} from '@handrail/journal';
import type { Knex } from 'knex';
import { sopLog } from './LogKeeper';

/** What the log says against a run. */
export interface RunInLog {
  reason: string;
  message: string;
  seq?: number;
  expected?: string;
  found?: string;
}

/** The log has a run that the database does not. */
export async function deletedRun(
  db: Knex,
  runId: string,
): Promise<RunInLog | undefined> {
  const [first] = await sopLog.leavesOf(db, runId);
  return (
    first && {
      reason: 'run-deleted',
      message: `Run ${runId} was deleted; the log has it from entry ${first.idx} on`,
      seq: first.seq,
    }
  );
}

/**
 * Compares a run whose chain is sound with the log: somebody who writes and
 * hashes a whole journal again cannot do the same to a log that is signed.
 */
export async function checkRunInLog(
  db: Knex,
  runId: string,
): Promise<RunInLog | undefined> {
  const leaves = await sopLog.leavesOf(db, runId);
  const rows: Array<{ seq: number; hash: string }> = await db('run_event')
    .where('run_id', runId)
    .orderBy('seq')
    .select('seq', 'hash');
  const checkpoint = await sopLog.latestCheckpoint(db);
  const root =
    checkpoint && parseCheckpointText(parseNote(checkpoint.note).text).root;
  for (const leaf of leaves) {
    const row = rows[leaf.seq - 1];
    if (!row) {
      return {
        reason: 'truncated',
        message: `Event ${leaf.seq} is missing: the log has it at entry ${leaf.idx}`,
        seq: leaf.seq,
      };
    }
    if (row.hash !== leaf.hash) {
      return {
        reason: 'rewritten',
        message: `Event ${leaf.seq} is not the one in the log at entry ${leaf.idx}: the journal was written and hashed again`,
        seq: leaf.seq,
        expected: leaf.hash,
        found: row.hash,
      };
    }
    if (checkpoint && root && leaf.idx < checkpoint.size) {
      const { size } = checkpoint;
      const included = verifyInclusion({
        leaf: leafHash(Buffer.from(leaf.hash, 'hex')),
        index: leaf.idx,
        size,
        path: await sopLog.inclusionProof(db, leaf.idx, size),
        root,
      });
      if (!included) {
        return {
          reason: 'log-rewritten',
          message: `Event ${leaf.seq} is not in the log that was signed: the log was rewritten`,
          seq: leaf.seq,
        };
      }
    }
  }
  return undefined;
}
