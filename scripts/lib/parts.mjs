/**
 * The parts of `./portal test`. Each resolves to `{ passed, failed, skipped }`.
 * `budgetMin` is the time in minutes after which a part is ended and has failed.
 */
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import {
  countCheck,
  countFile,
  countJest,
  countPlaywright,
  countTap,
} from './counts.mjs';
import { run } from './lifecycle.mjs';
import { portalDir, reportsDir, root } from './paths.mjs';
import { freePort } from './ports.mjs';
import { startPostgres } from './postgres.mjs';
import { toolVariables } from './tools.mjs';

const PG_VARIABLE = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';
/** How much longer a part may take with the large counts. */
const FULL_FACTOR = 12;

/** The path of a part's report, with the report of an earlier run removed. */
function freshReport(name) {
  mkdirSync(reportsDir, { recursive: true });
  const file = join(reportsDir, name);
  rmSync(file, { force: true });
  return file;
}

const staticParts = CHECKS.map(([name, check]) => ({
  name,
  group: 'lint',
  run: async () => countCheck(await check({ fix: false })),
}));

const wrapper = {
  name: 'wrapper',
  group: 'unit',
  budgetMin: 3,
  async run({ timeoutMs }) {
    const report = freshReport('wrapper.tap');
    const folder = join(root, 'scripts');
    const files = readdirSync(folder).filter(name =>
      name.endsWith('.test.mjs'),
    );
    const reporters = [
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
    ];
    const paths = files.map(name => join(folder, name));
    const code = await run('node', ['--test', ...reporters, ...paths], {
      timeoutMs,
    });
    return countFile(report, countTap, code);
  },
};

const jest = {
  name: 'unit and integration, SQLite and PostgreSQL',
  group: 'unit',
  budgetMin: 45,
  async run({ timeoutMs, facts }) {
    const report = freshReport('jest.json');
    const tools = toolVariables();
    const postgres = await startPostgres();
    facts.postgres = postgres.version;
    const args = ['--watchAll=false', '--maxWorkers=2'];
    // Jest's own 5 s are too short on a busy machine: the first test of a front
    // end pays for loading all of its modules.
    args.push('--testTimeout=30000');
    const code = await run(
      'backstage-cli',
      ['repo', 'test', ...args, '--json', `--outputFile=${report}`],
      { timeoutMs, env: { CI: '1', [PG_VARIABLE]: postgres.url, ...tools } },
    );
    await postgres.stop();
    const count = text => countJest(JSON.parse(text), code);
    return countFile(report, count, code);
  },
};

const frontEnd = {
  name: 'front end build',
  group: 'e2e',
  budgetMin: 10,
  async run({ timeoutMs }) {
    // The bundler lists hundreds of files: shown only when something is wrong.
    const logFile = freshReport('front-end-build.log');
    const log = openSync(logFile, 'w');
    const code = await run('backstage-cli', ['package', 'build'], {
      cwd: join(root, 'packages/app'),
      stdio: ['ignore', log, log],
      timeoutMs,
    });
    closeSync(log);
    if (code !== 0) console.log(readFileSync(logFile, 'utf8'));
    return countCheck(code);
  },
};

const journeys = {
  name: 'browser journeys',
  group: 'e2e',
  budgetMin: 40,
  async run({ timeoutMs }) {
    const report = freshReport('journeys.json');
    const chromium = await ensureChromium();
    const code = await run(
      'playwright',
      ['test', '--config', 'e2e-tests/playwright.config.ts'],
      {
        timeoutMs,
        env: {
          CI: '1',
          HANDRAIL_E2E_PORT: String(await freePort()),
          HANDRAIL_E2E_DATA: join(portalDir, 'e2e'),
          HANDRAIL_E2E_REPORT: report,
          ...(chromium && { HANDRAIL_CHROMIUM: chromium }),
          ...toolVariables(),
        },
      },
    );
    const count = text => countPlaywright(JSON.parse(text), code);
    return countFile(report, count, code);
  },
};

export const ALL_PARTS = [...staticParts, wrapper, jest, frontEnd, journeys];

/** Runs one part and times it; one that throws has one failed item. */
export async function runPart(part, { full, facts }) {
  console.log(`\n== ${part.name}`);
  const started = Date.now();
  const timeoutMs = (part.budgetMin ?? 10) * 60_000 * (full ? FULL_FACTOR : 1);
  let counts;
  try {
    counts = await part.run({ timeoutMs, facts });
  } catch (error) {
    console.error(`portal: ${part.name}: ${error.message}`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  return { name: part.name, seconds, ...counts };
}
