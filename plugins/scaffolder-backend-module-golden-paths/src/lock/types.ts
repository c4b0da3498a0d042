/**
 * Whose a file is. Updates of the template replace `template` files, merge into
 * `shared` ones and leave `yours` alone. @public
 */
export type Ownership = 'template' | 'shared' | 'yours';

/** One rendered file. @public */
export interface LockedFile {
  /** SHA-256 of the bytes, in hexadecimal. */
  sha256: string;
  ownership: Ownership;
  /** Present and true where the file may be run. */
  executable?: true;
}

/** The content of `.golden-path/lock.yaml`. @public */
export interface GoldenPathLock {
  apiVersion: 'handrail.dev/v1alpha1';
  kind: 'GoldenPathLock';
  template: {
    /** Entity ref. */
    ref: string;
    /** Semantic version. */
    version: string;
    /** `sha256:` and the digest of the template's files. */
    digest: string;
    /** Where the template was read, unless it was a file of the portal. */
    source?: string;
  };
  /** Id of the scaffolder's task. */
  task: string;
  /** What was answered, sorted by name. */
  answers: Record<string, unknown>;
  /** Answers that were left out as secret, as dotted paths. */
  omitted: string[];
  /** What `golden-path:verify` found; absent when it did not run. */
  verification?: {
    passed: boolean;
    errors: number;
    warnings: number;
    /** Status by check. */
    checks: Record<string, string>;
    /** Versions by program. */
    tools: Record<string, string>;
    ignored: Array<{ check: string; path: string; reason: string }>;
  };
  /** Every rendered file by path, but for those in `.golden-path/`. */
  files: Record<string, LockedFile>;
}
