import { unzipSync } from 'fflate';
import { Bundle } from './Bundle';
import { checkLog, LogFacts } from './log';
import { checkManifest } from './manifest';
import { checkKeyLeaf, Leaves, readRange } from './range';
import { Manifest, Report, VerifyOptions } from './types';
import { verifyRun } from './verifyRun';

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
  const bySubject = new Map<string, Leaves>();
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
    const length = bundle.try('run', runId, () =>
      verifyRun(bundle, runId, log, leaves),
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
