/** `./portal start`: front end and back end from source, until Ctrl-C. */
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMain, start } from './lib/lifecycle.mjs';
import { inUse } from './lib/ports.mjs';

const FRONT_END = 'http://localhost:3000';
const ENDS = [
  { port: 3000, url: FRONT_END },
  { port: 7007, url: 'http://localhost:7007/.backstage/health/v1/readiness' },
];

/** How long an end may take before a hint is printed; the first build is slow. */
const SLOW_MS = 120_000;

async function answers(url) {
  try {
    // Long, because the front end answers only when its first build is done.
    return (await fetch(url, { signal: AbortSignal.timeout(60_000) })).ok;
  } catch {
    return false;
  }
}

async function checkPorts() {
  for (const { port } of ENDS) {
    if (await inUse(port)) {
      throw new Error(
        `port ${port} is in use. End the program that holds it (\`lsof -i :${port}\`\n` +
          'names it; often it is another ./portal start), then try again.',
      );
    }
  }
}

/** Resolves to whether the end answers; false only when `hasEnded()`. */
async function waitFor(url, hasEnded) {
  const hint = setTimeout(() => {
    console.error(
      `portal: nothing answers at ${url} yet; errors above say why.`,
    );
  }, SLOW_MS);
  try {
    while (!hasEnded()) {
      if (await answers(url)) return true;
      await sleep(500);
    }
    return false;
  } finally {
    clearTimeout(hint);
  }
}

/** The portal runs without it; only the pages under Docs do not. */
function hintAboutDocs() {
  const { error } = spawnSync('mkdocs', ['--version'], { stdio: 'ignore' });
  if (error) {
    console.error(
      'portal: mkdocs is not installed, so the pages under Docs cannot be built. To have them:\n' +
        '  Debian, Ubuntu: apt-get install mkdocs mkdocs-material\n' +
        '  other: pip install mkdocs-techdocs-core',
    );
  }
}

runMain(async () => {
  await checkPorts();
  hintAboutDocs();
  const options = process.argv.slice(2);
  const { exited } = start('backstage-cli', ['repo', 'start', ...options]);
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  const hasEnded = () => ended;
  const ready = await Promise.all(
    ENDS.map(({ url }) => waitFor(url, hasEnded)),
  );
  if (ready.every(Boolean)) console.log(`\nPortal: ${FRONT_END}\n`);
  const { code } = await exited;
  return code ?? 1;
});
