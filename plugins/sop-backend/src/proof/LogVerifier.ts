import {
  hashRow,
  JournalRow,
  LogLeaf,
  NoteVerifier,
  openCheckpoint,
  parseCheckpointText,
  parseNote,
  TreeHasher,
} from '@handrail/journal';
import { LogFinding } from '@handrail/plugin-sop-common';
import { LogWitness } from '@handrail/plugin-sop-node';
import type { Knex } from 'knex';
import { sopLog } from './LogKeeper';

const BATCH = 500;
/** More are not told: the log is beyond doubt then. */
const MAX_FINDINGS = 100;
/** How long an event may take to get into the log. */
export const LOG_DELAY_MS = 600_000;

const KEY = 'key:';

/** Compares the journals with the log, and the log with what was signed and seen. */
export class LogVerifier {
  readonly findings: LogFinding[] = [];

  constructor(
    private readonly options: {
      db: Knex;
      /** Keys from the configuration, which nobody with the database alone has. */
      verifiers: NoteVerifier[];
      witnesses: LogWitness[];
      now: string;
    },
  ) {}

  async verify(): Promise<{ size: number; findings: LogFinding[] }> {
    const { db } = this.options;
    const size = await sopLog.size(db);
    const roots = await this.#signedRoots();
    const tree = new TreeHasher();
    let sound = true;
    for (let from = 0; from < size && sound; from += BATCH) {
      const leaves = await sopLog.leaves(db, { from, to: from + BATCH });
      sound = this.#addLeaves(tree, leaves, roots);
      await this.#compare(leaves);
    }
    this.#compareSizes(size, roots);
    await this.#findUnlogged();
    await this.#askWitnesses(size);
    return { size, findings: this.findings.slice(0, MAX_FINDINGS) };
  }

