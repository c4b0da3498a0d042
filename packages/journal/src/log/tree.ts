import { hash } from 'node:crypto';

/**
 * Hashes of a Merkle tree as RFC 9162 section 2.1 defines it, and which
 * subtrees its proofs consist of. The leaves' data are hashes of 32 bytes.
 */

const sha256 = (bytes: Uint8Array) => hash('sha256', bytes, 'buffer');

/** The hash of a tree without leaves. */
export const EMPTY_ROOT = sha256(new Uint8Array());

/** `SHA-256(0x00 || data)`. */
export function leafHash(data: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(data.length + 1);
  bytes[0] = 0;
  bytes.set(data, 1);
  return sha256(bytes);
}

/** `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(65);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 33);
  return sha256(bytes);
}

/** Leaves `from` (included) to `to` (excluded). */
export interface Range {
  from: number;
  to: number;
}

/** The greatest power of two smaller than `n`, which is at least 2. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) {
    k *= 2;
  }
  return k;
}

/** The subtrees whose hashes prove a leaf, from the leaf upwards. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
    }
  }
  return ranges;
}

/** The subtrees whose hashes prove that a tree only grew, 0 < old < size. */
export function consistencyRanges(old: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  // Whether the subtree at hand is the whole old tree, whose hash is known.
  let whole = true;
  while (to !== old) {
    const middle = from + splitPoint(to - from);
    if (old <= middle) {
      ranges.unshift({ from: middle, to });
      to = middle;
    } else {
      ranges.unshift({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  return whole ? ranges : [{ from, to }, ...ranges];
}

/** The largest complete subtrees that make up the first `size` leaves, left to right. */
export function completeRanges(size: number): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (let width = 2 ** 52; width >= 1; width /= 2) {
    if (size - from >= width) {
      ranges.push({ from, to: from + width });
      from += width;
    }
  }
  return ranges;
}

/**
 * Takes leaves one after the other and knows the root at any time; memory grows
 * with the logarithm of their number.
 */
export class TreeHasher {
  #size = 0;
  /** Hashes of complete subtrees, the largest first. */
  readonly #stack: Buffer[] = [];

  get size(): number {
    return this.#size;
  }

  /** @param data - the leaf's 32 bytes */
  add(data: Uint8Array): void {
    let node = leafHash(data);
    for (let n = this.#size; n % 2 === 1; n = (n - 1) / 2) {
      node = nodeHash(this.#stack.pop()!, node);
    }
    this.#stack.push(node);
    this.#size += 1;
  }

  root(): Buffer {
    return this.#stack.length
      ? this.#stack.reduceRight((right, left) => nodeHash(left, right))
      : EMPTY_ROOT;
  }
}

/** The root of complete subtrees, given from left to right. */
export function joinSubtrees(hashes: readonly Buffer[]): Buffer {
  return hashes.length
    ? hashes.reduceRight((right, left) => nodeHash(left, right))
    : EMPTY_ROOT;
}
