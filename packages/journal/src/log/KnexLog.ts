import { ConflictError, InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import { canonicalJson } from '../lib/canonicalJson';
import { assertHash, keyHash } from '../lib/hash';
import { Checkpoint, signCheckpoint } from './checkpoint';
import { logTables } from './logTables';
import { NoteSigner } from './note';
import { LogKeyRecord, LogLeaf, LogEntry, StoredCheckpoint } from './types';
import {
  completeRanges,
  consistencyRanges,
  EMPTY_ROOT,
  inclusionRanges,
  joinSubtrees,
  leafHash,
  nodeHash,
  Range,
  splitPoint,
} from './tree';

/** Inner nodes are kept at every eighth level: 256 children each. */
const STEP = 8;
const FAN = 2 ** STEP;
const MAX_INSERT = 400;

interface LeafRow {
  idx: number | string;
  hash: string;
  subject: string;
  seq: number;
}

/** The hash above a complete row of nodes; their number is a power of two. */
function foldPairs(row: Buffer[]): Buffer {
  let nodes = row;
  while (nodes.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < nodes.length; i += 2) {
      above.push(nodeHash(nodes[i], nodes[i + 1]));
    }
    nodes = above;
  }
  return nodes[0];
}

/** Subject of the leaf of a key. */
const KEY_SUBJECT = 'key:';

const toLeaf = (row: LeafRow): LogLeaf => ({ ...row, idx: Number(row.idx) });

/**
 * An append-only Merkle log (RFC 9162) in tables of {@link createLogTables}.
 *
 * Leaves are hashes of what is logged, in the order in which they were
 * committed. Writers take turns by the log's head row, on both databases; the
 * primary key of leaves is the last net.
 * @public
 */
export class KnexLog {
  static create(options: { name: string }): KnexLog {
    return new KnexLog(logTables(options.name));
  }

  private constructor(private readonly tables: ReturnType<typeof logTables>) {}

  /**
   * Takes the pen: until the transaction ends nobody else can append.
   *
   * @returns the number of leaves, and up to where the source was read
   */
  async lock(tx: Knex): Promise<{ size: number; cursor?: string }> {
    const { head } = this.tables;
    // An update and not a select, so that SQLite takes its write lock as well.
    await tx(head).where('id', 1).update({ id: 1 });
    const row = await tx(head).where('id', 1).first('size', 'cursor');
    return { size: Number(row.size), cursor: row.cursor ?? undefined };
  }

  /**
   * Appends entries, after {@link KnexLog.lock} in the same transaction.
   *
   * @param cursor - up to where the source is read with these entries
   * @returns the new number of leaves
   * @throws ConflictError when the log does not end where its head says
   */
  async append(
    tx: Knex,
    size: number,
    entries: readonly LogEntry[],
    cursor?: string,
  ): Promise<number> {
    const { leaf, head } = this.tables;
    const last = await tx<LeafRow>(leaf).max({ idx: 'idx' }).first();
    const found =
      last?.idx === null || last?.idx === undefined ? 0 : Number(last.idx) + 1;
    if (found !== size) {
      throw new ConflictError(
        `The log holds ${found} leaves, but its head says ${size}; verify the log`,
      );
    }
    entries.forEach(({ hash }, i) => assertHash(hash, `entry ${i}: hash`));
    for (let start = 0; start < entries.length; start += MAX_INSERT) {
      await tx(leaf).insert(
        entries.slice(start, start + MAX_INSERT).map((entry, i) => ({
          idx: size + start + i,
          hash: entry.hash,
          subject: entry.subject,
          seq: entry.seq,
        })),
      );
    }
    const grown = size + entries.length;
    await this.#fillNodes(tx, size, grown);
    await tx(head)
      .where('id', 1)
      .update({ size: grown, ...(cursor === undefined ? {} : { cursor }) });
    return grown;
  }

  /** Number of leaves that are there, without gaps or not. */
  async size(db: Knex): Promise<number> {
    const row = await db<LeafRow>(this.tables.leaf).max({ idx: 'idx' }).first();
    return row?.idx === null || row?.idx === undefined
      ? 0
      : Number(row.idx) + 1;
  }

