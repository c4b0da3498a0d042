import { Checkpoint } from '../log/checkpoints';
import { PolicySpec } from '../replay/tighten';

/** What the one who verifies knows. */
export interface VerifyOptions {
  /** Public keys the one who verifies trusts; without any, those in the bundle. */
  keys?: string[];
  /** Checkpoints that a witness kept. */
  witness?: Checkpoint[];
}

/** A file named by the manifest. */
export interface ManifestFile {
  path: string;
  size: number;
  sha256: string;
}

/** `manifest.json` of a bundle. */
export interface Manifest {
  format: string;
  kind: 'run' | 'period';
  /** Of a single run. */
  runId?: string;
  /** Of a period: instants, the first included and the second not. */
  from?: string;
  to?: string;
  files: ManifestFile[];
}

/** `runs/<id>/run.json`. */
export interface RunFile {
  runId: string;
  sopRef: string;
  revisionHash: string;
  engineVersion: number;
  events: number;
}

/** `policies/<hash>.json`; the hash is that of `spec`. */
export interface PolicyFile {
  ref: string;
  title: string;
  spec: PolicySpec;
}

/** `runs/<id>/inclusion.json`. */
export interface InclusionFile {
  size: number;
  events: Array<{ seq: number; index: number; path: string[] }>;
}

/** `log/range.json` of a period: where the log stood at its beginning. */
export interface RangeFile {
  from: number;
  to: number;
  /** Hashes of the complete subtrees of the first `from` leaves, hex. */
  subtrees: string[];
}

/** What is wrong with a bundle. */
export interface Finding {
  rule: string;
  message: string;
  runId?: string;
  seq?: number;
  /** Of the log. */
  index?: number;
}

/** The result of a verification. */
export interface Report {
  ok: boolean;
  findings: Finding[];
  runs: number;
  events: number;
  log: {
    origin: string;
    size: number;
    at?: string;
    /** The key that signed it, and whether the one who verifies trusts it. */
    signedBy?: string;
    trusted: boolean;
  };
  /** Of a period. */
  population?: { started: number; leaves: number };
}
