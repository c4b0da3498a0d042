import { randomUUID } from 'node:crypto';
import { APIRequestContext, expect, Page, test } from '@playwright/test';
import { tokenOf } from './support/api';
import { expectAccessibleEverywhere, OurPage } from './support/ourPages';
import { enterAs, field } from './support/portal';

/** As app-config.yaml has it for the demo source. */
const ALERT_TOKEN =
  process.env.HANDRAIL_ALERTMANAGER_TOKEN ?? 'token-of-the-demo-alertmanager';

type Incident = { incidentId: string; reference: string };

async function declare(
  request: APIRequestContext,
  token: string,
  data: object,
): Promise<Incident> {
  const response = await request.post('/api/incidents/incidents', {
    headers: { authorization: `Bearer ${token}` },
    data: { commandId: randomUUID(), ...data },
  });
  expect(response.status(), await response.text()).toBe(201);
  return response.json();
}

async function command(
  request: APIRequestContext,
  token: string,
  incident: Incident,
  body: object,
): Promise<void> {
  const response = await request.post(
    `/api/incidents/incidents/${incident.incidentId}/commands`,
    {
      headers: { authorization: `Bearer ${token}` },
      data: { commandId: randomUUID(), command: body },
    },
  );
  expect(response.status(), await response.text()).toBe(200);
}

/** What Alertmanager sends, with an alert name of its own per call. */
async function alert(
  request: APIRequestContext,
  options: { name: string; component: string; token?: string },
) {
  const { name, component, token = ALERT_TOKEN } = options;
  return request.post('/api/incidents/alertmanager/demo', {
    headers: { authorization: `Bearer ${token}` },
    data: {
      version: '4',
      groupKey: `{}:{alertname="${name}"}`,
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'portal',
      groupLabels: { alertname: name },
      commonLabels: { alertname: name },
      commonAnnotations: {},
      externalURL: 'http://alertmanager.example',
      alerts: [
        {
          status: 'firing',
          labels: { alertname: name, severity: 'critical', component },
          annotations: { summary: `${name}: one in twenty requests fails` },
          startsAt: new Date(Date.now() - 60_000).toISOString(),
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: 'http://prometheus.example/graph',
          fingerprint: randomUUID().replace(/-/g, '').slice(0, 16),
        },
      ],
    },
  });
}

/** Fills the form of a verb and sends it. */
async function answer(
  page: Page,
  verb: string,
  fill: (page: Page) => Promise<void> = async () => {},
): Promise<void> {
  const dialog = page.getByRole('dialog', { name: verb });
  await expect(dialog).toBeVisible();
  await fill(page);
  await dialog.getByRole('button', { name: verb, exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 15_000 });
}

/** A verb in front, or behind "More". */
async function choose(page: Page, verb: string): Promise<void> {
  const inFront = page
    .getByRole('group', { name: 'What you can do' })
    .getByRole('button', { name: verb, exact: true });
  if (await inFront.isVisible()) {
    await inFront.click();
    return;
  }
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: verb }).click();
}

