/** The static checks: formatting, ESLint, types, generated files, shell scripts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './lifecycle.mjs';
import { root } from './paths.mjs';

const SHELL_SCRIPTS = ['portal', '.ci/run', 'docs/examples/change-gate.sh'];
/** Folders outside the workspaces, which `backstage-cli repo lint` does not see. */
const ROOT_FOLDERS = ['scripts', 'e2e-tests', 'benchmarks'];

async function format({ fix }) {
  return run('prettier', [fix ? '--write' : '--check', '--loglevel=warn', '.']);
}

async function eslint({ fix }) {
  const options = ['--max-warnings', '0', ...(fix ? ['--fix'] : [])];
  const workspaces = await run('backstage-cli', ['repo', 'lint', ...options]);
  const folders = ROOT_FOLDERS.filter(name => existsSync(join(root, name)));
  const rest = await run('eslint', [
    ...options,
    '--config=scripts/eslint-config.cjs',
    '--ext=.mjs,.cjs,.js,.ts,.tsx',
    '--no-error-on-unmatched-pattern',
    ...folders,
  ]);
  return workspaces || rest;
}

async function types() {
  const workspaces = await run('tsc', []);
  return (
    workspaces || (await run('tsc', ['--project', 'e2e-tests/tsconfig.json']))
  );
}

/** Syntax always, ShellCheck where the machine has it. */
async function shell() {
  let failed = 0;
  for (const script of SHELL_SCRIPTS) {
    failed ||= await run('bash', ['-n', script]);
  }
  const found = await run('shellcheck', ['--version'], { stdio: 'ignore' });
  if (found !== 0) {
    console.log('shellcheck is not installed: checked the syntax only');
    return failed;
  }
  return failed || run('shellcheck', SHELL_SCRIPTS);
}

/** What is generated from the API descriptions is committed, so it can go stale. */
async function generated({ fix }) {
  return run('node', [
    'scripts/generate-openapi.mjs',
    ...(fix ? [] : ['--check']),
  ]);
}

/** The pages of procedures are written from the catalog. */
async function library({ fix }) {
  return run('node', [
    'scripts/generate-library-docs.mjs',
    ...(fix ? [] : ['--check']),
  ]);
}

/** Name and function of each; a function takes `{ fix }` and resolves to an exit code. */
export const CHECKS = [
  ['formatting', format],
  ['ESLint', eslint],
  ['types', types],
  ['generated API files', generated],
  ['pages of the library', library],
  ['shell scripts', shell],
];
