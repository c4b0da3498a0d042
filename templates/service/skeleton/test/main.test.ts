import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

function start(
  env: Record<string, string>,
): ChildProcessByStdio<null, Readable, Readable> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  return spawn(process.execPath, [main], {
    env: { ...process.env, HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

const exit = (child: ReturnType<typeof start>) =>
  new Promise<number | null>(resolve => {
    child.once('exit', resolve);
  });

describe('the process', () => {
  it('logs JSON, answers, and ends quietly when told to', async () => {
    const child = start({ PORT: '0', DRAIN_MS: '0' });
    const [line] = await new Promise<string[]>(resolve => {
      child.stdout.once('data', data => resolve(String(data).split('\n')));
    });
    const { message, port } = JSON.parse(line ?? '');
    assert.equal(message, 'listening');
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    assert.equal(response.status, 200);
    await response.text();
    child.kill('SIGTERM');
    assert.equal(await exit(child), 0);
  });

  it('says why it does not start', async () => {
    const child = start({ PORT: 'none' });
    let text = '';
    child.stderr.on('data', data => {
      text += data;
    });
    assert.equal(await exit(child), 1);
    assert.match(text, /PORT: found "none"/);
  });
});
