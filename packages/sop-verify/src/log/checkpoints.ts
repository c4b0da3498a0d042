import { createHash, createPublicKey, KeyObject, verify } from 'node:crypto';

/** Checkpoints in the form of C2SP signed notes, read without the portal's code. */

export interface PublicKey {
  name: string;
  id: string;
  vkey: string;
  key: KeyObject;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
  at?: string;
  text: string;
  signatures: Array<{ name: string; id: string; bytes: Buffer }>;
}

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** @throws Error when it is not a public key of a log */
export function readKey(vkey: string): PublicKey {
  const match = /^(\S+?)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(vkey.trim());
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (!match || bytes.length !== 33 || bytes[0] !== 1) {
    throw new Error(
      `"${vkey}" is not a public key of a log; expected <name>+<8 hex digits>+<base64>, as the portal shows it`,
    );
  }
  const expected = createHash('sha256')
    .update(`${match[1]}\n`)
    .update(bytes)
    .digest('hex')
    .slice(0, 8);
  if (expected !== match[2]) {
    throw new Error(`The key of ${match[1]} does not match its own hash`);
  }
  return {
    name: match[1],
    id: match[2],
    vkey: vkey.trim(),
    key: createPublicKey({
      key: Buffer.concat([SPKI, bytes.subarray(1)]),
      format: 'der',
      type: 'spki',
    }),
  };
}

/** @throws Error when it is not a checkpoint */
export function readCheckpoint(note: string): Checkpoint {
  const cut = note.indexOf('\n\n');
  const text = note.slice(0, cut + 1);
  const [origin, size, root, ...more] = text.split('\n');
  const bytes = Buffer.from(root ?? '', 'base64');
  if (cut < 0 || !/^\d{1,15}$/.test(size ?? '') || bytes.length !== 32) {
    throw new Error('it is not a checkpoint');
  }
  const signatures = note
    .slice(cut + 2)
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? [];
      const all = Buffer.from(encoded ?? '', 'base64');
      return {
        name,
        id: all.subarray(0, 4).toString('hex'),
        bytes: all.subarray(4),
      };
    });
  return {
    origin,
    size: Number(size),
    root: bytes,
    at: more.find(line => line.startsWith('time '))?.slice(5),
    text,
    signatures,
  };
}

/** The key among these that signed the checkpoint. */
export function signerOf(
  checkpoint: Checkpoint,
  keys: readonly PublicKey[],
): PublicKey | undefined {
  return keys.find(key =>
    checkpoint.signatures.some(
      ({ name, id, bytes }) =>
        name === key.name &&
        id === key.id &&
        verify(null, Buffer.from(checkpoint.text), key.key, bytes),
    ),
  );
}

/** Checkpoints one after the other, as a witness keeps them in a file. */
export function readNotes(text: string): Checkpoint[] {
  const notes = text.match(/[^\n]+\n(?:[^\n]+\n)+\n(?:— [^\n]+\n)+/g) ?? [];
  return notes.map(readCheckpoint);
}
