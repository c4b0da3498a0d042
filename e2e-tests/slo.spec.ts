import { randomUUID } from 'node:crypto';
import { APIRequestContext, expect, Page, test } from '@playwright/test';
import { tokenOf } from './support/api';
import { expectAccessibleEverywhere, OurPage } from './support/ourPages';
import { enterAs, signIn } from './support/portal';

const PAYMENTS = '/slos/default/payments-api-availability';

/** Posts events of the payments API, as its gateway would. */
async function postCounts(
  request: APIRequestContext,
  counts: { bad: number; total: number; at?: string },
): Promise<void> {
  const token = await tokenOf(request, 'ana.duarte');
  const response = await request.post('/api/slo/counters', {
    headers: { authorization: `Bearer ${token}` },
    data: {
      id: randomUUID(),
      counts: [{ stream: 'payments-api-requests', ...counts }],
    },
  });
  expect(response.status(), await response.text()).toBe(200);
}

/** What stands below a term of a list of facts. */
function fact(page: Page, term: string) {
  return page
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator('..');
}

test('a fresh portal shows its own SLO, fed by its own probe, at work', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, 'Ines Moreau');
  await page.getByRole('navigation').getByText('SLOs').first().click();
  await page.getByRole('link', { name: 'The portal is available' }).click();
  await expect(
    page.getByRole('heading', { level: 1, name: 'The portal is available' }),
  ).toBeVisible();
  // The first round of evaluation comes within its interval.
  await expect(fact(page, 'Good events')).toHaveText(/ bad of \d/, {
    timeout: 90_000,
  });
  await expect(fact(page, 'Budget left')).toContainText('%');
  await expect(fact(page, 'Source')).toContainText('embedded');
  await expect(fact(page, 'Counters')).toContainText('portal-readiness');
  await expect(
    page.getByRole('img', { name: /Budget left from .* is left/ }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Show as a table' }).click();
  await expect(
    page.getByRole('table', { name: /Budget left by time/ }),
  ).toBeVisible();

  // More events come in while the page is open.
  const counted = await fact(page, 'Good events').innerText();
  await expect(fact(page, 'Good events')).not.toHaveText(counted, {
    timeout: 90_000,
    useInnerText: true,
  });
});

test('posted counters burn a budget and the page shows it without a reload', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const daysAgo = (days: number) =>
    new Date(Date.now() - days * 86_400_000).toISOString();
  await postCounts(request, { bad: 0, total: 1_000_000, at: daysAgo(9) });
  await enterAs(page, 'Ana Duarte');
  await page.goto(PAYMENTS);
  await expect(fact(page, 'Budget left')).toContainText('100 %', {
    timeout: 90_000,
  });
  let reloads = 0;
  page.on('framenavigated', frame => {
    reloads += frame === page.mainFrame() ? 1 : 0;
  });

  // 600 of 0.1 % of a million is 60 % of the budget.
  await postCounts(request, { bad: 600, total: 600, at: daysAgo(2) });
  await expect(fact(page, 'Budget left')).toContainText('40 %', {
    timeout: 90_000,
  });
  await expect(
    page.getByText(/40 % of the error budget is left/),
  ).toBeVisible();
  await expect(
    page.getByRole('list', { name: 'When budget was spent fastest' }),
  ).toContainText('60 % of the budget');

  // Asked for at once instead of waiting for the next round.
  await postCounts(request, { bad: 600, total: 600, at: daysAgo(2) });
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await expect(page.getByText('Exhausted').first()).toBeVisible({
    timeout: 30_000,
  });
  await expect(fact(page, 'Runs out')).toContainText('It is spent');
  expect(reloads).toBe(0);

  await page.goto('/catalog/default/component/payments-api/slos');
  await expect(
    page.getByRole('row', { name: /Charges and refunds work/ }),
  ).toContainText('Exhausted');
  await page.goto('/');
  await expect(
    page.getByRole('link', { name: 'Charges and refunds work' }),
  ).toBeVisible({ timeout: 30_000 });
});

/** Our pages, each with something that shows that it is really there. */
const PAGES: OurPage[] = [
  { path: '/slos', shows: /Charges and refunds work/ },
  { path: `${PAYMENTS}?show=rules`, shows: /What burned it/ },
  {
    path: '/catalog/default/component/payments-api/slos',
    shows: /Charges and refunds work/,
    within: 'section[aria-labelledby="slo-entity-title"]',
  },
  {
    path: '/catalog/default/component/fraud-signals/slos',
    shows: /Nothing is promised here yet/,
    within: 'section[aria-labelledby="slo-entity-title"]',
  },
  {
    path: '/catalog/default/component/payments-api',
    shows: /Error budgets/,
    within: 'section[aria-label="Error budgets"]',
  },
];

test('list, page, tab and card are accessible and fit a phone, light and dark', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  await postCounts(request, { bad: 0, total: 1_000 });
  await enterAs(page, 'Ines Moreau');
  for (const one of PAGES) {
    await expectAccessibleEverywhere(page, one);
  }
});
