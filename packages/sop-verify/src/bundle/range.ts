import { readCheckpoint } from '../log/checkpoints';
import { GrowingTree, leafOf } from '../log/merkle';
import { Bundle } from './Bundle';
import { sha256 } from './journal';
import { LogFacts } from './log';
import { RangeFile } from './types';

/** An entry of the log. */
export interface Leaf {
  index: number;
  hash: string;
}

/** Entries of a run by the number of the event. */
export type Leaves = Map<number, Leaf>;

/** The leaves of a period, in order, with whose they are. */
export function readRange(
  bundle: Bundle,
  { checkpoint }: LogFacts,
): Array<Leaf & { subject: string; seq: number }> {
  const range = bundle.json<RangeFile>('log/range.json');
  const tree = new GrowingTree(
    range.from,
    range.subtrees.map(hex => Buffer.from(hex, 'hex')),
  );
  const start = bundle.files['log/checkpoint-start.txt']
    ? readCheckpoint(bundle.text('log/checkpoint-start.txt'))
    : undefined;
  if (
    start
      ? !start.root.equals(tree.root()) || start.size !== range.from
      : range.from
  ) {
    bundle.found(
      'log',
      'The log at the beginning of the period is not that of its checkpoint',
      { index: range.from },
    );
  }
  const lines = bundle.text('log/leaves.txt').split('\n').filter(Boolean);
  const leaves = lines.map((line, i) => {
    const [hash, subject, seq] = line.split(' ');
    tree.add(leafOf(hash));
    return { index: range.from + i, hash, subject, seq: Number(seq) };
  });
  if (tree.size !== checkpoint.size || !tree.root().equals(checkpoint.root)) {
    bundle.found(
      'population',
      `The ${leaves.length} entries of the period do not lead from ${range.from} to the checkpoint at ${checkpoint.size}: something was left out, added or changed`,
      { index: range.from },
    );
  }
  return leaves;
}

/** A key that signs for the first time is an entry of the log. */
export function checkKeyLeaf(
  bundle: Bundle,
  subject: string,
  leaf: Leaf,
): void {
  const keys =
    bundle.json<Array<{ idx: number; record: string }>>('log/keys.json');
  const key = keys.find(one => one.idx === leaf.index);
  if (
    !key ||
    `key:${JSON.parse(key.record).vkey}` !== subject ||
    sha256(`handrail.dev/journal/v1/key\n${key.record}`) !== leaf.hash
  ) {
    bundle.found('key', `The key at ${leaf.index} is not the one in the log`, {
      index: leaf.index,
    });
  }
}
