/** `./portal sop list`; see `scripts/lib/signatures.mjs`. */
import { runMain } from '../lib/lifecycle.mjs';
import { main } from '../lib/signatures.mjs';

runMain(() => main(['list', ...process.argv.slice(2)]));
