/**
 * `./portal sop verify FILE`: the verifier of exported bundles, which knows
 * nothing of the portal.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';

const require = createRequire(join(root, 'packages/sop-verify/package.json'));
const { main } = require('./src');

process.chdir(process.env.PORTAL_CALLER_DIR ?? process.cwd());
process.exitCode = main(process.argv.slice(2), {
  out: text => process.stdout.write(text),
  err: text => process.stderr.write(text),
});
