import { unzipSync } from 'fflate';
import canonicalize from 'canonicalize';
import {
  Checkpoint,
  PublicKey,
  readCheckpoint,
  readKey,
  readNotes,
  signerOf,
} from '../log/checkpoints';
import { GrowingTree, leafOf, onlyGrew, rootFrom } from '../log/merkle';
import { replayRun } from '../replay/replayRun';
import { Violation } from '../replay/types';
import { checkDates } from './dates';
import { Journal, readJournal, sha256 } from './journal';
import {
  Finding,
  InclusionFile,
  Manifest,
  RangeFile,
  Report,
  RunFile,
} from './types';

export const BUNDLE_FORMAT = 'handrail.dev/bundle/v1';

export interface VerifyOptions {
  /** Public keys the one who verifies trusts; without any, those in the bundle. */
  keys?: string[];
  /** Checkpoints that a witness kept. */
  witness?: Checkpoint[];
}

/** A bundle that is being looked at. */
class Bundle {
  readonly findings: Finding[] = [];
  /** Procedures by hash, so that many runs of one read it once. */
  readonly procedures = new Map<string, { spec: any; found: string }>();

  constructor(readonly files: Record<string, Uint8Array>) {}

  text(path: string): string {
    const bytes = this.files[path];
    if (!bytes) {
      throw new Error(`${path} is missing`);
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  }

  json<T>(path: string): T {
    return JSON.parse(this.text(path)) as T;
  }

  found(rule: string, message: string, more: Partial<Finding> = {}): void {
    this.findings.push({ rule, message, ...more });
  }

  /** Notes what cannot be read instead of giving up. */
  try<T>(
    rule: string,
    runId: string | undefined,
    work: () => T,
  ): T | undefined {
    try {
      return work();
    } catch (error) {
      if (error instanceof Violation) {
        const { rule: broken, seq, message } = error;
        this.found(broken, message, { runId, seq });
      } else {
        this.found(rule, (error as Error).message, { runId });
      }
      return undefined;
    }
  }
}

function checkManifest(bundle: Bundle): Manifest | undefined {
  const manifest = bundle.try('manifest', undefined, () =>
    bundle.json<Manifest>('manifest.json'),
  );
  if (!manifest) {
    return undefined;
  }
  if (manifest.format !== BUNDLE_FORMAT) {
    bundle.found(
      'manifest',
      `The bundle has the format ${manifest.format}; this verifier reads ${BUNDLE_FORMAT}`,
    );
    return undefined;
  }
  const named = new Map(manifest.files.map(file => [file.path, file]));
  for (const [path, bytes] of Object.entries(bundle.files)) {
    const file = named.get(path);
    if (path !== 'manifest.json' && sha256(bytes) !== file?.sha256) {
      bundle.found(
        'digest',
        `${path} is not ${file ? 'as' : 'named in'} the manifest${
          file ? ' says' : ''
        }`,
      );
    }
  }
  for (const path of named.keys()) {
    if (!bundle.files[path]) {
      bundle.found('digest', `${path}, which the manifest names, is missing`);
    }
  }
  return manifest;
}

interface LogFacts {
  checkpoint: Checkpoint;
  key?: PublicKey;
  trusted: boolean;
}

function checkLog(
  bundle: Bundle,
  options: VerifyOptions,
): LogFacts | undefined {
  const checkpoint = bundle.try('checkpoint', undefined, () =>
    readCheckpoint(bundle.text('log/checkpoint.txt')),
  );
  if (!checkpoint) {
    return undefined;
  }
  const trusted = (options.keys ?? []).map(readKey);
  const own =
    bundle.try('key', undefined, () =>
      bundle
        .json<Array<{ record: string }>>('log/keys.json')
        .map(({ record }) => readKey(JSON.parse(record).vkey)),
    ) ?? [];
  const key = signerOf(checkpoint, trusted.length ? trusted : own);
  if (!key) {
    bundle.found(
      'signature',
      `The checkpoint of ${checkpoint.origin} at ${
        checkpoint.size
      } is not signed by ${
        trusted.length ? 'a key you trust' : 'a key in the bundle'
      }`,
    );
  }
  const signers = trusted.length ? [...trusted, ...own] : own;
  for (const note of readNotes(bundle.text('log/history.txt'))) {
    if (!signerOf(note, signers)) {
      bundle.found(
        'signature',
        `The checkpoint at ${note.size} in log/history.txt is not signed by a known key`,
        { index: note.size - 1 },
      );
    }
  }
  const latest = readLatest(bundle, checkpoint, signers);
  if (latest) {
    bundle.try('witness', undefined, () =>
      checkWitness(bundle, checkpoint, latest, options.witness ?? []),
    );
  }
  return { checkpoint, key, trusted: trusted.length > 0 && key !== undefined };
}

/** The log at the moment of the export, which must contain the checkpoint. */
function readLatest(
  bundle: Bundle,
  checkpoint: Checkpoint,
  keys: PublicKey[],
): Checkpoint | undefined {
  return bundle.try('checkpoint', undefined, () => {
    const latest = readCheckpoint(bundle.text('log/latest.txt'));
    const path = bundle
      .json<string[]>('log/latest-proof.json')
      .map(one => Buffer.from(one, 'base64'));
    if (!signerOf(latest, keys)) {
      bundle.found(
        'signature',
        `The checkpoint at ${latest.size} in log/latest.txt is not signed by a known key`,
        { index: latest.size - 1 },
      );
    }
    if (!onlyGrew(checkpoint, latest, path)) {
      bundle.found(
        'rewritten',
        `The log at ${latest.size} entries does not begin with the ${checkpoint.size} of the checkpoint`,
        { index: checkpoint.size - 1 },
      );
    }
    return latest;
  });
}

/** What a witness saw must be in the log of the bundle. */
function checkWitness(
  bundle: Bundle,
  checkpoint: Checkpoint,
  latest: Checkpoint,
  witness: Checkpoint[],
): void {
  const seen = witness.filter(one => one.origin === checkpoint.origin);
  if (witness.length > 0 && seen.length === 0) {
    bundle.found(
      'witness',
      `The witness has seen nothing of ${checkpoint.origin}`,
    );
  }
  const own = [
    checkpoint,
    latest,
    ...readNotes(bundle.text('log/history.txt')),
  ];
  const other = seen.find(one =>
    own.some(mine => mine.size === one.size && !mine.root.equals(one.root)),
  );
  if (other) {
    bundle.found(
      'rewritten',
      `The log was rewritten: at ${other.size} entries the witness has seen another root`,
      { index: other.size - 1 },
    );
  }
  const ahead = seen.find(
    one => one.size > latest.size && (one.at ?? '') <= (latest.at ?? ''),
  );
  if (ahead) {
    bundle.found(
      'rolled-back',
      `The log went back: the witness had seen ${ahead.size} entries at ${ahead.at}, but at ${latest.at} there were ${latest.size}`,
      { index: latest.size },
    );
  }
  const proofs = bundle.json<Array<{ old: number; path: string[] }>>(
    'log/consistency.json',
  );
  for (const { old, path } of proofs) {
    const before = seen.find(one => one.size === old);
    const proof = path.map(one => Buffer.from(one, 'base64'));
    if (before && !onlyGrew(before, checkpoint, proof)) {
      bundle.found(
        'rewritten',
        `The log was rewritten: it does not begin with the ${old} entries that the witness has seen`,
        { index: old - 1 },
      );
    }
  }
}

/** The leaves of a period, in order, with whose they are. */
function readRange(
  bundle: Bundle,
  { checkpoint }: LogFacts,
): Array<{ index: number; hash: string; subject: string; seq: number }> {
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

function checkRevision(bundle: Bundle, run: RunFile): any {
  const path = `revisions/${run.revisionHash}.json`;
  let procedure = bundle.procedures.get(run.revisionHash);
  if (!procedure) {
    const content = bundle.json<object>(path);
    procedure = { spec: content, found: sha256(canonicalize(content) ?? '') };
    bundle.procedures.set(run.revisionHash, procedure);
  }
  const { spec, found } = procedure;
  if (found !== run.revisionHash) {
    bundle.found(
      'revision',
      `${path} is not the procedure that the run pinned; its hash is ${found}`,
      { runId: run.runId, seq: 1 },
    );
  }
  return spec;
}

/** Where each event of a run is said to be in the log, with the proof. */
function readProofs(
  bundle: Bundle,
  runId: string,
): Map<number, InclusionFile['events'][number]> {
  const path = `runs/${runId}/inclusion.json`;
  return new Map(
    bundle.files[path]
      ? bundle.json<InclusionFile>(path).events.map(one => [one.seq, one])
      : [],
  );
}

/** Each event of the journal must be in the log. @returns its place there */
function checkInclusion(
  bundle: Bundle,
  run: RunFile,
  journal: Journal,
  log: LogFacts,
  places: {
    leaves: Map<number, { index: number; hash: string }>;
    proven: Map<number, InclusionFile['events'][number]>;
  },
): number[] {
  const { size, root } = log.checkpoint;
  return journal.hashes.map((hash, i) => {
    const seq = i + 1;
    const leaf = places.leaves.get(seq);
    const proof = places.proven.get(seq);
    if (leaf) {
      if (leaf.hash !== hash) {
        bundle.found(
          'rewritten',
          `Event ${seq} is not the one in the log at ${leaf.index}: it was written and hashed again`,
          { runId: run.runId, seq, index: leaf.index },
        );
      }
      return leaf.index;
    }
    const reached =
      proof &&
      rootFrom(
        leafOf(hash),
        proof.index,
        size,
        proof.path.map(one => Buffer.from(one, 'base64')),
      );
    if (!reached?.equals(root)) {
      bundle.found(
        proof ? 'rewritten' : 'not-logged',
        proof
          ? `Event ${seq} is not the one in the log at ${proof.index}: it was written and hashed again`
          : `Event ${seq} is not in the log`,
        { runId: run.runId, seq, index: proof?.index },
      );
    }
    return proof?.index ?? -1;
  });
}

/**
 * Verifies a bundle: digests, chains, signatures, proofs, and that each run went
 * as its procedure demands. Every finding is told, the first one of each run
 * only, as what comes after it stands on sand.
 */
export function verifyBundle(
  zip: Uint8Array,
  options: VerifyOptions = {},
): Report {
  const bundle = new Bundle(unzipSync(zip));
  const manifest = checkManifest(bundle);
  const log = manifest && checkLog(bundle, options);
  const report: Report = {
    ok: false,
    findings: bundle.findings,
    runs: 0,
    events: 0,
    log: {
      origin: log?.checkpoint.origin ?? '',
      size: log?.checkpoint.size ?? 0,
      at: log?.checkpoint.at,
      signedBy: log?.key?.vkey,
      trusted: log?.trusted ?? false,
    },
  };
  if (manifest && log) {
    verifyRuns(bundle, manifest, log, report);
  }
  report.ok = bundle.findings.length === 0;
  return report;
}

function verifyRuns(
  bundle: Bundle,
  manifest: Manifest,
  log: LogFacts,
  report: Report,
): void {
  const range =
    manifest.kind === 'period'
      ? bundle.try('log', undefined, () => readRange(bundle, log)) ?? []
      : [];
  const bySubject = new Map<
    string,
    Map<number, { index: number; hash: string }>
  >();
  for (const { subject, seq, index, hash } of range) {
    const seqs = bySubject.get(subject) ?? new Map();
    bySubject.set(subject, seqs.set(seq, { index, hash }));
  }
  const runIds = Object.keys(bundle.files)
    .map(path => /^runs\/([^/]+)\/run\.json$/.exec(path)?.[1])
    .filter((id): id is string => id !== undefined);
  const { kind, runId: wanted } = manifest;
  if (kind === 'run' && !runIds.includes(String(wanted))) {
    bundle.found(
      'run-missing',
      `Run ${wanted} is not in the bundle although the log has it: it was deleted or left out`,
      { runId: wanted, seq: 1 },
    );
  }
  for (const runId of runIds) {
    const leaves = bySubject.get(runId) ?? new Map();
    const before = bundle.findings.length;
    const length = bundle.try('run', runId, () =>
      verifyRun(bundle, runId, log, leaves, before),
    );
    report.events += length ?? 0;
    report.runs += 1;
  }
  const known = new Set(runIds);
  for (const [subject, seqs] of bySubject) {
    const [first] = seqs.values();
    if (subject.startsWith('key:')) {
      checkKeyLeaf(bundle, subject, first);
    } else if (!known.has(subject)) {
      bundle.found(
        'population',
        `The log has ${seqs.size} entries of run ${subject}, which is not in the bundle: the run was deleted or left out`,
        { runId: subject, seq: [...seqs.keys()][0], index: first.index },
      );
    }
  }
  if (kind === 'period') {
    const started = range.filter(
      leaf => leaf.seq === 1 && !leaf.subject.startsWith('key:'),
    ).length;
    report.population = { started, leaves: range.length };
  }
}

function checkKeyLeaf(
  bundle: Bundle,
  subject: string,
  leaf: { index: number; hash: string },
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

/** @returns the number of events */
function verifyRun(
  bundle: Bundle,
  runId: string,
  log: LogFacts,
  leaves: Map<number, { index: number; hash: string }>,
  before: number,
): number {
  const run = bundle.json<RunFile>(`runs/${runId}/run.json`);
  if (run.runId !== runId) {
    throw new Error(`runs/${runId}/run.json is that of run ${run.runId}`);
  }
  const spec = checkRevision(bundle, run);
  const journal = readJournal(bundle.text(`runs/${runId}/journal.jsonl`), run);
  const proven = readProofs(bundle, runId);
  const places = checkInclusion(bundle, run, journal, log, { leaves, proven });
  const last = Math.max(0, ...leaves.keys(), ...proven.keys());
  if (last > journal.events.length) {
    const seq = journal.events.length + 1;
    bundle.found(
      'truncated',
      `The journal ends with event ${journal.events.length}; the log has it up to event ${last}`,
      { runId, seq, index: (leaves.get(seq) ?? proven.get(seq))?.index },
    );
  }
  if (bundle.findings.length === before) {
    checkDates(bundle, journal, places);
    checkEvidence(bundle, runId, journal);
    replayRun(spec, run.revisionHash, journal.events);
  }
  return journal.events.length;
}

/** The evidence that is shown is the evidence in the journal. */
function checkEvidence(bundle: Bundle, runId: string, journal: Journal): void {
  const path = `runs/${runId}/evidence.json`;
  const expected = journal.events.flatMap(({ seq, data }) =>
    data.evidence
      ? [{ seq, stepId: data.stepId, evidence: data.evidence }]
      : [],
  );
  const shown =
    bundle.json<
      Array<{ seq: number; stepId: string; evidence: object; sha256: string }>
    >(path);
  expected.forEach((one, i) => {
    const other = shown[i];
    if (
      canonicalize(one.evidence) !== canonicalize(other?.evidence) ||
      one.seq !== other.seq ||
      other.sha256 !== sha256(canonicalize(one.evidence) ?? '')
    ) {
      throw new Violation(
        'evidence',
        one.seq,
        `The evidence of event ${one.seq} in ${path} is not that of the journal`,
      );
    }
  });
  if (shown.length !== expected.length) {
    throw new Error(
      `${path} has ${shown.length} entries, not ${expected.length}`,
    );
  }
}
