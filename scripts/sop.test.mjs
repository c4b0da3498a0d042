import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { root } from './lib/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sop-'));
after(() => rmSync(folder, { recursive: true }));

const RELEASE = join(root, 'catalog/sops/sop-002-release.yaml');

function sop(...args) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts/sop.mjs'), ...args],
    {
      encoding: 'utf8',
      cwd: root,
      env: { ...process.env, PORTAL_CALLER_DIR: folder },
    },
  );
  return { status, stdout, stderr };
}

function file(name, text) {
  writeFileSync(join(folder, name), text);
  return name;
}

test('names its commands', () => {
  assert.equal(sop('help').status, 0);
  const { status, stderr } = sop('valdate');
  assert.equal(status, 2);
  assert.match(
    stderr,
    /unknown command 'valdate', allowed: validate, simulate, verify/,
  );
});

test('validate: 0 for what can be registered', () => {
  const { status, stdout } = sop('validate', RELEASE);
  assert.equal(status, 0);
  assert.match(stdout, /SOP release is valid/);
});

test('validate: 1 with file, line and path of each problem', () => {
  const name = file(
    'wrong.yaml',
    `apiVersion: handrail.dev/v1alpha1
kind: SOP
metadata: { name: x }
spec:
  type: x
  owner: ops
  lifecycle: draft
  steps:
    - id: a
      type: manul
      name: A
---
kind: SOPPolicy
apiVersion: handrail.dev/v1alpha1
metadata: { name: y }
spec: { owner: ops, targets: { kind: API }, quorum: 1 }
`,
  );
  const { status, stderr } = sop('validate', name);
  assert.equal(status, 1);
  assert.match(stderr, /wrong\.yaml:10: spec\.steps\[0\]\.type: found "manul"/);
  assert.match(stderr, /wrong\.yaml:16: spec\.quorum: .*can only tighten/);
});

test('validate: 1 for what is no YAML or no procedure, 2 for no file', () => {
  assert.match(sop('validate', file('a.yaml', 'a: [1')).stderr, /a\.yaml:1: /);
  assert.equal(sop('validate', file('b.yaml', 'kind: API')).status, 1);
  assert.equal(sop('validate', 'gone.yaml').status, 2);
  assert.equal(sop('validate').status, 2);
});

test('simulate: plays to the end with a clock of its own', () => {
  const { status, stdout } = sop(
    'simulate',
    RELEASE,
    '--start',
    '2026-11-05T09:00:00Z',
    '--json',
  );
  assert.equal(status, 0);
  const result = JSON.parse(stdout);
  assert.equal(result.outcome, 'completed');
  assert.equal(result.startsAt, '2026-11-05T09:00:00.000Z');
  assert.ok(result.finishesAt > '2026-11-05T14:00:00.000Z');
});

test('simulate: 1 when it is not completed, and says why', () => {
  const policy = file(
    'policy.yaml',
    `apiVersion: handrail.dev/v1alpha1
kind: SOPPolicy
metadata: { name: many }
spec: { owner: ops, targets: { kind: Component }, minQuorum: 9 }
`,
  );
  const stuck = sop('simulate', RELEASE, '--policy', policy);
  assert.equal(stuck.status, 1);
  assert.match(stuck.stdout, /“Go or no-go” needs 9 people, but 5 may act/);
  const failed = sop('simulate', RELEASE, '--fail', 'gate');
  assert.equal(failed.status, 1);
});

test('simulate: 2 when the call is wrong', () => {
  for (const args of [
    [],
    [RELEASE, '--start', 'soon'],
    [RELEASE, '--nothing'],
    [RELEASE, '--fail', 'nothing'],
    [RELEASE, '--input', 'x'],
  ]) {
    assert.equal(sop('simulate', ...args).status, 2, args.join(' '));
  }
});
