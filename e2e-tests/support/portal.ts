import AxeBuilder from '@axe-core/playwright';
import { expect, Locator, Page } from '@playwright/test';

/** Signs in through the page on which people choose who they are. */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto('/');
  const chooser = page.getByLabel('Name, role or team');
  await chooser.fill(name);
  await chooser.press('Enter');
  await expect(
    page.getByRole('navigation').getByText('My tasks').first(),
  ).toBeVisible({ timeout: 30_000 });
}

/** Where the sign-in page keeps who is signed in: see `rememberedPerson` there. */
const SIGNED_IN = 'handrail.signIn.person';

/**
 * Is somebody from the next page on, without the way over the sign-in page and
 * the home page. Journeys that are about other things come in like this.
 * @param name - as in the catalog, such as "Ana Duarte"
 */
export async function enterAs(page: Page, name: string): Promise<void> {
  const ref = `user:default/${name
    .toLocaleLowerCase('en-US')
    .replace(' ', '.')}`;
  if (page.url() === 'about:blank') {
    // Of the portal's origin, and small.
    await page.goto('/robots.txt');
  }
  await page.evaluate(
    ([key, value]) => {
      window.sessionStorage.setItem(key, value);
      window.localStorage.setItem(key, value);
    },
    [SIGNED_IN, ref],
  );
}

/** Becomes somebody else in the same browser, as a person does. */
export async function switchPerson(page: Page, name: string): Promise<void> {
  await page.getByText('Switch person').click();
  const chooser = page.getByLabel('Name, role or team');
  await chooser.fill(name);
  await chooser.press('Enter');
  await expect(
    page.getByRole('navigation').getByText('My tasks').first(),
  ).toBeVisible({ timeout: 30_000 });
}

/** How long to wait for what fades; something may well move for ever. */
const FADING_MS = 3_000;

/** Waits until nothing fades or moves: half-way colours have no contrast. */
async function settle(page: Page): Promise<void> {
  const still = page.waitForFunction(
    () => {
      const isFading = document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === 'running' &&
            effect?.getComputedTiming().endTime !== Infinity,
        );
      const isSeenThrough = [
        ...document.querySelectorAll('[role="dialog"]'),
      ].some(dialog => {
        for (let at: Element | null = dialog; at; at = at.parentElement) {
          if (getComputedStyle(at).opacity !== '1') return true;
        }
        return false;
      });
      return !isFading && !isSeenThrough;
    },
    undefined,
    { timeout: FADING_MS },
  );
  await still.catch(() => undefined);
}

/**
 * Fails with the rule, the element and the page when axe finds anything.
 * `within` limits it to our part of a page that Backstage makes, `rules` to some
 * of what axe knows.
 */
export async function expectAccessible(
  page: Page,
  within?: string,
  rules?: string[],
): Promise<void> {
  await settle(page);
  const axe = new AxeBuilder({ page })
    // Parts of Backstage itself: the entry's accessible name lacks the number
    // it shows, and the hidden heading of a page header is in no landmark.
    .exclude('a[href="/notifications"]')
    .exclude('.bui-VisuallyHidden');
  if (within) axe.include(within);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  expect(
    violations.map(violation => ({
      rule: violation.id,
      help: violation.help,
      nodes: violation.nodes.map(node => node.html.slice(0, 200)),
    })),
    `accessibility of ${page.url()}`,
  ).toEqual([]);
}

/** Nothing sticks out to the right: the page does not scroll sideways. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
  expect(overflow, `sideways scroll of ${page.url()}`).toBeLessThanOrEqual(0);
}

/** The field whose label begins with a text; required ones end in an asterisk. */
export function field(page: Page, label: string): Locator {
  return page
    .getByLabel(new RegExp(`^${label}`))
    .and(page.locator('input, textarea'));
}