  #found(reason: string, message: string, more: Partial<LogFinding> = {}) {
    this.findings.push({ reason, message, ...more });
  }

  /** Roots by size, of checkpoints that a key signed which is in the log. */
  async #signedRoots(): Promise<Map<number, Buffer>> {
    const { db, verifiers } = this.options;
    const roots = new Map<number, Buffer>();
    let after = -1;
    let last: { note: string; size: number } | undefined;
    for (;;) {
      const page = await sopLog.checkpoints(db, { after, limit: BATCH });
      for (const { note, size } of page) {
        const checkpoint = parseCheckpointText(parseNote(note).text);
        if (checkpoint.size !== size) {
          this.#found(
            'checkpoint-edited',
            `The checkpoint kept at ${size} speaks of ${checkpoint.size} entries`,
            { index: size },
          );
        }
        roots.set(size, checkpoint.root);
      }
      if (page.length === 0) {
        break;
      }
      last = page[page.length - 1];
      after = last.size;
    }
    if (last && verifiers.length > 0) {
      try {
        openCheckpoint(last.note, verifiers);
      } catch (error) {
        this.#found('checkpoint-signature', (error as Error).message, {
          index: last.size,
        });
      }
    }
    return roots;
  }

  #addLeaves(
    tree: TreeHasher,
    leaves: LogLeaf[],
    roots: Map<number, Buffer>,
  ): boolean {
    for (const leaf of leaves) {
      if (leaf.idx !== tree.size) {
        this.#found(
          'leaf-missing',
          `Entry ${tree.size} of the log is missing`,
          { index: tree.size },
        );
        return false;
      }
      tree.add(Buffer.from(leaf.hash, 'hex'));
      const root = roots.get(tree.size);
      if (root && !root.equals(tree.root())) {
        this.#found(
          'log-rewritten',
          `The log was rewritten: its first ${tree.size} entries are not those that were signed`,
          { index: this.#from(roots, tree.size), runId: undefined },
        );
        return false;
      }
    }
    return true;
  }

  /** Everything before the checkpoint in front of this one is as it was signed. */
  #from(roots: Map<number, Buffer>, size: number): number {
    return Math.max(0, ...[...roots.keys()].filter(one => one < size));
  }

  #compareSizes(size: number, roots: Map<number, Buffer>): void {
    const signed = Math.max(0, ...roots.keys());
    if (signed > size) {
      this.#found(
        'log-truncated',
        `The log has ${size} entries, but ${signed} were signed`,
        { index: size },
      );
    }
  }

  /** Each entry must be an event that is still there and hashes to it. */
  async #compare(leaves: LogLeaf[]): Promise<void> {
    const own = leaves.filter(leaf => !leaf.subject.startsWith(KEY));
    const subjects = [...new Set(own.map(leaf => leaf.subject))];
    const events = new Map<string, JournalRow>();
    for (let i = 0; i < subjects.length; i += 100) {
      const wanted = subjects.slice(i, i + 100);
      const seqs = own
        .filter(leaf => wanted.includes(leaf.subject))
        .map(leaf => leaf.seq);
      const rows: Array<JournalRow & { run_id: string }> = await this.options
        .db('run_event')
        .whereIn('run_id', wanted)
        .where('seq', '>=', Math.min(...seqs))
        .where('seq', '<=', Math.max(...seqs));
      rows.forEach(row => events.set(`${row.run_id}/${row.seq}`, row));
    }
    const gone = new Set<string>();
    for (const leaf of own) {
      const row = events.get(`${leaf.subject}/${leaf.seq}`);
      if (!row && !gone.has(leaf.subject)) {
        gone.add(leaf.subject);
        await this.#missing(leaf);
      } else if (row && !isEntry(row, leaf)) {
        this.#found(
          row.hash === leaf.hash ? 'edited' : 'rewritten',
          `Event ${leaf.seq} of run ${leaf.subject} is not the one in the log`,
          { runId: leaf.subject, seq: leaf.seq, index: leaf.idx },
        );
      }
    }
  }

  async #missing(leaf: LogLeaf): Promise<void> {
    const last = await this.options
      .db('run_event')
      .where('run_id', leaf.subject)
      .max({ seq: 'seq' })
      .first();
    const where = { runId: leaf.subject, seq: leaf.seq, index: leaf.idx };
    const end = Number(last?.seq ?? 0);
    if (end === 0) {
      this.#found(
        'run-deleted',
        `Run ${leaf.subject} was deleted; the log has it`,
        where,
      );
    } else if (end < leaf.seq) {
      this.#found(
        'truncated',
        `Run ${leaf.subject} ends with event ${end}; the log has event ${leaf.seq}`,
        where,
      );
    } else {
      this.#found(
        'missing',
        `Event ${leaf.seq} of run ${leaf.subject} is missing; the log has it`,
        where,
      );
    }
  }

  /** Events that ought to be in the log by now. */
  async #findUnlogged(): Promise<void> {
    const { db, now } = this.options;
    const before = new Date(Date.parse(now) - LOG_DELAY_MS).toISOString();
    const rows: Array<{ run_id: string; version: number; seq: number | null }> =
      await db('run')
        .leftJoin(
          db('sop_log_leaf')
            .groupBy('subject')
            .select('subject')
            .max({ seq: 'seq' })
            .as('logged'),
          'logged.subject',
          'run.run_id',
        )
        .where('run.updated_at', '<', before)
        .whereRaw('run.version > coalesce(logged.seq, 0)')
        .limit(MAX_FINDINGS)
        .select('run.run_id', 'run.version', 'logged.seq');
    for (const row of rows) {
      const seq = Number(row.seq ?? 0) + 1;
      this.#found(
        'not-logged',
        `Event ${seq} of run ${row.run_id} is not in the log although it is old enough`,
        { runId: row.run_id, seq },
      );
    }
  }

  async #askWitnesses(size: number): Promise<void> {
    for (const witness of this.options.witnesses) {
      const note = await witness.latest?.();
      if (note) {
        const seen = parseCheckpointText(parseNote(note).text);
        if (seen.size > size) {
          this.#found(
            'backup-restored',
            `The log went back: ${witness.name} has seen ${seen.size} entries, now there are ${size}`,
            { index: size },
          );
        } else if (!(await this.#rootAt(seen.size))?.equals(seen.root)) {
          this.#found(
            'log-rewritten',
            `The log was rewritten: its first ${seen.size} entries are not those that ${witness.name} has seen`,
            { index: seen.size - 1 },
          );
        }
      }
    }
  }

  /** From the leaves themselves; undefined when one is missing. */
  async #rootAt(size: number): Promise<Buffer | undefined> {
    const tree = new TreeHasher();
    for (let from = 0; from < size; from += 10 * BATCH) {
      const to = Math.min(size, from + 10 * BATCH);
      for (const leaf of await sopLog.leaves(this.options.db, { from, to })) {
        tree.add(Buffer.from(leaf.hash, 'hex'));
      }
    }
    return tree.size === size ? tree.root() : undefined;
  }
}

/** Whether a row is what the log says, hashed again as it stands. */
function isEntry(row: JournalRow, leaf: LogLeaf): boolean {
  return row.hash === leaf.hash && hashRow(row) === leaf.hash;
}
