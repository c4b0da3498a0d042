import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { computeStamp, isStale, stampFile } from './lib/stamp.mjs';

const NODE = { modules: '127' };

function checkout(t) {
  const root = mkdtempSync(join(tmpdir(), 'stamp-'));
  t.after(() => rmSync(root, { recursive: true }));
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('package.json', '{}');
  write('yarn.lock', 'one');
  write('plugins/a/package.json', '{"name":"a"}');
  write('plugins/a/src/index.ts', 'export {};');
  return { root, write };
}

test('an install is needed once, and not again', t => {
  const { root } = checkout(t);
  assert.equal(isStale(root, NODE), true);
  mkdirSync(dirname(stampFile(root)));
  writeFileSync(stampFile(root), `${computeStamp(root, NODE)}\n`);
  assert.equal(isStale(root, NODE), false);
});

for (const [what, path] of [
  ['the lock file', 'yarn.lock'],
  ['a package’s manifest', 'plugins/a/package.json'],
  ['a new package', 'packages/b/package.json'],
  ['the settings of Yarn', '.yarnrc.yml'],
]) {
  test(`${what} changes the stamp`, t => {
    const { root, write } = checkout(t);
    const before = computeStamp(root, NODE);
    write(path, 'other');
    assert.notEqual(computeStamp(root, NODE), before);
  });
}

test('another Node.js changes the stamp, a source file does not', t => {
  const { root, write } = checkout(t);
  const before = computeStamp(root, NODE);
  assert.notEqual(computeStamp(root, { modules: '137' }), before);
  write('plugins/a/src/index.ts', 'export const a = 1;');
  assert.equal(computeStamp(root, NODE), before);
});
