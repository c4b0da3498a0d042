import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  APIRequestContext,
  expect,
  Locator,
  Page,
  test,
} from '@playwright/test';
import { parse } from 'yaml';
import { startRun, tokenOf } from './support/api';
import {
  enterAs,
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
} from './support/portal';

type Step = {
  id: string;
  title: string;
  target?: string;
  page?: string;
  advanceOn?: string;
};
type Tour = {
  metadata: { name: string; title: string };
  spec: { version: number; steps: Step[] };
};

const FOLDER = resolve(__dirname, '../catalog/tours');

/** Every tour that is shipped, so that a new one is driven as well. */
const TOURS: Tour[] = readdirSync(FOLDER)
  .filter(name => name.endsWith('.yaml'))
  .map(name => parse(readFileSync(resolve(FOLDER, name), 'utf8')));

const refOf = (tour: Tour) => `tour:default/${tour.metadata.name}`;

const dialogOf = (page: Page, step: Step): Locator =>
  page.getByRole('dialog', { name: step.title, exact: true });

/** What the server knows of one person. */
async function progressOf(
  request: APIRequestContext,
  name: string,
  tour: Tour,
): Promise<{ status?: string; stepId?: string }> {
  const authorization = `Bearer ${await tokenOf(request, name)}`;
  const response = await request.get('/api/onboarding/me', {
    headers: { authorization },
  });
  const { tours } = await response.json();
  return (
    tours.find((one: { tourRef: string }) => one.tourRef === refOf(tour))
      ?.progress ?? {}
  );
}

async function begin(page: Page, tour: Tour): Promise<void> {
  await page.goto(`/onboarding?tour=${encodeURIComponent(refOf(tour))}`);
  await expect(dialogOf(page, tour.spec.steps[0])).toBeVisible({
    timeout: 30_000,
  });
}

/** Beside the step there is what it speaks of, on the page it names. */
async function expectStep(page: Page, step: Step): Promise<void> {
  const dialog = dialogOf(page, step);
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  await expect(
    dialog.getByText('What this step points to is not on your page'),
    `target ${step.target} of step ${step.id}`,
  ).toHaveCount(0);
  if (step.page) {
    const { pathname } = new URL(step.page, 'http://portal');
    expect(new URL(page.url()).pathname.replace(/(.)\/$/, '$1')).toBe(pathname);
  }
  await expect(
    page.getByText(/PAGE NOT FOUND|404/i),
    `page ${step.page} of step ${step.id}`,
  ).toHaveCount(0);
  if (step.target) {
    await expect(
      page.locator(`[data-tour="${step.target}"]`).first(),
    ).toBeVisible();
  }
  await expect(
    dialog.getByRole('heading', { name: step.title, exact: true }),
  ).toBeFocused();
}

test('finds tours to drive', () => {
  expect(TOURS.map(tour => tour.metadata.name)).toEqual(
    expect.arrayContaining([
      'first-look',
      'create-a-service',
      'run-a-procedure',
    ]),
  );
});

for (const tour of TOURS) {
  test(`every step of “${tour.metadata.title}” finds its place, with the keyboard only`, async ({
    page,
    request,
  }) => {
    test.setTimeout(180_000);
    await enterAs(page, 'Mateo Vargas');
    await begin(page, tour);
    for (const [index, step] of tour.spec.steps.entries()) {
      await test.step(`${step.id} at ${
        step.target ?? 'the middle'
      }`, async () => {
        await expectStep(page, step);
        await expect(
          dialogOf(page, step)
            .getByText(`Step ${index + 1} of ${tour.spec.steps.length}`)
            .first(),
        ).toBeVisible();
        await expectAccessible(page, '[role="dialog"]');
        if (step.advanceOn === 'click') {
          await page.locator(`[data-tour="${step.target}"]`).first().click();
        } else {
          const isLast = index === tour.spec.steps.length - 1;
          const button = dialogOf(page, step).getByRole('button', {
            name: isLast ? 'Finish' : 'Next',
          });
          for (let tabs = 0; tabs < 8; tabs++) {
            await page.keyboard.press('Tab');
            if (
              await button.evaluate(node => node === document.activeElement)
            ) {
              break;
            }
          }
          await expect(button).toBeFocused();
          await page.keyboard.press('Enter');
        }
      });
    }
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect
      .poll(
        async () => (await progressOf(request, 'mateo.vargas', tour)).status,
      )
      .toBe('finished');
    // Where the tour ended, something has the focus: nobody is left nowhere.
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe(
      'BODY',
    );
  });
}

