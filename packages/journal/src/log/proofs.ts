import { nodeHash } from './tree';

const isNumber = (value: number) => Number.isSafeInteger(value) && value >= 0;

/**
 * Whether a leaf stands at a place of the tree with this root (RFC 9162 section
 * 2.1.3.2).
 *
 * @param leaf - the leaf's hash, see {@link leafHash}
 * @public
 */
export function verifyInclusion(options: {
  leaf: Uint8Array;
  index: number;
  size: number;
  path: readonly Uint8Array[];
  root: Uint8Array;
}): boolean {
  const { leaf, index, size, path, root } = options;
  if (!isNumber(index) || !isNumber(size) || index >= size) {
    return false;
  }
  let fn = BigInt(index);
  let sn = BigInt(size - 1);
  let current = Buffer.from(leaf);
  for (const sibling of path) {
    if (sn === 0n) {
      return false;
    }
    if (fn % 2n === 1n || fn === sn) {
      current = nodeHash(sibling, current);
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n;
        sn /= 2n;
      }
    } else {
      current = nodeHash(current, sibling);
    }
    fn /= 2n;
    sn /= 2n;
  }
  return sn === 0n && current.equals(root);
}

/**
 * Whether a tree only grew from one root to another (RFC 9162 section 2.1.4.2).
 * @public
 */
export function verifyConsistency(options: {
  oldSize: number;
  oldRoot: Uint8Array;
  size: number;
  root: Uint8Array;
  path: readonly Uint8Array[];
}): boolean {
  const { oldSize, oldRoot, size, root, path } = options;
  if (!isNumber(oldSize) || !isNumber(size) || oldSize > size) {
    return false;
  }
  if (oldSize === size || oldSize === 0) {
    return (
      path.length === 0 &&
      (oldSize === 0 || Buffer.from(oldRoot).equals(Buffer.from(root)))
    );
  }
  const powerOfTwo = 2 ** Math.floor(Math.log2(oldSize)) === oldSize;
  const proof = powerOfTwo ? [oldRoot, ...path] : path;
  if (proof.length === 0) {
    return false;
  }
  let fn = BigInt(oldSize - 1);
  let sn = BigInt(size - 1);
  while (fn % 2n === 1n) {
    fn /= 2n;
    sn /= 2n;
  }
  let fr = Buffer.from(proof[0]);
  let sr = Buffer.from(proof[0]);
  for (const node of proof.slice(1)) {
    if (sn === 0n) {
      return false;
    }
    if (fn % 2n === 1n || fn === sn) {
      fr = nodeHash(node, fr);
      sr = nodeHash(node, sr);
      while (fn % 2n === 0n && fn !== 0n) {
        fn /= 2n;
        sn /= 2n;
      }
    } else {
      sr = nodeHash(sr, node);
    }
    fn /= 2n;
    sn /= 2n;
  }
  return sn === 0n && fr.equals(oldRoot) && sr.equals(root);
}
