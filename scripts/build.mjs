/** `./portal build [options]`: builds every package; options go to backstage-cli. */
import { run, runMain } from './lib/lifecycle.mjs';

runMain(
  async () =>
    // The packages' type declarations are cut from what the compiler emits.
    (await run('tsc', [])) ||
    run('backstage-cli', ['repo', 'build', '--all', ...process.argv.slice(2)]),
);
