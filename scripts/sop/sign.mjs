/** `./portal sop sign`; see `scripts/lib/signatures.mjs`. */
import { runMain } from '../lib/lifecycle.mjs';
import { main } from '../lib/signatures.mjs';

runMain(() => main(['sign', ...process.argv.slice(2)]));
