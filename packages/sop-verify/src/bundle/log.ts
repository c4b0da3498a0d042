import {
  Checkpoint,
  PublicKey,
  readCheckpoint,
  readKey,
  readNotes,
  signerOf,
} from '../log/checkpoints';
import { onlyGrew } from '../log/merkle';
import { Bundle } from './Bundle';
import { VerifyOptions } from './types';

/** What is known of the log that everything is proven against. */
export interface LogFacts {
  checkpoint: Checkpoint;
  key?: PublicKey;
  trusted: boolean;
}

/** The signatures, and that the log only grew. */
export function checkLog(
  bundle: Bundle,
  options: VerifyOptions,
): LogFacts | undefined {
  const checkpoint = bundle.try('checkpoint', undefined, () =>
    readCheckpoint(bundle.text('log/checkpoint.txt')),
  );
  if (!checkpoint) {
    return undefined;
  }
  const trusted = (options.keys ?? []).map(readKey);
  const own =
    bundle.try('key', undefined, () =>
      bundle
        .json<Array<{ record: string }>>('log/keys.json')
        .map(({ record }) => readKey(JSON.parse(record).vkey)),
    ) ?? [];
  const key = signerOf(checkpoint, trusted.length ? trusted : own);
  if (!key) {
    bundle.found(
      'signature',
      `The checkpoint of ${checkpoint.origin} at ${
        checkpoint.size
      } is not signed by ${
        trusted.length ? 'a key you trust' : 'a key in the bundle'
      }`,
    );
  }
  const signers = trusted.length ? [...trusted, ...own] : own;
  for (const note of readNotes(bundle.text('log/history.txt'))) {
    if (!signerOf(note, signers)) {
      bundle.found(
        'signature',
        `The checkpoint at ${note.size} in log/history.txt is not signed by a known key`,
        { index: note.size - 1 },
      );
    }
  }
  const latest = readLatest(bundle, checkpoint, signers);
  if (latest) {
    bundle.try('witness', undefined, () =>
      checkWitness(bundle, checkpoint, latest, options.witness ?? []),
    );
  }
  return { checkpoint, key, trusted: trusted.length > 0 && key !== undefined };
}

/** The log at the moment of the export, which must contain the checkpoint. */
function readLatest(
  bundle: Bundle,
  checkpoint: Checkpoint,
  keys: PublicKey[],
): Checkpoint | undefined {
  return bundle.try('checkpoint', undefined, () => {
    const latest = readCheckpoint(bundle.text('log/latest.txt'));
    const path = bundle
      .json<string[]>('log/latest-proof.json')
      .map(one => Buffer.from(one, 'base64'));
    if (!signerOf(latest, keys)) {
      bundle.found(
        'signature',
        `The checkpoint at ${latest.size} in log/latest.txt is not signed by a known key`,
        { index: latest.size - 1 },
      );
    }
    if (!onlyGrew(checkpoint, latest, path)) {
      bundle.found(
        'rewritten',
        `The log at ${latest.size} entries does not begin with the ${checkpoint.size} of the checkpoint`,
        { index: checkpoint.size - 1 },
      );
    }
    return latest;
  });
}

/** What a witness saw must be in the log of the bundle. */
function checkWitness(
  bundle: Bundle,
  checkpoint: Checkpoint,
  latest: Checkpoint,
  witness: Checkpoint[],
): void {
  const seen = witness.filter(one => one.origin === checkpoint.origin);
  if (witness.length > 0 && seen.length === 0) {
    bundle.found(
      'witness',
      `The witness has seen nothing of ${checkpoint.origin}`,
    );
  }
  const own = [
    checkpoint,
    latest,
    ...readNotes(bundle.text('log/history.txt')),
  ];
  const other = seen.find(one =>
    own.some(mine => mine.size === one.size && !mine.root.equals(one.root)),
  );
  if (other) {
    bundle.found(
      'rewritten',
      `The log was rewritten: at ${other.size} entries the witness has seen another root`,
      { index: other.size - 1 },
    );
  }
  const ahead = seen.find(
    one => one.size > latest.size && (one.at ?? '') <= (latest.at ?? ''),
  );
  if (ahead) {
    bundle.found(
      'rolled-back',
      `The log went back: the witness had seen ${ahead.size} entries at ${ahead.at}, but at ${latest.at} there were ${latest.size}`,
      { index: latest.size },
    );
  }
  const proofs = bundle.json<Array<{ old: number; path: string[] }>>(
    'log/consistency.json',
  );
  for (const { old, path } of proofs) {
    const before = seen.find(one => one.size === old);
    const proof = path.map(one => Buffer.from(one, 'base64'));
    if (before && !onlyGrew(before, checkpoint, proof)) {
      bundle.found(
        'rewritten',
        `The log was rewritten: it does not begin with the ${old} entries that the witness has seen`,
        { index: old - 1 },
      );
    }
  }
}
