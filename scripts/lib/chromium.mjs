/** The browser of the journeys. */
import { existsSync } from 'node:fs';
import { run } from './lifecycle.mjs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
];
const APT_OPTIONS = ['-y', '-qq', '--no-install-recommends'];
const APT_ENV = { DEBIAN_FRONTEND: 'noninteractive' };

function installed() {
  const chosen = process.env.HANDRAIL_CHROMIUM;
  if (chosen && !existsSync(chosen)) {
    throw new Error(`HANDRAIL_CHROMIUM names ${chosen}, which does not exist`);
  }
  return chosen ?? INSTALLED.find(path => existsSync(path));
}

/**
 * The path of a Chromium, installing one where there is none. `undefined` means
 * Playwright's own build, which then lies in `.portal/browsers`.
 */
export async function ensureChromium() {
  if (installed()) return installed();
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing the Debian package chromium');
    const packages = [...APT_OPTIONS, 'chromium'];
    const apt = args => run('apt-get', args, { env: APT_ENV });
    await apt(['update', '-qq']);
    // Ubuntu's package of that name only points to a snap and leaves no browser.
    if ((await apt(['install', ...packages])) === 0 && installed()) {
      return installed();
    }
  }
  if ((await run('playwright', ['install', 'chromium'])) !== 0) {
    throw new Error(
      'no Chromium: install one and name it in HANDRAIL_CHROMIUM=/path/to/chromium',
    );
  }
  return undefined;
}
