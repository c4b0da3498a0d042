/** `./portal lint [--fix]`: the static checks alone. */
import { parseLintArgs } from './lib/args.mjs';
import { CHECKS } from './lib/checks.mjs';
import { runMain } from './lib/lifecycle.mjs';

runMain(async () => {
  const options = parseLintArgs(process.argv.slice(2));
  const failed = [];
  for (const [name, check] of CHECKS) {
    console.log(`== ${name}`);
    if ((await check(options)) !== 0) failed.push(name);
  }
  if (failed.length > 0) console.log(`failed: ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
});
