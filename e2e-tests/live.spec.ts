import { expect, test } from '@playwright/test';
import { command, completeStep, startRun, tokenOf } from './support/api';
import { enterAs, field } from './support/portal';

test('what somebody else does shows without a reload', async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000);
  const ana = await tokenOf(request, 'ana.duarte');
  const run = await startRun(request, ana, {
    sopRef: 'sop:default/data-change',
    targetRef: 'component:default/orders-api',
    inputs: { ticket: 'DATA-7', summary: 'Live', database: 'orders' },
  });

  const context = await browser.newContext();
  const page = await context.newPage();
  await enterAs(page, 'Lin Zhao');
  await page.goto(`/sops/runs/${run.runId}`);
  await expect(
    page.getByRole('heading', { name: 'Write the script and its rollback' }),
  ).toBeVisible();
  // Long enough for the first connection, which the client opens again once.
  await page.waitForTimeout(8_000);
  await field(page, 'Query that counts the rows').fill('typed by Lin');

  let reloads = 0;
  page.on('framenavigated', frame => {
    reloads += frame === page.mainFrame() ? 1 : 0;
  });
  await command(request, ana, run.runId, 'script', { type: 'claim' });
  await expect(
    page.getByText('has claimed this task', { exact: false }).first(),
  ).toBeVisible({ timeout: 15_000 });
  await completeStep(request, ana, run.runId, 'script', {
    script: 'UPDATE a',
    rollback: 'UPDATE b',
    expected_delta: 0,
    count_query: 'SELECT 1',
  });
  await expect(page.getByText('Run it on staging').first()).toBeVisible({
    timeout: 15_000,
  });
  await expect(page.getByText('1 of 6').first()).toBeVisible({
    timeout: 15_000,
  });
  expect(reloads).toBe(0);
  await context.close();
});
