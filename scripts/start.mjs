/** `./portal start`: front end and back end from source, until Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runMain, start } from './lib/lifecycle.mjs';
import { inUse } from './lib/ports.mjs';

const FRONT_END = 'http://localhost:3000';
const ENDS = [
  { port: 3000, url: FRONT_END },
  { port: 7007, url: 'http://localhost:7007/.backstage/health/v1/readiness' },
];

async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

runMain(async () => {
  for (const { port } of ENDS) {
    if (await inUse(port)) {
      throw new Error(
        `port ${port} is in use. End the program that holds it (\`lsof -i :${port}\`\n` +
          'names it; often it is another ./portal start), then try again.',
      );
    }
  }
  const { exited } = start('backstage-cli', [
    'repo',
    'start',
    ...process.argv.slice(2),
  ]);
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  for (const { url } of ENDS) {
    while (!ended && !(await answers(url))) await sleep(500);
  }
  if (!ended) console.log(`\nPortal: ${FRONT_END}\n`);
  const { code } = await exited;
  return code ?? 1;
});
