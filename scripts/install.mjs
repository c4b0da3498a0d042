/** Installs the dependencies when the checkout asks for others than those installed. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, runMain } from './lib/lifecycle.mjs';
import { portalDir, root } from './lib/paths.mjs';
import { computeStamp, isStale, stampFile } from './lib/stamp.mjs';

runMain(async () => {
  mkdirSync(join(portalDir, 'data'), { recursive: true });
  if (!isStale(root)) return 0;
  console.error('portal: installing dependencies');
  rmSync(stampFile(root), { force: true });
  const code = await run('yarn', ['install', '--immutable']);
  if (code !== 0) {
    console.error(
      'portal: the install failed. If the lines above hold YN0028, yarn.lock does\n' +
        'not fit the package.json files: run `./portal yarn install`, then commit yarn.lock.',
    );
    return code;
  }
  writeFileSync(stampFile(root), `${computeStamp(root)}\n`);
  return 0;
});