  /** The root of the first `size` leaves, by way of the kept inner nodes. */
  async root(db: Knex, size: number): Promise<Buffer> {
    return joinSubtrees(await this.#hashes(db, completeRanges(size)));
  }

  /** Hashes that prove that leaf `index` is among the first `size`. */
  async inclusionProof(db: Knex, index: number, size: number) {
    if (!(index >= 0 && index < size)) {
      throw new InputError(
        `Leaf ${index} is not among the first ${size} of the log`,
      );
    }
    return this.#hashes(db, inclusionRanges(index, size));
  }

  /** Hashes that prove that the first `size` leaves begin with the first `old`. */
  async consistencyProof(db: Knex, old: number, size: number) {
    if (!(old >= 0 && old <= size)) {
      throw new InputError(`Size ${old} is not between 0 and ${size}`);
    }
    return old === 0 || old === size
      ? []
      : this.#hashes(db, consistencyRanges(old, size));
  }

  /** Hashes of the largest complete subtrees of the first `size` leaves. */
  async subtrees(db: Knex, size: number): Promise<Buffer[]> {
    return this.#hashes(db, completeRanges(size));
  }

  /** Leaves `from` (included) to `to` (excluded), in order. */
  async leaves(db: Knex, { from, to }: Range): Promise<LogLeaf[]> {
    const rows = await db<LeafRow>(this.tables.leaf)
      .where('idx', '>=', from)
      .where('idx', '<', to)
      .orderBy('idx');
    return rows.map(toLeaf);
  }

  /** Leaves of a subject by number. */
  async leavesOf(db: Knex, subject: string): Promise<LogLeaf[]> {
    const rows = await db<LeafRow>(this.tables.leaf)
      .where({ subject })
      .orderBy('seq');
    return rows.map(toLeaf);
  }

  /** The highest number that is logged of each subject. */
  async lastSeqs(db: Knex, subjects: string[]): Promise<Map<string, number>> {
    const rows: Array<{ subject: string; seq: number }> = await db(
      this.tables.leaf,
    )
      .whereIn('subject', subjects)
      .groupBy('subject')
      .select('subject')
      .max({ seq: 'seq' });
    return new Map(rows.map(row => [row.subject, Number(row.seq)]));
  }

  /**
   * Signs the log as it is and keeps the checkpoint, after {@link KnexLog.lock}
   * in the same transaction. A key that never signed before is put into the log
   * first. Nothing happens when the log has not grown since the last checkpoint.
   */
  async checkpoint(
    tx: Knex,
    options: {
      size: number;
      origin: string;
      at: string;
      signers: NoteSigner[];
    },
  ): Promise<StoredCheckpoint | undefined> {
    const { origin, at, signers } = options;
    const size = await this.#addKeys(tx, options.size, signers, at);
    const latest = await this.latestCheckpoint(tx);
    if (size === 0 || latest?.size === size) {
      return undefined;
    }
    const checkpoint: Checkpoint = {
      origin,
      size,
      root: await this.root(tx, size),
      at,
    };
    const note = signCheckpoint(checkpoint, signers);
    await tx(this.tables.checkpoint).insert({ size, at, note });
    return { size, at, note };
  }

  /** The newest checkpoint, or the newest up to a size or an instant. */
  async latestCheckpoint(
    db: Knex,
    upTo: { size?: number; at?: string } = {},
  ): Promise<StoredCheckpoint | undefined> {
    const query = db(this.tables.checkpoint).orderBy('size', 'desc');
    if (upTo.size !== undefined) {
      query.where('size', '<=', upTo.size);
    }
    if (upTo.at !== undefined) {
      query.where('at', '<=', upTo.at);
    }
    const row = await query.first();
    return row && { ...row, size: Number(row.size) };
  }

  /** The first checkpoint that is at least so large. */
  async checkpointCovering(
    db: Knex,
    from: { size?: number; at?: string },
  ): Promise<StoredCheckpoint | undefined> {
    const query = db(this.tables.checkpoint).orderBy('size');
    if (from.size !== undefined) {
      query.where('size', '>=', from.size);
    }
    if (from.at !== undefined) {
      query.where('at', '>=', from.at);
    }
    const row = await query.first();
    return row && { ...row, size: Number(row.size) };
  }

  /** Checkpoints above a size, the smallest first. */
  async checkpoints(
    db: Knex,
    options: { after?: number; upTo?: number; limit: number },
  ): Promise<StoredCheckpoint[]> {
    const rows = await db(this.tables.checkpoint)
      .where('size', '>', options.after ?? -1)
      .where('size', '<=', options.upTo ?? Number.MAX_SAFE_INTEGER)
      .orderBy('size')
      .limit(options.limit);
    return rows.map(row => ({ ...row, size: Number(row.size) }));
  }

  /** Every key that ever signed, with its place in the log. */
  async keys(db: Knex): Promise<Array<LogKeyRecord & { idx: number }>> {
    const rows: Array<{ idx: number | string; record: string }> = await db(
      this.tables.key,
    ).orderBy('idx');
    return rows.map(({ idx, record }) => ({
      ...(JSON.parse(record) as LogKeyRecord),
      idx: Number(idx),
    }));
  }

  /** A change of keys is an event like any other: it stands in the log. */
  async #addKeys(
    tx: Knex,
    size: number,
    signers: NoteSigner[],
    at: string,
  ): Promise<number> {
    const known = (await this.keys(tx)).map(key => key.vkey);
    let grown = size;
    for (const { vkey } of signers.filter(one => !known.includes(one.vkey))) {
      const record = canonicalJson({ vkey, at } satisfies LogKeyRecord);
      await tx(this.tables.key).insert({ idx: grown, record });
      grown = await this.append(tx, grown, [
        { hash: keyHash(record), subject: `${KEY_SUBJECT}${vkey}`, seq: 0 },
      ]);
    }
    return grown;
  }

