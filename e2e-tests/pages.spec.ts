import { APIRequestContext, expect, test } from '@playwright/test';
import { completeStep, startRun, tokenOf } from './support/api';
import { FileServer } from './support/fileServer';
import { expectAccessibleEverywhere, OurPage } from './support/ourPages';
import { enterAs } from './support/portal';

/** Our pages, each with something that shows that it is really there. */
const PAGES: OurPage[] = [
  { path: '/', shows: /Getting started/i },
  { path: '/sops', shows: /BACKUP-001/ },
  { path: '/sops?q=SOP-002', shows: /SOP-002 Release/ },
  { path: '/sops/runs', shows: /Accessible run/ },
  { path: '/sops/runs/RUN', shows: /Peer review/ },
  { path: '/sops/runs/BLOCKED', shows: /Blocked because the window/ },
  { path: '/sops/compliance', shows: /required/ },
  { path: '/sops/toil', shows: /Measured over/ },
  { path: '/sops/editor', shows: /Dry run/ },
  {
    path: '/catalog/default/soppolicy/ledger-export',
    shows: /What it asks for/,
    within: 'section[aria-label="Policy"]',
  },
  {
    path: '/sops/start?sop=sop:default/data-change&target=component:default/orders-api',
    shows: /What does it need to know/,
  },
  { path: '/tasks', shows: /Waiting for me/ },
  { path: '/tasks?tab=groups', shows: /Accessible run/ },
  {
    path: '/catalog/default/sop/release',
    shows: /is in force since/,
    within:
      'section[aria-label="Revision in force"], section[aria-label="Steps"]',
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

/** A procedure whose only window is half a year away, whatever the day. */
const closed = () => `
apiVersion: handrail.dev/v1alpha1
kind: SOP
metadata:
  name: closed-window
  title: OPS-206 Change what is closed
spec:
  type: maintenance
  owner: group:default/ops
  lifecycle: effective
  document: { number: OPS-206, revision: '1' }
  windows:
    - name: half-a-year-away
      effect: allow
      rrule: FREQ=YEARLY;BYMONTH=${
        ((new Date().getUTCMonth() + 6) % 12) + 1
      };BYMONTHDAY=15
      duration: PT4H
      timezone: Etc/UTC
  steps:
    - id: change
      type: manual
      name: Change it
      role: initiator
      windows: [half-a-year-away]
`;

/** A run that is about to be reviewed. */
async function reviewedRun(request: APIRequestContext): Promise<string> {
  const ana = await tokenOf(request, 'ana.duarte');
  const { runId } = await startRun(request, ana, {
    sopRef: 'sop:default/data-change',
    targetRef: 'component:default/orders-api',
    inputs: { ticket: 'DATA-8', summary: 'Accessible run', database: 'o' },
  });
  await completeStep(request, ana, runId, 'script', {
    script: 'UPDATE a',
    rollback: 'UPDATE b',
    expected_delta: 0,
    count_query: 'SELECT 1',
  });
  await completeStep(request, ana, runId, 'staging', {
    rows_before: 1,
    rows_after: 1,
    output: 'ok',
    rollback_works: true,
  });
  return runId;
}

/** A run that waits for its window. */
async function blockedRun(
  request: APIRequestContext,
  address: string,
): Promise<string> {
  const token = await tokenOf(request, 'ines.moreau');
  const registered = await request.post('/api/catalog/locations', {
    headers: { authorization: `Bearer ${token}` },
    data: { type: 'url', target: address },
  });
  expect(registered.status()).toBe(201);
  let runId = '';
  await expect(async () => {
    ({ runId } = await startRun(request, token, {
      sopRef: 'sop:default/closed-window',
    }));
  }).toPass({ timeout: 60_000, intervals: [1_000] });
  return runId;
}

test('every page is accessible and fits a phone, light and dark', async ({
  page,
  request,
}) => {
  test.setTimeout(480_000);
  const server = new FileServer();
  const address = await server.start();
  try {
    server.files['/closed.yaml'] = closed();
    const run = await reviewedRun(request);
    const blocked = await blockedRun(request, address('/closed.yaml'));
    await enterAs(page, 'Ines Moreau');
    for (const one of PAGES) {
      await expectAccessibleEverywhere(page, {
        ...one,
        path: one.path.replace('RUN', run).replace('BLOCKED', blocked),
      });
    }
  } finally {
    await server.stop();
  }
});
