/**
 * Browser journeys against the built front end, served by the back end on one port.
 * `./portal test e2e` builds the front end and sets the environment; run alone
 * (`./portal yarn test:e2e`) the front end must have been built before.
 *
 * - `HANDRAIL_E2E_PORT`: the server's port.
 * - `HANDRAIL_E2E_DATA`: folder of the SQLite files, emptied before each run.
 * - `HANDRAIL_E2E_REPORT`: where the JSON report goes.
 * - `HANDRAIL_CHROMIUM`: the browser to drive.
 * - `HANDRAIL_E2E_TRACE`: when set, a failed journey leaves a trace.
 *
 * Reports, traces and the server's log lie in `.portal/reports`.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = resolve(__dirname, '..');

// Set here so that the server and the journeys read the same values.
process.env.HANDRAIL_E2E_PORT ??= '7117';
process.env.HANDRAIL_E2E_DATA ??= resolve(root, '.portal/e2e');

const baseURL = `http://localhost:${process.env.HANDRAIL_E2E_PORT}`;
const executablePath =
  process.env.HANDRAIL_CHROMIUM ??
  ['/usr/bin/chromium'].find(path => existsSync(path));
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: __dirname,
  globalSetup: resolve(__dirname, 'support/ready.ts'),
  outputDir: resolve(root, '.portal/reports/journeys'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    [
      'json',
      {
        outputFile:
          process.env.HANDRAIL_E2E_REPORT ??
          resolve(root, '.portal/reports/journeys.json'),
      },
    ],
  ],
  use: {
    baseURL,
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    // Recording costs every journey time, also those that pass.
    trace: process.env.HANDRAIL_E2E_TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath,
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `"${process.execPath}" "${resolve(
      __dirname,
      'support/server.mjs',
    )}"`,
    cwd: root,
    url: `${baseURL}/.backstage/health/v1/readiness`,
    reuseExistingServer: false,
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
