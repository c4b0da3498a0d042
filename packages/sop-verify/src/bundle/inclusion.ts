import { leafOf, rootFrom } from '../log/merkle';
import { Bundle } from './Bundle';
import { Journal } from './journal';
import { LogFacts } from './log';
import { Leaves } from './range';
import { InclusionFile, RunFile } from './types';

/** Proofs of a run by the number of the event. */
export type Proofs = Map<number, InclusionFile['events'][number]>;

/** Where each event of a run is said to be in the log, with the proof. */
export function readProofs(bundle: Bundle, runId: string): Proofs {
  const path = `runs/${runId}/inclusion.json`;
  return new Map(
    bundle.files[path]
      ? bundle.json<InclusionFile>(path).events.map(one => [one.seq, one])
      : [],
  );
}

/** Each event of the journal must be in the log. @returns its place there */
export function checkInclusion(
  bundle: Bundle,
  run: RunFile,
  journal: Journal,
  log: LogFacts,
  places: { leaves: Leaves; proven: Proofs },
): number[] {
  const { size, root } = log.checkpoint;
  return journal.hashes.map((hash, i) => {
    const seq = i + 1;
    const leaf = places.leaves.get(seq);
    const proof = places.proven.get(seq);
    if (leaf) {
      if (leaf.hash !== hash) {
        bundle.found(
          'rewritten',
          `Event ${seq} is not the one in the log at ${leaf.index}: it was written and hashed again`,
          { runId: run.runId, seq, index: leaf.index },
        );
      }
      return leaf.index;
    }
    const reached =
      proof &&
      rootFrom(
        leafOf(hash),
        proof.index,
        size,
        proof.path.map(one => Buffer.from(one, 'base64')),
      );
    if (!reached?.equals(root)) {
      bundle.found(
        proof ? 'rewritten' : 'not-logged',
        proof
          ? `Event ${seq} is not the one in the log at ${proof.index}: it was written and hashed again`
          : `Event ${seq} is not in the log`,
        { runId: run.runId, seq, index: proof?.index },
      );
    }
    return proof?.index ?? -1;
  });
}
