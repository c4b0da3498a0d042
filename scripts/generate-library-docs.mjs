// Writes docs/library/: a page for each procedure of the portal and one for
// each document they come from. `--check` only compares and fails when a page
// is out of date.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { indexPage } from './lib/library/indexPage.mjs';
import { procedurePage } from './lib/library/procedurePage.mjs';
import { readProcedures } from './lib/library/procedures.mjs';
import { root } from './lib/paths.mjs';

const prettier = createRequire(join(root, 'package.json'))('prettier');
const check = process.argv.includes('--check');
const folder = join(root, 'docs/library');

const options = {
  ...(await prettier.resolveConfig(join(folder, 'README.md'))),
  parser: 'markdown',
};

const procedures = readProcedures();
const pages = new Map([
  ['README.md', indexPage(procedures)],
  ...procedures.map(one => [one.page, procedurePage(one)]),
]);

const stale = [];
for (const [name, text] of pages) {
  const file = join(folder, name);
  const formatted = prettier.format(text, options);
  const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (old === formatted) continue;
  stale.push(name);
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, formatted);
  }
}

/** Pages of procedures that are gone. Pages written by hand stand beside folders. */
for (const domain of readdirSync(folder, { withFileTypes: true })) {
  if (!domain.isDirectory()) continue;
  for (const name of readdirSync(join(folder, domain.name))) {
    const page = `${domain.name}/${name}`;
    if (pages.has(page)) continue;
    stale.push(page);
    if (!check) rmSync(join(folder, page));
  }
}

if (check && stale.length > 0) {
  console.error(
    `docs/library is out of date (${stale.join(
      ', ',
    )}); run "./portal yarn library-docs"`,
  );
  process.exitCode = 1;
}
