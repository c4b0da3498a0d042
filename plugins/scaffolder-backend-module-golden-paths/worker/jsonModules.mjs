/** Lets modules import JSON without saying that it is JSON. */
import { readFileSync } from 'node:fs';
import * as modules from 'node:module';

if (!modules.registerHooks) {
  throw new Error(
    `Node.js ${process.version} is too old: 22.15 or later is needed`,
  );
}
// The workflow parser imports JSON without saying so, which Node.js refuses.
modules.registerHooks({
  load(url, context, next) {
    return url.startsWith('file:') && url.endsWith('.json')
      ? {
          format: 'module',
          shortCircuit: true,
          source: `export default ${readFileSync(new URL(url), 'utf8')}`,
        }
      : next(url, context);
  },
});
