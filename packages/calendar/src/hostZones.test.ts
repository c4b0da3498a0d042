import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

jest.setTimeout(600_000);

/**
 * A process of its own, as the zone of a machine is read when it starts.
 * Everything about clocks is computed there again and must be the same.
 */
const HOSTS = ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe'];

it.each(HOSTS)('gives the same on a machine in %s', host => {
  const output = execFileSync(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      resolve(__dirname, '__testUtils__/everyClock.ts'),
    ],
    { env: { ...process.env, TZ: host }, encoding: 'utf8' },
  );
  const { hostZone, wrong, checked } = JSON.parse(output);
  // Some runtimes call Kolkata by its former name.
  const { timeZone } = new Intl.DateTimeFormat('en', {
    timeZone: host,
  }).resolvedOptions();
  expect(hostZone).toBe(timeZone);
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(100);
});
