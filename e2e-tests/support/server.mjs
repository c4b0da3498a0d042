/**
 * The server of the browser journeys: the back end from source, serving the built
 * front end. Environment: see playwright.config.ts. Its log is
 * `.portal/reports/e2e-server.log`.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { HANDRAIL_E2E_PORT: port, HANDRAIL_E2E_DATA: data } = process.env;

function fail(message) {
  console.error(`journeys: ${message}`);
  process.exit(1);
}

if (!port || !data) {
  fail(
    'HANDRAIL_E2E_PORT and HANDRAIL_E2E_DATA are not set, start me through Playwright',
  );
}
if (!existsSync(join(root, 'packages/app/dist/index.html'))) {
  fail(
    'packages/app/dist is missing: run `./portal yarn workspace app build` first',
  );
}

rmSync(data, { recursive: true, force: true });
mkdirSync(data, { recursive: true });
const logFile = join(root, '.portal/reports/e2e-server.log');
mkdirSync(dirname(logFile), { recursive: true });
const log = createWriteStream(logFile);

// Started directly rather than by `backstage-cli package start`: that one watches
// the sources and would restart the server in the middle of a journey.
const server = spawn(
  process.execPath,
  [
    '--enable-source-maps',
    '--require',
    createRequire(join(root, 'package.json')).resolve(
      '@backstage/cli/config/nodeTransform.cjs',
    ),
    'src/index.ts',
    '--config',
    join(root, 'app-config.yaml'),
    '--config',
    join(root, 'e2e-tests/app-config.e2e.yaml'),
  ],
  {
    cwd: join(root, 'packages/backend'),
    env: { ...process.env, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  },
);
for (const [from, to] of [
  [server.stdout, process.stdout],
  [server.stderr, process.stderr],
]) {
  from.pipe(log, { end: false });
  from.pipe(to, { end: false });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => server.kill(signal));
}
server.on('exit', code => {
  if (code) console.error(`journeys: the server ended, see ${logFile}`);
  process.exit(code ?? 0);
});
