import type { Linters } from './Linters';
import type { Tools } from './Tools';
import type { TextFile, Workspace } from './Workspace';

/** Every check there is, in the order in which they run and are reported. @public */
export const CHECK_IDS = [
  'files',
  'yaml',
  'json',
  'schema',
  'catalog',
  'workflow',
  'helm',
  'prometheus',
  'sop',
  'openslo',
  'secrets',
  'leftovers',
] as const;

/** The name of a check. @public */
export type CheckId = (typeof CHECK_IDS)[number];

/** What a check found in one place, before it is known which check it was. */
export interface Problem {
  /** In the workspace, with forward slashes. */
  path: string;
  /** From 1. */
  line?: number;
  /** From 1, in UTF-16 code units. */
  column?: number;
  /** What is wrong, as a sentence without capital and full stop. */
  message: string;
  /** What stands there. */
  found?: string;
  /** What may stand there. */
  allowed?: string;
  /** Default `error`: the run stops. */
  severity?: 'error' | 'warning';
}

/** One thing that is wrong with a rendered workspace. @public */
export interface Finding {
  check: CheckId;
  severity: 'error' | 'warning';
  path: string;
  line?: number;
  column?: number;
  message: string;
  found?: string;
  allowed?: string;
}

/** How one check went. @public */
export interface CheckResult {
  id: CheckId;
  /**
   * `not-needed`: no file of its kind; `unavailable`: it could not run;
   * `not-asked`: the step names the checks it wants, and this is not among them.
   */
  status: 'passed' | 'failed' | 'not-needed' | 'unavailable' | 'not-asked';
  /** How many files (or charts) were looked at. */
  files: number;
  /** The program that was called, where there is one. */
  tool?: { name: string; version: string };
  /** Why it did not run. */
  reason?: string;
}

/** What was found in a workspace. The same files give the same report. @public */
export interface VerificationReport {
  passed: boolean;
  counts: {
    files: number;
    skipped: number;
    errors: number;
    warnings: number;
    ignored: number;
  };
  checks: CheckResult[];
  findings: Finding[];
  ignored: Array<Finding & { reason: string }>;
  skipped: Array<{ path: string; reason: string }>;
}

/** What a validator works with. */
export interface ValidatorContext {
  workspace: Workspace;
  tools: Tools;
  linters: Linters;
  signal?: AbortSignal;
}

/** One check. Its file names the rules; the runner does the rest. */
export interface Validator {
  id: CheckId;
  /** The program without which it cannot run. */
  tool?: 'helm' | 'promtool';
  /** What there is to check, as paths; nothing: the check is not needed. */
  select(workspace: Workspace): string[];
  /**
   * Checks what was selected.
   * @throws ToolUnavailableError when a program is missing
   */
  check(paths: string[], context: ValidatorContext): Promise<Problem[]>;
}

/** A check of one text file at a time. */
export function perFile(
  check: (
    file: TextFile,
    context: ValidatorContext,
  ) => Problem[] | Promise<Problem[]>,
): Validator['check'] {
  return async (paths, context) => {
    const problems: Problem[] = [];
    for (const path of paths) {
      problems.push(...(await check(context.workspace.text(path), context)));
    }
    return problems;
  };
}
