import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
  sign,
  verify,
  createHash,
} from 'node:crypto';
import { InputError } from '@backstage/errors';

/**
 * Signed notes (C2SP signed-note) with Ed25519 keys, in the text forms of the
 * note package of Go, which other tools for transparency logs read.
 */

const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const PRIVATE_DER = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b6570032100', 'hex');

/** A public key by which signatures are checked. @public */
export interface NoteVerifier {
  /** Name of the signer, such as `portal.example.com/sop`. */
  name: string;
  /** First four bytes of the key's hash, in hex. */
  keyHash: string;
  /** `<name>+<key hash>+<base64>`: what is published. */
  vkey: string;
  algorithm: 'ed25519' | 'cosignature';
  publicKey: KeyObject;
}

/** A key that signs notes. @public */
export interface NoteSigner extends NoteVerifier {
  privateKey: KeyObject;
}

/** One signature line of a note. @public */
export interface NoteSignature {
  name: string;
  keyHash: string;
  /** What follows the key's hash. */
  signature: Buffer;
}

/** @public */
export interface Note {
  /** Everything that is signed, line feed at the end included. */
  text: string;
  signatures: NoteSignature[];
}

function keyHashOf(name: string, type: number, key: Uint8Array): string {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Buffer.from([type]))
    .update(key)
    .digest('hex')
    .slice(0, 8);
}

/** @throws InputError when the name cannot stand in a note */
function checkName(name: string): void {
  if (!name || /[\s+\p{C}]/u.test(name)) {
    throw new InputError(
      `The name of a key is ${JSON.stringify(
        name,
      )}; allowed is a text without spaces and plus signs, such as portal.example.com/sop`,
    );
  }
}

function verifierOf(
  name: string,
  raw: Buffer,
  type: number = ED25519,
): NoteVerifier {
  const keyHash = keyHashOf(name, type, raw);
  const encoded = Buffer.concat([Buffer.from([type]), raw]).toString('base64');
  return {
    name,
    keyHash,
    vkey: `${name}+${keyHash}+${encoded}`,
    algorithm: type === ED25519 ? 'ed25519' : 'cosignature',
    publicKey: createPublicKey({
      key: Buffer.concat([PUBLIC_DER, raw]),
      format: 'der',
      type: 'spki',
    }),
  };
}

function signerOf(name: string, seed: Buffer): NoteSigner {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PRIVATE_DER, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const der = createPublicKey(privateKey).export({
    format: 'der',
    type: 'spki',
  });
  return { ...verifierOf(name, der.subarray(-32)), privateKey };
}

/** `type || key` with its two names in front; split from the right, as names differ. */
function parseKey(text: string, what: string) {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(
    text.trim(),
  );
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (!match || bytes.length !== 33) {
    throw new InputError(
      `A ${what} is not well-formed; allowed is the form that "handrail-verify keygen" prints`,
    );
  }
  return {
    name: match[1],
    keyHash: match[2],
    type: bytes[0],
    key: bytes.subarray(1),
  };
}

/**
 * Reads a public key of the form `<name>+<hash>+<base64>`.
 * @throws InputError when it is not one
 * @public
 */
export function parseVerifier(vkey: string): NoteVerifier {
  const { name, keyHash, type, key } = parseKey(vkey, 'public key of a log');
  if (
    (type !== ED25519 && type !== COSIGNATURE) ||
    keyHashOf(name, type, key) !== keyHash
  ) {
    throw new InputError(
      `The public key of ${name} does not match its own hash ${keyHash}, or is not an Ed25519 key`,
    );
  }
  return verifierOf(name, key, type);
}

/**
 * Reads a private key of the form `PRIVATE+KEY+<name>+<hash>+<base64>`.
 * @throws InputError when it is not one; the key is not in the message
 * @public
 */
export function parseSigner(text: string): NoteSigner {
  const trimmed = text.trim();
  if (!trimmed.startsWith('PRIVATE+KEY+')) {
    throw new InputError(
      'The signing key does not begin with PRIVATE+KEY+; allowed is the form PRIVATE+KEY+<name>+<hash>+<base64>',
    );
  }
  const { name, keyHash, type, key } = parseKey(
    trimmed.slice('PRIVATE+KEY+'.length),
    'signing key',
  );
  const signer = signerOf(name, key);
  if (type !== ED25519 || signer.keyHash !== keyHash) {
    throw new InputError(
      `The signing key of ${name} does not match its own hash ${keyHash}`,
    );
  }
  return signer;
}

/**
 * Makes a key.
 * @throws InputError when the name cannot stand in a note
 * @public
 */
export function generateSigner(name: string): NoteSigner {
  checkName(name);
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  return signerOf(name, der.subarray(-32));
}

/** The text form of a private key. @public */
export function encodeSigner(signer: NoteSigner): string {
  const der = signer.privateKey.export({ format: 'der', type: 'pkcs8' });
  const bytes = Buffer.concat([Buffer.from([ED25519]), der.subarray(-32)]);
  return `PRIVATE+KEY+${signer.name}+${signer.keyHash}+${bytes.toString(
    'base64',
  )}`;
}

function signatureLine(name: string, keyHash: string, signature: Buffer) {
  const bytes = Buffer.concat([Buffer.from(keyHash, 'hex'), signature]);
  return `— ${name} ${bytes.toString('base64')}\n`;
}

/**
 * Signs a text with each of the keys.
 *
 * @param text - ends with a line feed, has no empty line at its end
 * @throws InputError when the text cannot be signed
 * @public
 */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || text.endsWith('\n\n') || text === '\n') {
    throw new InputError('The text of a note must end with one line feed');
  }
  return `${text}\n${signers
    .map(({ name, keyHash, privateKey }) =>
      signatureLine(name, keyHash, sign(null, Buffer.from(text), privateKey)),
    )
    .join('')}`;
}

/**
 * Splits a note into its text and its signatures. Nothing is checked.
 * @throws InputError when it is not a note
 * @public
 */
export function parseNote(note: string): Note {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2).split('\n');
  if (split < 0 || lines.pop() !== '' || lines.length === 0) {
    throw new InputError(
      'Not a signed note: the text must be followed by an empty line and by signatures',
    );
  }
  return { text, signatures: lines.map(parseSignature) };
}

/**
 * Reads a signature line of a note.
 * @throws InputError when it is not one
 * @public
 */
export function parseSignature(line: string): NoteSignature {
  const match = /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line);
  const bytes = Buffer.from(match?.[2] ?? '', 'base64');
  if (!match || bytes.length < 5) {
    throw new InputError(
      `Not a signature of a note: ${JSON.stringify(line.slice(0, 200))}`,
    );
  }
  return {
    name: match[1],
    keyHash: bytes.subarray(0, 4).toString('hex'),
    signature: bytes.subarray(4),
  };
}

/**
 * Whether a key's owner signed the text.
 * @public
 */
export function checkSignature(
  text: string,
  { name, keyHash, signature }: NoteSignature,
  verifier: NoteVerifier,
): boolean {
  if (verifier.name !== name || verifier.keyHash !== keyHash) {
    return false;
  }
  if (verifier.algorithm === 'ed25519') {
    return verify(null, Buffer.from(text), verifier.publicKey, signature);
  }
  // A witness signs the time as well (C2SP tlog-cosignature).
  if (signature.length !== 72) {
    return false;
  }
  const time = signature.readBigUInt64BE(0);
  return verify(
    null,
    Buffer.from(`cosignature/v1\ntime ${time}\n${text}`),
    verifier.publicKey,
    signature.subarray(8),
  );
}
