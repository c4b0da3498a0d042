import { expect, Locator, Page, test } from '@playwright/test';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  field,
  signIn,
} from './support/portal';

const PHONE = { width: 400, height: 800 };
const DESK = { width: 1280, height: 900 };

/** What a step asks for, as somebody answers who has only the page to go by. */
async function answer(page: Page, step: Locator): Promise<void> {
  for (const box of await step.getByRole('checkbox').all()) {
    await box.check();
  }
  const output = field(page, 'Output');
  if (await output.count()) {
    await output.fill('Applied 14 migrations');
  }
  const status = field(page, 'Status of the health endpoint');
  if (await status.count()) {
    await status.fill('200');
  }
}

test('a newcomer finds a procedure from the home page and finishes it without reading documentation', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize(DESK);
  await signIn(page, 'Kenji Mori');

  // The home page says where to begin.
  await page.getByRole('link', { name: 'Open the procedures' }).click();
  await page.getByLabel('Search procedures').fill('local development');
  await expect(page.getByText('1 procedure', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('link', { name: 'Start DEPLOY-001 Local development' })
    .click();

  // Before it starts the page tells what will happen, and whom it needs.
  const forecast = page.getByRole('region', { name: 'What will happen' });
  await expect(forecast).toContainText('Over at the earliest');
  await expect(forecast).toContainText('Whoever starts the run');
  await expect(forecast).toContainText('1 person may act');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  // From here on at a phone, next to the machine that is being set up.
  await page.setViewportSize(PHONE);
  const steps = [
    'Start the infrastructure',
    'Run the migrations',
    'Start the servers',
    'Verify',
  ];
  for (const [index, name] of steps.entries()) {
    // It says who acts next, and opens what is asked of the reader.
    await expect(
      page.getByText(/Waiting for kenji\.mori to do/).first(),
    ).toContainText(`“${name}”`);
    const step = page.getByRole('region', { name });
    await expect(
      step.getByRole('heading', { level: 2, name, exact: true }),
    ).toBeVisible();
    if (index === 0) {
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      // Too early: the page says what is missing and sends nothing.
      await step.getByRole('button', { name: 'Complete' }).click();
      await expect(step.getByText('Confirm this to go on')).toBeVisible();
    }
    await answer(page, step);
    await step.getByRole('button', { name: 'Complete' }).click();
  }

  await expect(page.getByText('4 of 4', { exact: true })).toBeVisible();
  await expect(page.getByText('Completed').first()).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);

  // Nothing is left to do, and the run stands in the list.
  await page.goto('/tasks');
  await expect(page.getByText('Nothing waits for you')).toBeVisible();
});
