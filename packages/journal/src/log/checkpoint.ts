import { InputError } from '@backstage/errors';
import {
  checkSignature,
  NoteSigner,
  NoteVerifier,
  parseNote,
  signNote,
} from './note';

/**
 * What a log's keeper says about it at one moment (C2SP tlog-checkpoint).
 * @public
 */
export interface Checkpoint {
  /** Name of the log. */
  origin: string;
  /** Number of leaves. */
  size: number;
  /** Hash of the tree of these leaves. */
  root: Buffer;
  /** When it was signed: ISO 8601, UTC, milliseconds. */
  at?: string;
}

const TIME = 'time ';

/** The text that is signed. @public */
export function checkpointText(checkpoint: Checkpoint): string {
  const { origin, size, root, at } = checkpoint;
  return `${origin}\n${size}\n${root.toString('base64')}\n${
    at === undefined ? '' : `${TIME}${at}\n`
  }`;
}

/** @throws InputError when the text is not that of a checkpoint @public */
export function parseCheckpointText(text: string): Checkpoint {
  const [origin, number, encoded, ...more] = text.split('\n');
  const root = Buffer.from(encoded ?? '', 'base64');
  const size = Number(number);
  if (
    !origin ||
    !/^(0|[1-9]\d*)$/.test(number ?? '') ||
    !Number.isSafeInteger(size) ||
    root.length !== 32 ||
    more.pop() !== ''
  ) {
    throw new InputError(
      'Not a checkpoint: allowed is a line with the name of the log, one with its size and one with its root in base64',
    );
  }
  const at = more.find(line => line.startsWith(TIME))?.slice(TIME.length);
  return { origin, size, root, at };
}

/** Signs a checkpoint. @public */
export function signCheckpoint(
  checkpoint: Checkpoint,
  signers: readonly NoteSigner[],
): string {
  return signNote(checkpointText(checkpoint), signers);
}

/**
 * Reads a signed checkpoint.
 *
 * @param verifiers - one of these must have signed it
 * @throws InputError when it is not a checkpoint or none of them signed it
 * @public
 */
export function openCheckpoint(
  note: string,
  verifiers: readonly NoteVerifier[],
): Checkpoint & { signedBy: NoteVerifier } {
  const { text, signatures } = parseNote(note);
  const checkpoint = parseCheckpointText(text);
  const signedBy = verifiers.find(verifier =>
    signatures.some(signature => checkSignature(text, signature, verifier)),
  );
  if (!signedBy) {
    throw new InputError(
      `The checkpoint of ${checkpoint.origin} at ${
        checkpoint.size
      } is not signed by any of ${
        verifiers.map(({ name, keyHash }) => `${name}+${keyHash}`).join(', ') ||
        'no keys'
      }`,
    );
  }
  return { ...checkpoint, signedBy };
}
