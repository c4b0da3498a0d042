import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { portalDir } from './lib/paths.mjs';
import { openToAll, startPostgres } from './lib/postgres.mjs';

function answer(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve('open') && socket.destroy());
    socket.once('error', error => resolve(error.code));
  });
}

test('a server starts, answers and leaves nothing behind', async () => {
  const parent = join(portalDir, 'postgres');
  // The process id of one that has ended: what a killed run leaves.
  const { pid } = spawnSync('true');
  mkdirSync(join(parent, `${pid}-left`), { recursive: true });
  const own = () =>
    readdirSync(parent).filter(name => name.startsWith(`${process.pid}-`));

  const server = await startPostgres();
  const port = Number(new URL(server.url).port);
  assert.match(server.version, /^18\./);
  assert.equal(await answer(port), 'open');
  assert.equal(existsSync(join(parent, `${pid}-left`)), false);

  await server.stop();
  assert.equal(await answer(port), 'ECONNREFUSED');
  assert.deepEqual(own(), []);
});

test('a folder below one that is closed is not open to all', t => {
  const folder = mkdtempSync(join(tmpdir(), 'open-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  chmodSync(inner, 0o755);
  chmodSync(folder, 0o700);
  assert.equal(openToAll(inner), false);
  chmodSync(folder, 0o755);
  assert.equal(openToAll(inner), true);
});
