import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './lib/lifecycle.mjs';

const LIFECYCLE = new URL('./lib/lifecycle.mjs', import.meta.url).href;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function isGone(pid) {
  for (let i = 0; i < 50 && isAlive(pid); i += 1) await sleep(100);
  return !isAlive(pid);
}

/** A program that starts another one and prints its process id. */
const PARENT = 'sleep 60 & echo $!; wait';

test('the exit code is the program’s own, and 127 when there is no such program', async t => {
  t.mock.method(console, 'error', () => {});
  assert.equal(await run('sh', ['-c', 'exit 3']), 3);
  assert.equal(await run('no-such-program-here', []), 127);
});

test('a program past its time is ended with code 124', async t => {
  const said = t.mock.method(console, 'error', () => {});
  assert.equal(await run('sleep', ['60'], { timeoutMs: 200 }), 124);
  assert.match(said.mock.calls[0].arguments[0], /sleep ran longer than/);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  test(`${signal} ends descendants, runs the clean-up and sets the code`, async () => {
    const program = `
      import { onEnd, runMain, run } from '${LIFECYCLE}';
      onEnd(() => console.log('cleaned'));
      runMain(() => run('sh', ['-c', ${JSON.stringify(PARENT)}]));`;
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', program],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let output = '';
    child.stdout.setEncoding('utf8');
    const grandchild = await new Promise(resolve => {
      child.stdout.on('data', text => {
        output += text;
        if (output.includes('\n')) resolve(Number(output.split('\n')[0]));
      });
    });
    assert.ok(isAlive(grandchild));

    child.kill(signal);
    const code = await new Promise(resolve => child.once('close', resolve));

    assert.equal(code, signal === 'SIGINT' ? 130 : 143);
    assert.match(output, /cleaned/);
    assert.ok(await isGone(grandchild));
  });
}