test('an incident from its declaration on a service to its end', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const one = await browser.newContext();
  const ana = await one.newPage();
  await enterAs(ana, 'Ana Duarte');
  await ana.goto('/catalog/default/component/payments-api');
  const open = ana
    .getByRole('region', { name: 'Open incidents' })
    .getByRole('button', { name: 'Declare an incident' });
  await expect(open).toBeVisible({ timeout: 30_000 });

  // The sidebar knows whose page is open.
  await ana
    .getByRole('navigation')
    .getByRole('button', { name: 'Declare', exact: true })
    .click();
  await expect(field(ana, 'Title')).toHaveValue('Trouble with payments-api');
  await ana.keyboard.press('Escape');
  await expect(ana.getByRole('dialog')).toBeHidden();

  // Three interactions.
  await open.click();
  await ana.getByRole('radio', { name: /SEV-1/ }).click();
  await ana
    .getByRole('button', { name: 'Declare', exact: true })
    .last()
    .click();

  await expect(ana).toHaveURL(/\/incidents\/INC-\d+$/, { timeout: 20_000 });
  await expect(
    ana.getByRole('heading', { level: 1, name: /Trouble with Payments API/ }),
  ).toBeVisible();
  await expect(ana.getByText('Take command').first()).toBeVisible();
  await expect(ana.getByTestId('next-duty-clock')).toHaveText(
    /in 0\d:\d\d min/,
  );

  await ana.getByRole('button', { name: 'Offer: Incident commander' }).click();
  await answer(ana, 'Offer the role', async () => {
    await field(ana, 'To whom').fill('Tomas');
    await ana.getByRole('option', { name: /Tomas Novak/ }).click();
  });

  const two = await browser.newContext();
  const tomas = await two.newPage();
  await enterAs(tomas, 'Tomas Novak');
  await tomas.goto(ana.url());
  await tomas
    .getByRole('button', { name: 'Accept: Incident commander' })
    .click({ timeout: 30_000 });
  await expect(
    tomas.getByRole('button', { name: 'Take over: Incident commander' }),
  ).toBeVisible();

  await choose(tomas, 'Post an update');
  await answer(tomas, 'Post an update', () =>
    field(tomas, 'What to say').fill('We roll the release back'),
  );
  // The page of the other person follows by itself.
  await expect(ana.getByText('We roll the release back').first()).toBeVisible({
    timeout: 40_000,
  });

  await choose(tomas, 'State the impact');
  await answer(tomas, 'State the impact', () =>
    field(tomas, 'Impact').fill('One card payment in ten fails'),
  );
  await choose(tomas, 'Record the mitigation');
  await answer(tomas, 'Record the mitigation', () =>
    field(tomas, 'What was done').fill('Rolled back'),
  );
  await choose(tomas, 'Resolve');
  await answer(tomas, 'Resolve');
  await choose(tomas, 'Start the review');

  await tomas.getByRole('tab', { name: 'Review' }).click();
  await field(tomas, 'What happened').fill('A release doubled the latency.');
  await field(tomas, 'What led to it').fill('No load test of the new client.');
  await field(tomas, 'What went well').fill('The rollback took two minutes.');
  await tomas.getByRole('button', { name: 'Save the review' }).click();
  await expect(tomas.getByText('Saved.')).toBeVisible();
  await tomas.getByRole('button', { name: 'Add an action item' }).click();
  await answer(tomas, 'Add an action item', async () => {
    await field(tomas, 'What is to be done').fill('Load test in the pipeline');
    await field(tomas, 'Who owns it').fill('Ana');
    await tomas.getByRole('option', { name: /Ana Duarte/ }).click();
    await field(tomas, 'Until when').fill('2030-01-31');
  });
  await tomas.getByRole('button', { name: 'Complete the review' }).click();
  await expect(tomas.getByText('The review is done.')).toBeVisible();
  await choose(tomas, 'Close');
  await expect(
    tomas
      .getByRole('banner')
      .or(tomas.locator('header'))
      .getByText('Closed')
      .first(),
  ).toBeVisible();

  await tomas.getByRole('tab', { name: 'Timeline' }).click();
  await tomas.getByRole('button', { name: 'Verify' }).click();
  await expect(tomas.getByText('The record is intact')).toBeVisible();
  await tomas.getByRole('tab', { name: 'Duties' }).click();
  await expect(tomas.getByText('Kept').first()).toBeVisible();
  await one.close();
  await two.close();
});

test('an alert proposes an incident, which is confirmed in the page', async ({
  browser,
  request,
}) => {
  test.setTimeout(120_000);
  const refused = await alert(request, {
    name: 'Wrong',
    component: 'web-shop',
    token: 'not-the-token',
  });
  expect(refused.status()).toBe(401);
  const taken = await alert(request, {
    name: 'CheckoutErrors',
    component: 'web-shop',
  });
  expect(taken.status(), await taken.text()).toBe(202);

  const context = await browser.newContext();
  const page = await context.newPage();
  await enterAs(page, 'Grace Wambui');
  await page.goto('/incidents');
  const strip = page.getByRole('region', { name: 'Proposed by alerts' });
  const line = strip
    .getByRole('listitem')
    .filter({ hasText: 'CheckoutErrors' });
  await expect(line).toBeVisible({ timeout: 30_000 });
  await expect(line).not.toContainText('Wrong');
  await line.getByRole('link', { name: /INC-/ }).click();
  await expect(page.getByText('Proposed', { exact: true })).toBeVisible();
  await page.getByRole('tab', { name: /Alerts/ }).click();
  await expect(page.getByText('Firing')).toBeVisible();
  await choose(page, 'Confirm');
  await answer(page, 'Confirm', async () => {
    await page.getByRole('checkbox', { name: 'And I take command' }).check();
  });
  await expect(page.getByText('Investigating', { exact: true })).toBeVisible();
  await expect(page.getByText('Grace Wambui').first()).toBeVisible();
  await context.close();
});

test('the pages of incidents are accessible and fit a phone, light and dark', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const token = await tokenOf(request, 'ana.duarte');
  const incident = await declare(request, token, {
    title: 'Orders stand still',
    severity: 'SEV-2',
    entityRefs: ['component:default/orders-api'],
  });
  await command(request, token, incident, {
    type: 'set-impact',
    message: 'No order is shipped',
  });
  await command(request, token, incident, {
    type: 'post-update',
    message: 'The queue is being looked at',
  });
  await enterAs(page, 'Ines Moreau');
  const address = `/incidents/${incident.reference}`;
  const pages: OurPage[] = [
    { path: '/incidents', shows: /Orders stand still/ },
    { path: address, shows: /No order is shipped/ },
    { path: `${address}?tab=roles`, shows: /Scribe/ },
    { path: `${address}?tab=duties`, shows: /Responsible/ },
    { path: `${address}?tab=review`, shows: /Action items/ },
    {
      path: '/catalog/default/component/orders-api/incidents',
      shows: /Orders stand still/,
      within: 'section[aria-label="Open"]',
    },
  ];
  for (const one of pages) {
    await expectAccessibleEverywhere(page, one);
  }
});
