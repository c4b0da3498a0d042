import { expect, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './portal';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 400, height: 800 };

/** How long what loads late may take, in milliseconds. */
const SETTLE_MS = 500;

/** A page of ours. */
export interface OurPage {
  path: string;
  /** Something that shows that it is really there. */
  shows: RegExp;
  /** Our part of a page that Backstage makes: a CSS selector. */
  within?: string;
}

/**
 * A page is accessible and fits a phone, light and dark. It is loaded once:
 * size and colours change on the spot, as they do for a reader. In the dark
 * only what depends on colours is looked at again.
 */
export async function expectAccessibleEverywhere(
  page: Page,
  { path, shows, within }: OurPage,
): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(DESK);
  await page.goto(path);
  const shown = page.getByText(shows).first();
  await expect(shown).toBeAttached({ timeout: 30_000 });
  // What loads late is part of the page as well.
  await page.waitForTimeout(SETTLE_MS);
  await expectAccessible(page, within);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(PHONE);
  await page.waitForTimeout(SETTLE_MS / 2);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page, within);

  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('body')).toHaveAttribute('data-theme-mode', 'dark');
  await expect(shown).toBeAttached({ timeout: 30_000 });
  await expectAccessible(page, within, ['color-contrast']);
  await page.setViewportSize(DESK);
  await page.waitForTimeout(SETTLE_MS / 2);
  await expectAccessible(page, within, ['color-contrast']);
}
