import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exportAll, registration } from '../src/index.ts';
import { FakePlatform } from '../testkit/fakePlatform.ts';

const COUNT = 10_500;

async function run(file: string, env: Record<string, string> = {}) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, [path, String(COUNT)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', data => {
    out += data;
  });
  child.stderr.on('data', data => {
    err += data;
  });
  const code = await new Promise(resolve => {
    child.once('close', resolve);
  });
  return { code, out, err };
}

describe('an export', () => {
  it('does not run ahead of a slow reader', async () => {
    const platform = new FakePlatform(COUNT);
    const connector = registration.createConnector({
      baseUrl: await platform.start(),
    });
    await connector.authenticate(platform.credentials);
    const { pageSize } = connector.getCapabilities();
    let taken = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        taken += 1;
        assert.ok(platform.served - taken <= pageSize);
        setImmediate(done);
      },
    });
    try {
      const normalizer = registration.createNormalizer();
      const result = await exportAll(connector, normalizer, slow);
      assert.deepEqual(result, { entities: COUNT, relations: COUNT });
    } finally {
      await platform.stop();
    }
  });

  it('is a program: the example writes every entity as one line', async () => {
    const { code, out, err } = await run('../testkit/example.ts');
    assert.equal(code, 0, err);
    const lines = out.trimEnd().split('\n');
    assert.equal(lines.length, COUNT);
    assert.equal(JSON.parse(lines.at(-1) ?? '').source.id, `task-${COUNT - 1}`);
    assert.ok(err.includes(`{"entities":${COUNT},"relations":${COUNT}}`), err);
  });

  it('says why it fails', async () => {
    const { code, err } = await run('../src/main.ts', { PLATFORM_URL: '' });
    assert.equal(code, 1);
    assert.match(err, /PLATFORM_URL is not set/);
  });
});
