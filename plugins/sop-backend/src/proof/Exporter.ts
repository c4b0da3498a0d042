import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  canonicalJson,
  LogLeaf,
  parseCheckpointText,
  parseNote,
  sha256Hex,
  StoredCheckpoint,
} from '@handrail/journal';
import type { Knex } from 'knex';
import { BundleWriter } from './BundleWriter';
import { LogKeeper, sopLog } from './LogKeeper';
import {
  evidenceOf,
  journalLine,
  readStoredRun,
  StoredRun,
  toRecord,
} from './records';
import { summaryPdf } from './summaryPdf';

/** Checkpoints of a period that go along, spread over it. */
const MAX_HISTORY = 1000;
const LEAVES = 5000;
/** Beyond this a period has one list of runs and no page for each. */
const MAX_SUMMARIES = 500;

const encode = (hashes: Buffer[]) => hashes.map(one => one.toString('base64'));

export type NameOf = (refs: string[]) => Promise<(ref: string) => string>;

/** Writes bundles that can be verified without the portal. */
export class Exporter {
  constructor(
    private readonly options: { knex: Knex; keeper: LogKeeper; nameOf: NameOf },
  ) {}

  /**
   * One run, with a proof for each of its events.
   * @throws NotFoundError
   * @throws ConflictError when the log is not signed or contradicts itself
   */
  async *exportRun(runId: string): AsyncGenerator<Uint8Array> {
    await this.options.keeper.keep({ force: true });
    // No transaction: all that is read was only ever added to, and ends with the
    // checkpoint, so what is written meanwhile does not matter.
    const tx = this.options.knex;
    const checkpoint = await newest(tx);
    const leaves = (await sopLog.leavesOf(tx, runId)).filter(
      leaf => leaf.idx < checkpoint.size,
    );
    if (leaves.length === 0) {
      throw new NotFoundError(
        `Run ${runId} does not exist, or is not in the log yet`,
      );
    }
    const writer = new BundleWriter();
    await this.#addLog(tx, writer, checkpoint, await below(tx, leaves));
    await this.#addRun(tx, writer, runId, leaves, checkpoint, {
      prove: leaves,
      summary: true,
    });
    writer.end({ kind: 'run', runId });
    yield writer.take();
  }

  /**
   * Every run that something happened in between two instants, with all entries
   * of the log in between: none can be left out.
   * @param from - ISO instant
   * @param to - ISO instant
   */
  async *exportPeriod(from: string, to: string): AsyncGenerator<Uint8Array> {
    if (!(Date.parse(from) < Date.parse(to))) {
      throw new InputError(
        `from is "${from}" and to is "${to}"; allowed are instants of which the second is later`,
      );
    }
    await this.options.keeper.keep({ force: true });
    const tx = this.options.knex;
    const utc = (at: string) => new Date(at).toISOString();
    const start = await sopLog.latestCheckpoint(tx, { at: utc(from) });
    const end =
      (await sopLog.checkpointCovering(tx, { at: utc(to) })) ??
      (await newest(tx));
    const begin = start?.size ?? 0;
    const writer = new BundleWriter();
    const history = await spread(tx, begin, end.size);
    await this.#addLog(tx, writer, end, start ? [start, ...history] : history);
    const subjects = await this.#addRange(tx, writer, begin, end, start);
    yield writer.take();
    for (const runId of subjects) {
      const leaves = (await sopLog.leavesOf(tx, runId)).filter(
        leaf => leaf.idx < end.size,
      );
      await this.#addRun(tx, writer, runId, leaves, end, {
        prove: leaves.filter(leaf => leaf.idx < begin),
        summary: subjects.length <= MAX_SUMMARIES,
      });
      yield writer.take();
    }
    writer.end({ kind: 'period', from: utc(from), to: utc(to) });
    yield writer.take();
  }

  async #addLog(
    tx: Knex,
    writer: BundleWriter,
    checkpoint: StoredCheckpoint,
    history: StoredCheckpoint[],
  ): Promise<void> {
    writer.add('log/checkpoint.txt', checkpoint.note);
    const latest = await this.options.keeper.freshCheckpoint();
    const { size: now } = parseCheckpointText(parseNote(latest).text);
    writer.add('log/latest.txt', latest);
    writer.addJson(
      'log/latest-proof.json',
      encode(await sopLog.consistencyProof(tx, checkpoint.size, now)),
    );
    writer.add(
      'log/history.txt',
      history.map(({ note }) => `${note}\n`).join(''),
    );
    const recent = history.slice(-20);
    writer.addJson(
      'log/consistency.json',
      await Promise.all(
        recent.map(async ({ size }) => ({
          old: size,
          path: encode(
            await sopLog.consistencyProof(tx, size, checkpoint.size),
          ),
        })),
      ),
    );
    const keys = await sopLog.keys(tx);
    writer.addJson(
      'log/keys.json',
      keys.map(({ idx, ...record }) => ({
        idx,
        record: canonicalJson(record),
      })),
    );
  }

  /** @returns the runs of the period in the order of their first entry */
  async #addRange(
    tx: Knex,
    writer: BundleWriter,
    from: number,
    end: StoredCheckpoint,
    start: StoredCheckpoint | undefined,
  ): Promise<string[]> {
    if (start) {
      writer.add('log/checkpoint-start.txt', start.note);
    }
    const subtrees = await sopLog.subtrees(tx, from);
    writer.addJson('log/range.json', {
      from,
      to: end.size,
      subtrees: subtrees.map(one => one.toString('hex')),
    });
    const subjects = new Set<string>();
    const lines: string[] = [];
    for (let at = from; at < end.size; at += LEAVES) {
      const to = Math.min(at + LEAVES, end.size);
      for (const leaf of await sopLog.leaves(tx, { from: at, to })) {
        lines.push(`${leaf.hash} ${leaf.subject} ${leaf.seq}\n`);
        if (!leaf.subject.startsWith('key:')) {
          subjects.add(leaf.subject);
        }
      }
    }
    writer.add('log/leaves.txt', lines.join(''));
    return [...subjects];
  }

  async #addRun(
    tx: Knex,
    writer: BundleWriter,
    runId: string,
    leaves: LogLeaf[],
    checkpoint: StoredCheckpoint,
    options: { prove: LogLeaf[]; summary: boolean },
  ): Promise<void> {
    const last = leaves[leaves.length - 1]?.seq ?? 0;
    const stored = await readStoredRun(tx, runId, last);
    if (!stored) {
      // The verifier tells that the log has a run which is not here.
      return;
    }
    const { run, rows, revision, policies } = stored;
    const folder = `runs/${runId}`;
    writer.addJson(`${folder}/run.json`, {
      runId,
      sopRef: run.sop_ref,
      revisionHash: run.revision_hash,
      engineVersion: run.engine_version,
      events: rows.length,
    });
    writer.add(`${folder}/journal.jsonl`, rows.map(journalLine).join(''));
    writer.addJson(
      `${folder}/evidence.json`,
      evidenceOf(rows).map(one => ({
        ...one,
        sha256: sha256Hex(canonicalJson(one.evidence)),
      })),
    );
    if (options.prove.length > 0) {
      writer.addJson(`${folder}/inclusion.json`, {
        size: checkpoint.size,
        events: await proofs(tx, options.prove, checkpoint.size),
      });
    }
    const path = `revisions/${run.revision_hash}.json`;
    if (revision && !writer.has(path)) {
      writer.add(path, revision.spec);
    }
    for (const policy of policies) {
      addPolicy(writer, policy);
    }
    if (options.summary) {
      await this.#addSummary(writer, stored, checkpoint);
    }
  }

  async #addSummary(
    writer: BundleWriter,
    stored: StoredRun,
    checkpoint: StoredCheckpoint,
  ): Promise<void> {
    let record;
    try {
      record = toRecord(stored);
    } catch {
      // Its journal cannot be replayed, which the verifier tells with the place.
      return;
    }
    const actors = record.events.flatMap(event => event.actor ?? []);
    const nameOf = await this.options.nameOf([...new Set(actors)]);
    const { origin } = parseCheckpointText(parseNote(checkpoint.note).text);
    writer.add(
      `runs/${record.runId}/summary.pdf`,
      await summaryPdf(record, {
        nameOf,
        log: { origin, size: checkpoint.size, at: checkpoint.at },
      }),
    );
  }
}

