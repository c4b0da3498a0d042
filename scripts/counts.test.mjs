import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import {
  countCheck,
  countFile,
  countJest,
  countPlaywright,
  countTap,
  total,
} from './lib/counts.mjs';

function jestReport(overrides) {
  return {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...overrides,
  };
}

function playwrightReport(stats, errors = []) {
  const none = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  return { stats: { ...none, ...stats }, errors };
}

const tap = (pass, fail, cancelled = 0) =>
  `TAP version 13\n# pass ${pass}\n# fail ${fail}\n# cancelled ${cancelled}\n# skipped 1\n# todo 0\n`;

test('a check is one item', () => {
  assert.deepEqual(countCheck(0), { passed: 1, failed: 0, skipped: 0 });
  assert.deepEqual(countCheck(2), { passed: 0, failed: 1, skipped: 0 });
});

test('Jest: passed, failed and skipped tests', () => {
  const report = jestReport({
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      {
        status: 'failed',
        assertionResults: [{ status: 'passed' }, { status: 'failed' }],
      },
    ],
  });
  assert.deepEqual(countJest(report, 1), { passed: 3, failed: 1, skipped: 3 });
});

test('Jest: a suite that could not run is one failed item', () => {
  const broken = { status: 'failed', assertionResults: [] };
  const report = jestReport({ testResults: [broken, broken] });
  assert.deepEqual(countJest(report, 1), { passed: 3, failed: 2, skipped: 0 });
});

test('Jest: a failure of the suite beside passed tests is one failed item', () => {
  const report = jestReport({
    testResults: [
      { status: 'failed', assertionResults: [{ status: 'passed' }] },
    ],
  });
  assert.equal(countJest(report, 1).failed, 1);
});

test('a runner that fails without naming a failed item has one', () => {
  assert.equal(countJest(jestReport(), 1).failed, 1);
  assert.equal(countPlaywright(playwrightReport({ expected: 2 }), 1).failed, 1);
  assert.equal(countTap(tap(4, 0), 7).failed, 1);
});

test('a part that executed nothing has failed', () => {
  assert.deepEqual(countJest(jestReport({ numPassedTests: 0 }), 0), {
    passed: 0,
    failed: 1,
    skipped: 0,
  });
  assert.equal(countPlaywright(playwrightReport({ skipped: 3 }), 0).failed, 1);
  assert.equal(countTap(tap(0, 0), 0).failed, 1);
});

test('Playwright: flaky journeys and global errors count as failed', () => {
  const report = playwrightReport(
    { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    [{ message: 'the server did not start' }],
  );
  assert.deepEqual(countPlaywright(report, 1), {
    passed: 5,
    failed: 3,
    skipped: 2,
  });
});

test('TAP: cancelled tests count as failed', () => {
  assert.deepEqual(countTap(tap(4, 1, 2), 1), {
    passed: 4,
    failed: 3,
    skipped: 1,
  });
});

test('a missing, broken or foreign report is one failed item', t => {
  const folder = mkdtempSync(join(tmpdir(), 'counts-'));
  t.after(() => rmSync(folder, { recursive: true }));
  t.mock.method(console, 'error', () => {});
  const file = join(folder, 'report');
  const failed = { passed: 0, failed: 1, skipped: 0 };
  const parse = text => countJest(JSON.parse(text), 0);

  assert.deepEqual(countFile(file, parse, 0), failed);
  writeFileSync(file, '{"numPassedTests": 3');
  assert.deepEqual(countFile(file, parse, 0), failed);
  writeFileSync(file, '{}');
  assert.deepEqual(countFile(file, parse, 0), failed);
  writeFileSync(file, 'no summary\n');
  assert.deepEqual(countFile(file, countTap, 0), failed);
});

test('the total adds up', () => {
  const parts = [countCheck(0), countTap(tap(4, 1), 1)];
  assert.deepEqual(total(parts), { passed: 5, failed: 1, skipped: 1 });
  assert.deepEqual(total([]), { passed: 0, failed: 0, skipped: 0 });
});
