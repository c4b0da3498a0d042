/** The dated results of `./portal test --full` in `docs/verification.md`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { total } from './counts.mjs';
import { run } from './lifecycle.mjs';
import { root } from './paths.mjs';

const FILE = join(root, 'docs', 'verification.md');
const INTRODUCTION = `# Verification

Results of \`./portal test --full\`: all tests with their large counts
(\`HANDRAIL_FULL=1\`). Each run adds a section, the newest first.
`;

function sqliteVersion() {
  const Database = createRequire(join(root, 'packages/backend/package.json'))(
    'better-sqlite3',
  );
  const database = new Database(':memory:');
  const version = database.prepare('select sqlite_version()').pluck().get();
  database.close();
  return version;
}

function revision() {
  const git = args => spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  const commit = git(['rev-parse', '--short', 'HEAD']).stdout.trim();
  const changed = git(['status', '--porcelain']).stdout.trim() !== '';
  return changed ? `${commit} with local changes` : commit;
}

/** Rows of the machine's table; `postgres` is the server version, if one ran. */
export function describeMachine({ postgres }) {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return [
    ['Commit', revision()],
    ['Processor', `${cpus()[0]?.model.trim() ?? 'unknown'}`],
    ['Cores', String(cpus().length)],
    ['Memory', `${gibibytes} GiB`],
    ['System', `${type()} ${release()} ${process.arch}`],
    ['Node.js', process.versions.node],
    ['SQLite', sqliteVersion()],
    ['PostgreSQL', postgres ?? 'not run'],
  ];
}

function table(headings, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [
    line(headings),
    line(headings.map(() => '---')),
    ...rows.map(line),
  ].join('\n');
}

/** One section in Markdown. */
export function renderSection({ date, results, machine }) {
  const sum = total(results);
  const seconds = results.reduce((all, part) => all + part.seconds, 0);
  const row = part => [
    part.name,
    part.passed,
    part.failed,
    part.skipped ?? 0,
    `${part.seconds} s`,
  ];
  const rows = [...results, { name: 'all', seconds, ...sum }].map(row);
  return `## ${date}

${table(['Machine', ''], machine)}

${table(['Part', 'Passed', 'Failed', 'Skipped', 'Time'], rows)}
`;
}

/** Puts a section before the older ones. */
export function insertSection(document, section) {
  const first = document.indexOf('\n## ');
  if (first === -1) return `${document.trimEnd()}\n\n${section}`;
  const head = document.slice(0, first).trimEnd();
  return `${head}\n\n${section}\n${document.slice(first + 1)}`;
}

/** Adds this run to the document. */
export async function recordResults({ results, machine }) {
  const date = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const document = existsSync(FILE) ? readFileSync(FILE, 'utf8') : INTRODUCTION;
  const section = renderSection({ date, results, machine });
  writeFileSync(FILE, insertSection(document, section));
  await run('prettier', ['--write', '--loglevel=warn', FILE]);
}
