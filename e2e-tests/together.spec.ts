import { randomUUID } from 'node:crypto';
import { APIRequestContext, expect, Page, test } from '@playwright/test';
import { RETRIES, startRun, tokenOf } from './support/api';
import {
  enterAs,
  expectAccessible,
  expectNoSidewaysScroll,
} from './support/portal';

const ENTITY = 'component:default/payments-api';
const ALERT_TOKEN = 'token-of-the-demo-alertmanager';

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Counts as the payments gateway would post them, and a fresh evaluation. */
async function count(
  request: APIRequestContext,
  token: string,
  counts: { bad: number; total: number },
): Promise<void> {
  const stored = await request.post('/api/slo/counters', {
    headers: bearer(token),
    maxRetries: RETRIES,
    data: {
      id: randomUUID(),
      counts: [{ stream: 'payments-api-requests', ...counts }],
    },
  });
  expect(stored.status(), await stored.text()).toBe(200);
  const evaluated = await request.post(
    '/api/slo/slos/default/payments-api-availability/evaluate',
    { headers: bearer(token), maxRetries: RETRIES },
  );
  expect(evaluated.status(), await evaluated.text()).toBe(200);
}

/** One firing alert as Alertmanager delivers it. */
async function fireAlert(request: APIRequestContext): Promise<void> {
  const labels = {
    alertname: 'PaymentsErrorBudgetBurn',
    component: 'payments-api',
    severity: 'page',
  };
  const response = await request.post('/api/incidents/alertmanager/demo', {
    headers: bearer(ALERT_TOKEN),
    maxRetries: RETRIES,
    data: {
      version: '4',
      groupKey: '{}:{alertname="PaymentsErrorBudgetBurn"}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'portal',
      groupLabels: { alertname: labels.alertname },
      commonLabels: labels,
      commonAnnotations: { summary: 'Payments burn their error budget' },
      externalURL: 'http://localhost:9093',
      alerts: [
        {
          status: 'firing',
          labels,
          annotations: { summary: 'Payments burn their error budget' },
          startsAt: new Date(Date.now() - 60_000).toISOString(),
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'http://localhost:9090/graph',
          fingerprint: 'c0ffee0000000001',
        },
      ],
    },
  });
  expect(response.status(), await response.text()).toBeLessThan(300);
}

async function commandIncident(
  request: APIRequestContext,
  token: string,
  incidentId: string,
  command: object,
): Promise<void> {
  const response = await request.post(
    `/api/incidents/incidents/${incidentId}/commands`,
    {
      headers: bearer(token),
      maxRetries: RETRIES,
      data: { commandId: randomUUID(), command },
    },
  );
  expect(response.status(), await response.text()).toBe(200);
}

function gate(page: Page) {
  return page.getByRole('region', { name: 'Change gate' });
}

/** The card asks again by itself, should it have been too early. */
async function expectGate(page: Page, sentence: RegExp): Promise<void> {
  await page.goto('/catalog/default/component/payments-api');
  await expect(gate(page).getByText(sentence).first()).toBeVisible({
    timeout: 60_000,
  });
}

test('a burned budget and an open incident hold a release, and say why', async ({
  page,
  request,
}) => {
  test.setTimeout(300_000);
  const lin = await tokenOf(request, 'lin.zhao');

  // All is well: the gate is open. So many events that what other journeys
  // have counted before does not matter.
  await count(request, lin, { bad: 0, total: 100_000_000 });
  await enterAs(page, 'Lin Zhao');
  await expectGate(page, /^Yes, it may be changed now$/);

  // Real counters burn the budget of 0.1 %.
  await count(request, lin, { bad: 300_000, total: 300_000 });
  await expectGate(page, /^No, it must not be changed now$/);
  await expect(gate(page)).toContainText(
    'The error budget of Charges and refunds work is spent',
  );

  // The alert becomes a proposed incident; somebody confirms it and commands.
  await fireAlert(request);
  await enterAs(page, 'Grace Wambui');
  await page.goto('/incidents');
  const proposed = page.getByRole('region', { name: /proposed|suggest/i });
  await expect(proposed.getByText(/payments/i).first()).toBeVisible({
    timeout: 30_000,
  });
  const href = await proposed
    .getByRole('link', { name: /INC-\d+/ })
    .first()
    .getAttribute('href');
  const reference = href!.split('/').pop()!;
  const grace = await tokenOf(request, 'grace.wambui');
  await commandIncident(request, grace, reference, {
    type: 'confirm',
    severity: 'SEV-1',
    takeCommand: true,
  });
  await page.goto(href!);
  await expect(page.getByText('Grace Wambui').first()).toBeVisible();

  // A release is held before any work is done, with both reasons.
  const run = await startRun(request, lin, {
    sopRef: 'sop:default/release',
    targetRef: ENTITY,
    inputs: { summary: 'Faster charges', hotfix: false },
  });
  await page.goto(`/sops/runs/${run.runId}`);
  const reason = new RegExp(
    `must not be changed now\\. .*${reference} \\(SEV-1\\) is open`,
  );
  await expect(page.getByText(reason).first()).toBeVisible({ timeout: 30_000 });
  await expect(
    page.getByText(/error budget of .* is spent/).first(),
  ).toBeVisible();
  await expectAccessible(page);

  // The incident is resolved: one reason less. The budget stays spent.
  for (const command of [
    { type: 'identify', message: 'A pool of connections was exhausted' },
    {
      type: 'set-impact',
      message: 'One in a hundred charges failed',
    },
    { type: 'record-mitigation', message: 'The pool is larger' },
    { type: 'monitor' },
    { type: 'resolve', message: 'No errors for a while' },
  ]) {
    await commandIncident(request, grace, reference, command);
  }
  await expectGate(page, /error budget/);
  await expect(gate(page)).not.toContainText(reference);
  await page.setViewportSize({ width: 400, height: 800 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, '[aria-label="Change gate"]');
  await page.setViewportSize({ width: 1280, height: 800 });

  // Enough good events later there is budget again, and Retry lets it go on.
  await count(request, lin, { bad: 0, total: 1_000_000_000 });
  await expectGate(page, /^Yes, it may be changed now$/);
  await enterAs(page, 'Lin Zhao');
  await page.goto(`/sops/runs/${run.runId}`);
  await page
    .getByRole('button', { name: /^(Try again|Retry)/ })
    .first()
    .click();
  await expect(
    page.getByText(/Waiting for .+ to do .Write the release notes/),
  ).toBeVisible({ timeout: 30_000 });
});
