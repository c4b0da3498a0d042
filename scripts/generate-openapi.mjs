// Generates, from each plugin's openapi.yaml, the types of its client (in
// -common) and the document its router validates requests against.
// `--check` only compares and fails when something is out of date.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const plugins = ['sop', 'slo', 'incidents', 'onboarding'].filter(plugin =>
  existsSync(join(root, `plugins/${plugin}-backend/src/schema/openapi.yaml`)),
);
const check = process.argv.includes('--check');
const banner =
  '// Generated from openapi.yaml by "yarn generate". Do not edit.\n';

async function load(name, from) {
  const path = createRequire(join(root, from, 'package.json')).resolve(name);
  return import(pathToFileURL(path).href);
}

function emit(file, text) {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (old === text) return true;
  if (check) return false;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return true;
}

let stale = 0;
for (const plugin of plugins) {
  const source = join(
    root,
    `plugins/${plugin}-backend/src/schema/openapi.yaml`,
  );
  const api = await load('openapi-typescript', `plugins/${plugin}-common`);
  const yaml = await load('yaml', `plugins/${plugin}-common`);
  const generate = api.default.default ?? api.default;
  const types = api.astToString(await generate(pathToFileURL(source)));
  const spec = JSON.stringify(
    yaml.parse(readFileSync(source, 'utf8')),
    null,
    2,
  );
  const outputs = [
    [`plugins/${plugin}-common/src/api/generated/openapi.ts`, banner + types],
    [
      `plugins/${plugin}-backend/src/schema/generated/spec.ts`,
      `${banner}export const spec = ${spec} as const;\n`,
    ],
  ];
  for (const [path, text] of outputs) {
    if (!emit(join(root, path), text)) {
      console.error(`${path} is out of date; run "yarn generate"`);
      stale++;
    }
  }
}
process.exit(stale ? 1 : 0);