  async #hashes(db: Knex, ranges: Range[]): Promise<Buffer[]> {
    const hashes: Buffer[] = [];
    for (const range of ranges) {
      hashes.push(await this.#rangeHash(db, range));
    }
    return hashes;
  }

  async #rangeHash(db: Knex, { from, to }: Range): Promise<Buffer> {
    const width = to - from;
    if (width === 0) {
      return EMPTY_ROOT;
    }
    const level = Math.log2(width);
    if (Number.isInteger(level) && from % width === 0) {
      return this.#completeHash(db, level, from / width);
    }
    const middle = from + splitPoint(width);
    return nodeHash(
      await this.#rangeHash(db, { from, to: middle }),
      await this.#rangeHash(db, { from: middle, to }),
    );
  }

  /** From the nodes that are kept next below (or from leaves), 256 at most. */
  async #completeHash(db: Knex, level: number, index: number): Promise<Buffer> {
    const base = level - (level % STEP);
    const count = 2 ** (level - base);
    return foldPairs(await this.#nodes(db, base, index * count, count));
  }

  async #nodes(
    db: Knex,
    level: number,
    first: number,
    count: number,
  ): Promise<Buffer[]> {
    const { leaf, node } = this.tables;
    const query = level === 0 ? db(leaf) : db(node).where('level', level);
    const rows: Array<{ hash: string }> = await query
      .where('idx', '>=', first)
      .where('idx', '<', first + count)
      .orderBy('idx')
      .select('hash');
    if (rows.length !== count) {
      throw new ConflictError(
        `The log lacks ${
          level === 0 ? 'leaves' : `nodes of level ${level}`
        } between ${first} and ${first + count - 1}; verify the log`,
      );
    }
    return rows.map(row => {
      const bytes = Buffer.from(row.hash, 'hex');
      return level === 0 ? leafHash(bytes) : bytes;
    });
  }

  /** Adds the inner nodes that became complete, level by level. */
  async #fillNodes(tx: Knex, before: number, after: number): Promise<void> {
    let [from, to] = [before, after];
    for (let level = STEP; ; level += STEP) {
      from = Math.floor(from / FAN);
      to = Math.floor(to / FAN);
      if (from === to) {
        return;
      }
      const rows: Array<{ level: number; idx: number; hash: string }> = [];
      for (let idx = from; idx < to; idx++) {
        const nodes = await this.#nodes(tx, level - STEP, idx * FAN, FAN);
        rows.push({ level, idx, hash: foldPairs(nodes).toString('hex') });
      }
      for (let start = 0; start < rows.length; start += MAX_INSERT) {
        await tx(this.tables.node).insert(
          rows.slice(start, start + MAX_INSERT),
        );
      }
    }
  }
}
