import { hash } from 'node:crypto';

/**
 * The verifier's own Merkle trees (RFC 9162), written from the RFC. Subtrees
 * are followed from the root down, not by the bits of the index.
 */

const digest = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer');

/** Input buffers that are used again and again: hashing is all that is done here. */
const leafInput = Buffer.alloc(33);
const nodeInput = Buffer.alloc(65);
nodeInput[0] = 1;

/** @param hex - a hash of 64 hex digits */
export function leafOf(hex: string): Buffer {
  leafInput.write(hex, 1, 'hex');
  return digest(leafInput);
}

export function parentOf(left: Buffer, right: Buffer): Buffer {
  left.copy(nodeInput, 1);
  right.copy(nodeInput, 33);
  return digest(nodeInput);
}

function halfOf(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}

/** The root that an inclusion path leads to; undefined when it has the wrong length. */
export function rootFrom(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
): Buffer | undefined {
  if (size === 1) {
    return index === 0 && path.length === 0 ? leaf : undefined;
  }
  if (path.length === 0 || index >= size) {
    return undefined;
  }
  const half = halfOf(size);
  const sibling = path[path.length - 1];
  const rest = path.slice(0, -1);
  if (index < half) {
    const left = rootFrom(leaf, index, half, rest);
    return left && parentOf(left, sibling);
  }
  const right = rootFrom(leaf, index - half, size - half, rest);
  return right && parentOf(sibling, right);
}

/** Both roots that a consistency path leads to. */
function roots(
  old: number,
  size: number,
  path: readonly Buffer[],
  oldRoot: Buffer,
  whole: boolean,
): [Buffer, Buffer] | undefined {
  if (old === size) {
    if (whole) {
      return path.length === 0 ? [oldRoot, oldRoot] : undefined;
    }
    return path.length === 1 ? [path[0], path[0]] : undefined;
  }
  if (path.length === 0) {
    return undefined;
  }
  const half = halfOf(size);
  const sibling = path[path.length - 1];
  const rest = path.slice(0, -1);
  if (old <= half) {
    const left = roots(old, half, rest, oldRoot, whole);
    return left && [left[0], parentOf(left[1], sibling)];
  }
  const right = roots(old - half, size - half, rest, oldRoot, false);
  return right && [parentOf(sibling, right[0]), parentOf(sibling, right[1])];
}

/** Whether a log only grew between two checkpoints. */
export function onlyGrew(
  old: { size: number; root: Buffer },
  now: { size: number; root: Buffer },
  path: readonly Buffer[],
): boolean {
  if (old.size === 0) {
    return path.length === 0;
  }
  const found =
    old.size <= now.size
      ? roots(old.size, now.size, path, old.root, true)
      : undefined;
  return (
    found !== undefined &&
    found[0].equals(old.root) &&
    found[1].equals(now.root)
  );
}

/** A tree that begins with known complete subtrees and grows leaf by leaf. */
export class GrowingTree {
  readonly #subtrees: Buffer[];
  #size: number;

  /** @throws Error when the subtrees are not those of a tree of this size */
  constructor(size: number, subtrees: readonly Buffer[]) {
    const expected = size.toString(2).replace(/0/g, '').length;
    if (subtrees.length !== expected) {
      throw new Error(
        `A tree of ${size} leaves has ${expected} complete subtrees, not ${subtrees.length}`,
      );
    }
    this.#size = size;
    this.#subtrees = [...subtrees];
  }

  get size(): number {
    return this.#size;
  }

  add(leaf: Buffer): void {
    let node = leaf;
    let n = this.#size;
    while (n % 2 === 1) {
      node = parentOf(this.#subtrees.pop()!, node);
      n = (n - 1) / 2;
    }
    this.#subtrees.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    let result: Buffer | undefined;
    for (let i = this.#subtrees.length - 1; i >= 0; i--) {
      result = result ? parentOf(this.#subtrees[i], result) : this.#subtrees[i];
    }
    return result ?? digest(Buffer.alloc(0));
  }
}