const [first] = TOURS.filter(tour => tour.metadata.name === 'first-look');

test('the tour is offered on the first visit and can be put off', async ({
  page,
}) => {
  await signIn(page, 'Hana Sato');
  const offer = page.getByRole('complementary', { name: 'Offer of a tour' });
  await expect(offer).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 400, height: 800 });
  await expectNoSidewaysScroll(page);
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toHaveCount(0);
  await page.reload();
  await expect(page.getByText('What needs you now').first()).toBeVisible();
  await page.waitForTimeout(2_000);
  await expect(offer).toHaveCount(0);
});

test('a tour goes on after a reload, ends with Escape and gives the focus back', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  await enterAs(page, 'Chloe Bennett');
  await page.goto('/onboarding');
  const [one, two] = first.spec.steps;
  await page
    .getByRole('button', { name: `Start “${first.metadata.title}”` })
    .click();
  await expectStep(page, one);
  await page.getByRole('button', { name: 'Next' }).click();
  await expectStep(page, two);
  await page.reload();
  await expectStep(page, two);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.waitForTimeout(500);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await progressOf(request, 'chloe.bennett', first)).toMatchObject({
    status: 'started',
    stepId: two.id,
  });
  // The opener is on another page; its stand-in is the entry to all tours.
  await expect(page.locator('[data-tour="nav.onboarding"]')).toBeFocused();

  // Where the opener is still there, it gets the focus itself.
  await page.goto('/onboarding');
  const again = page.getByRole('button', {
    name: `Continue “${first.metadata.title}”`,
  });
  await again.focus();
  await page.keyboard.press('Enter');
  for (const step of first.spec.steps.slice(1)) {
    await expectStep(page, step);
    await page.getByRole('button', { name: /^(Next|Finish)$/ }).click();
  }
  await expect(page.getByRole('button', { name: /First look/ })).toBeFocused();
});

test('nothing moves where less motion is wanted', async ({ browser }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  await enterAs(page, 'Yusuf Demir');
  await begin(page, first);
  await page.getByRole('button', { name: 'Next' }).click();
  await expectStep(page, first.spec.steps[1]);
  const moving = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '#react-joyride-portal *, [class*="react-joyride__"]',
      ),
    ]
      .filter(node => {
        const { transitionDuration, transitionProperty, animationName } =
          getComputedStyle(node);
        const lasts = transitionDuration
          .split(',')
          .some(part => parseFloat(part) > 0);
        return (
          (lasts && transitionProperty !== 'none') || animationName !== 'none'
        );
      })
      .map(node => node.className.toString()),
  );
  expect(moving).toEqual([]);
  await context.close();
});

test('a tour is usable on a phone', async ({ browser }) => {
  test.setTimeout(120_000);
  const context = await browser.newContext({
    viewport: { width: 400, height: 800 },
  });
  const page = await context.newPage();
  await page.goto('/');
  const chooser = page.getByLabel('Name, role or team');
  await chooser.fill('Noor Haddad');
  await chooser.press('Enter');
  await expect(page.getByText('What needs you now').first()).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(`/onboarding?tour=${encodeURIComponent(refOf(first))}`);
  for (const step of first.spec.steps) {
    const dialog = dialogOf(page, step);
    await expect(dialog).toBeVisible({ timeout: 30_000 });
    const box = await dialog.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 400).toBe(true);
    await expectNoSidewaysScroll(page);
    await dialog.getByRole('button', { name: /^(Next|Finish)$/ }).click();
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await context.close();
});

test('a finished tour completes the step of the first week', async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const name = 'sam.adeyemi';
  const token = await tokenOf(request, name);
  const run = await startRun(request, token, {
    sopRef: 'sop:default/onboarding',
    targetRef: `user:default/${name}`,
  });
  await signIn(page, 'Sam Adeyemi');
  await expect(page.getByText('My first week').first()).toBeVisible();
  await page.locator('a[href^="/onboarding?tour="]').first().click();
  for (const step of first.spec.steps) {
    await expectStep(page, step);
    await page.getByRole('button', { name: /^(Next|Finish)$/ }).click();
  }
  await expect
    .poll(
      async () => {
        const response = await request.get(`/api/sop/runs/${run.runId}`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const { steps } = await response.json();
        return steps.map((one: { status: string }) => one.status).slice(0, 2);
      },
      { timeout: 20_000 },
    )
    .toEqual(['completed', 'ready']);
  await page.goto('/onboarding');
  await expect(
    page.getByRole('link', { name: 'Open: Meet the team' }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 400, height: 800 });
  await page.waitForTimeout(300);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
