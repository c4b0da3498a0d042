/**
 * Passed, failed and skipped items, read from the runners' own reports.
 * A part that executed nothing, or whose runner failed without naming a failed
 * item, has one failed item: silence is never a pass.
 */
import { readFileSync } from 'node:fs';

/** One check that either holds or does not. */
export function countCheck(exitCode) {
  return settle({ passed: exitCode === 0 ? 1 : 0, failed: 0 }, exitCode);
}

/** `jest --json`: a suite that could not run is one failed item. */
export function countJest(report, exitCode) {
  let failed = report.numFailedTests;
  for (const suite of report.testResults) {
    if (suite.status === 'failed' && !suite.assertionResults.some(isFailed)) {
      failed += 1;
    }
  }
  const skipped = report.numPendingTests + report.numTodoTests;
  return settle({ passed: report.numPassedTests, failed, skipped }, exitCode);
}

function isFailed(assertion) {
  return assertion.status === 'failed';
}

/** Playwright's JSON report: a flaky journey counts as failed. */
export function countPlaywright(report, exitCode) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failed = unexpected + flaky + report.errors.length;
  return settle({ passed: expected, failed, skipped }, exitCode);
}

/** The summary lines of Node's TAP reporter. */
export function countTap(text, exitCode) {
  const summary = name => {
    const match = text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'));
    if (!match) throw new Error(`the TAP report has no line '# ${name} N'`);
    return Number(match[1]);
  };
  return settle(
    {
      passed: summary('pass'),
      failed: summary('fail') + summary('cancelled'),
      skipped: summary('skipped') + summary('todo'),
    },
    exitCode,
  );
}

/** Reads a report file; one that is missing or unreadable is one failed item. */
export function countFile(file, count, exitCode) {
  try {
    return count(readFileSync(file, 'utf8'), exitCode);
  } catch (error) {
    console.error(`portal: no usable report ${file}: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function settle({ passed, failed, skipped = 0 }, exitCode) {
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed, skipped };
}

/** The sum over all parts. */
export function total(counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped = 0 }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}