/** The text of the spec as it is kept, so that its hash can be taken again. */
function addPolicy(
  writer: BundleWriter,
  { hash, ref, title, spec }: StoredRun['policies'][number],
): void {
  const path = `policies/${hash}.json`;
  if (!writer.has(path)) {
    const [name, words] = [ref, title].map(one => canonicalJson(one));
    writer.add(path, `{"ref":${name},"spec":${spec},"title":${words}}\n`);
  }
}

async function newest(tx: Knex): Promise<StoredCheckpoint> {
  const checkpoint = await sopLog.latestCheckpoint(tx);
  if (!checkpoint) {
    throw new ConflictError(
      'The log is not signed yet, so nothing can be proven; sop.proof.signingKey gives the key',
    );
  }
  return checkpoint;
}

async function proofs(tx: Knex, leaves: LogLeaf[], size: number) {
  const events = [];
  for (const { seq, idx } of leaves) {
    const path = encode(await sopLog.inclusionProof(tx, idx, size));
    events.push({ seq, index: idx, path });
  }
  return events;
}

/** The checkpoint in front of each leaf, once: it tells how old the leaf can be. */
async function below(tx: Knex, leaves: LogLeaf[]): Promise<StoredCheckpoint[]> {
  const found = new Map<number, StoredCheckpoint>();
  for (const { idx } of leaves) {
    const checkpoint = await sopLog.latestCheckpoint(tx, { size: idx });
    if (checkpoint) {
      found.set(checkpoint.size, checkpoint);
    }
  }
  return [...found.values()];
}

/** At most so many checkpoints after a size, evenly spread. */
async function spread(
  tx: Knex,
  after: number,
  upTo: number,
): Promise<StoredCheckpoint[]> {
  const all: StoredCheckpoint[] = [];
  for (let from = after; ; ) {
    const page = await sopLog.checkpoints(tx, {
      after: from,
      upTo,
      limit: 1000,
    });
    all.push(...page);
    if (page.length < 1000) {
      break;
    }
    from = page[page.length - 1].size;
  }
  const every = Math.ceil(all.length / MAX_HISTORY);
  return all.filter((_, i) => i % every === 0);
}
