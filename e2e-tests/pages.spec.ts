import { expect, Page, test } from '@playwright/test';
import { completeStep, startRun, tokenOf } from './support/api';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
} from './support/portal';

/** Our pages, each with something that shows that it is really there. */
const PAGES: Array<{ path: string; shows: RegExp; within?: string }> = [
  { path: '/', shows: /Getting started/i },
  { path: '/sops', shows: /BACKUP-001/ },
  { path: '/sops?q=SOP-002', shows: /SOP-002 Release/ },
  { path: '/sops/runs', shows: /Accessible run/ },
  { path: '/sops/runs/RUN', shows: /Peer review/ },
  {
    path: '/sops/start?sop=sop:default/data-change&target=component:default/orders-api',
    shows: /What does it need to know/,
  },
  { path: '/tasks', shows: /Waiting for me/ },
  { path: '/tasks?tab=groups', shows: /Accessible run/ },
  {
    path: '/catalog/default/sop/release',
    shows: /Procedure/,
    within: 'section[aria-label="Steps"]',
  },
  {
    path: '/catalog/default/sop/release',
    shows: /is in force since/,
    within: 'section[aria-label="Revision in force"]',
  },
  {
    path: '/catalog/default/sop/release/revisions',
    shows: /is in force since/,
    within: 'main section',
  },
  {
    path: '/sops/start?sop=sop:default/release&mode=rehearsal',
    shows: /It counts nowhere/,
  },
  {
    path: '/catalog/default/component/orders-api/procedures',
    shows: /SOP-004/,
    within: 'main section',
  },
];

async function open(page: Page, path: string, shows: RegExp): Promise<void> {
  await page.goto(path);
  await expect(page.getByText(shows).first()).toBeVisible({ timeout: 20_000 });
  // What loads late is part of the page as well.
  await page.waitForTimeout(500);
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every page is accessible and fits a phone, ${scheme}`, async ({
    browser,
    request,
  }) => {
    test.setTimeout(240_000);
    const ana = await tokenOf(request, 'ana.duarte');
    const run = await startRun(request, ana, {
      sopRef: 'sop:default/data-change',
      targetRef: 'component:default/orders-api',
      inputs: { ticket: 'DATA-8', summary: 'Accessible run', database: 'o' },
    });
    await completeStep(request, ana, run.runId, 'script', {
      script: 'UPDATE a',
      rollback: 'UPDATE b',
      expected_delta: 0,
      count_query: 'SELECT 1',
    });
    await completeStep(request, ana, run.runId, 'staging', {
      rows_before: 1,
      rows_after: 1,
      output: 'ok',
      rollback_works: true,
    });
    const context = await browser.newContext({ colorScheme: scheme });
    const page = await context.newPage();
    await signIn(page, 'Ines Moreau');
    for (const { path, shows, within } of PAGES) {
      const address = path.replace('RUN', run.runId);
      await page.setViewportSize({ width: 1280, height: 900 });
      await open(page, address, shows);
      await expectAccessible(page, within);
      await page.setViewportSize({ width: 400, height: 800 });
      await page.waitForTimeout(300);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page, within);
    }
    await context.close();
  });
}
