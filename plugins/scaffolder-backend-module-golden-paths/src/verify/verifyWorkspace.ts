import { isError } from '@backstage/errors';
import picomatch from 'picomatch';
import { Linters } from './Linters';
import { Tools, ToolUnavailableError } from './Tools';
import {
  CheckId,
  CheckResult,
  Finding,
  Problem,
  Validator,
  VerificationReport,
} from './types';
import { VALIDATORS } from './validators';
import { compare, Workspace } from './Workspace';

/** A finding that is known and accepted. @public */
export interface IgnoreRule {
  /** The check, or `*`. */
  check: CheckId | '*';
  /** Glob of the files. */
  path: string;
  /** Why it is accepted; kept in the report. */
  reason: string;
}

/** What to check, and with what. */
export interface VerifyOptions {
  workspace: Workspace;
  tools: Tools;
  linters: Linters;
  /** Default all. */
  checks?: readonly CheckId[];
  ignore?: readonly IgnoreRule[];
  /** Checks that may be missing their program. */
  optional?: readonly CheckId[];
  signal?: AbortSignal;
}

/** Runs the checks over a workspace, at the same time. Writes nothing. */
export async function verifyWorkspace(
  options: VerifyOptions,
): Promise<VerificationReport> {
  const { workspace, ignore = [] } = options;
  const checks: CheckResult[] = [];
  const findings: Finding[] = [];
  const ignored: VerificationReport['ignored'] = [];
  const rules = ignore.map(rule => ({
    ...rule,
    matches: picomatch(rule.path, { dot: true }),
  }));
  options.signal?.throwIfAborted();
  // A check that waits for a program leaves the processor to the others.
  const ran = await Promise.all(
    VALIDATORS.map(async validator => ({
      validator,
      ...(await runCheck(validator, options)),
    })),
  );
  for (const { validator, result, problems } of ran) {
    const own = problems.map(
      ({ severity = 'error', ...problem }): Finding => ({
        check: validator.id,
        severity,
        ...problem,
      }),
    );
    const counted = own.filter(finding => {
      const rule = rules.find(
        ({ check, matches }) =>
          (check === '*' || check === finding.check) && matches(finding.path),
      );
      if (rule) {
        ignored.push({ ...finding, reason: rule.reason });
      }
      return !rule;
    });
    findings.push(...counted.sort(byPlace));
    const failed = counted.some(({ severity }) => severity === 'error');
    checks.push(
      result.status === 'passed' && failed
        ? { ...result, status: 'failed' }
        : result,
    );
  }
  const errors = findings.filter(({ severity }) => severity === 'error');
  return {
    passed: errors.length === 0,
    counts: {
      files: workspace.texts.length,
      skipped: workspace.skipped.length,
      errors: errors.length,
      warnings: findings.length - errors.length,
      ignored: ignored.length,
    },
    checks,
    findings,
    ignored: ignored.sort(byPlace),
    skipped: [...workspace.skipped],
  };
}

async function runCheck(
  validator: Validator,
  options: VerifyOptions,
): Promise<{ result: CheckResult; problems: Problem[] }> {
  const { id, tool } = validator;
  const { workspace, checks, optional = [] } = options;
  if (checks && !checks.includes(id)) {
    const result: CheckResult = { id, status: 'not-asked', files: 0 };
    return { result, problems: [] };
  }
  const paths = [...new Set(validator.select(workspace))].sort(compare);
  const result: CheckResult = { id, status: 'passed', files: paths.length };
  if (paths.length === 0) {
    return { result: { ...result, status: 'not-needed' }, problems: [] };
  }
  try {
    if (tool) {
      result.tool = { name: tool, version: await options.tools.version(tool) };
    }
    return { result, problems: await validator.check(paths, options) };
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    const reason = isError(error) ? error.message : String(error);
    const missing = error instanceof ToolUnavailableError;
    const status = missing ? 'unavailable' : 'failed';
    return {
      result: { ...result, status, reason },
      problems: [
        {
          path: paths[0],
          severity: missing && optional.includes(id) ? 'warning' : 'error',
          message: `${id} was not checked: ${reason}`,
        },
      ],
    };
  }
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.path, b.path) ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.message, b.message)
  );
}

/** `file:line:column [check] what; found …; allowed: …` @public */
export function formatFinding(finding: Finding): string {
  const { check, path, line, column, message, found, allowed } = finding;
  const name = /^[\x20-\x7e]*$/.test(path) ? path : JSON.stringify(path);
  const place = [name, line, column].filter(part => part !== undefined);
  const facts = [
    message,
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(allowed === undefined ? [] : [`allowed: ${allowed}`]),
  ];
  return `${place.join(':')} [${check}] ${facts.join('; ')}`;
}

/** What was checked, in one sentence. */
export function summarize(report: VerificationReport): string {
  const ran = report.checks.filter(
    ({ status }) => status === 'passed' || status === 'failed',
  );
  const missing = report.checks.filter(
    ({ status }) => status === 'unavailable',
  );
  const { files, errors, warnings, ignored } = report.counts;
  const parts = [
    `${count(files, 'file')} passed ${count(ran.length, 'check')}`,
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
    ...(ignored > 0 ? [`${count(ignored, 'finding')} ignored`] : []),
    ...missing.map(({ id, reason }) => `${id} did not run (${reason})`),
  ];
  return errors > 0
    ? `${count(errors, 'error')} in ${count(files, 'file')}`
    : parts.join(', ');
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
