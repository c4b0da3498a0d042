import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { FileServer } from './support/fileServer';
import { enterAs } from './support/portal';

/** The complete example that the README shows. */
function readmeExample(): string {
  const readme = readFileSync(resolve(__dirname, '../README.md'), 'utf8');
  const [, yaml] = /```yaml\n(apiVersion: handrail[\s\S]*?)```/.exec(readme)!;
  return yaml;
}

test('a procedure is registered by its address, refused when wrong, and keeps its last good version', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const server = new FileServer();
  const address = await server.start();
  try {
    const good = readmeExample();
    server.files['/rotate.yaml'] = good.replace(
      'type: approval',
      'type: aproval',
    );

    await enterAs(page, 'Lucia Ferrari');
    await page.goto('/catalog-import');
    const url = page.getByLabel(/URL/).and(page.locator('input'));
    await url.fill(address('/rotate.yaml'));
    await page.getByRole('button', { name: 'Analyze' }).click();
    await expect(
      page.getByText('spec.steps[1].type: found "aproval"', { exact: false }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(
      page.getByText('did you mean "approval"?', { exact: false }),
    ).toBeVisible();

    server.files['/rotate.yaml'] = good;
    await page.getByRole('button', { name: 'Analyze' }).click();
    await page
      .getByRole('button', { name: 'Import', exact: true })
      .click({ timeout: 30_000 });
    await expect(
      page.getByText('The following entities have been added to the catalog'),
    ).toBeVisible({ timeout: 30_000 });
    await expect(
      page.getByRole('button', { name: 'rotate-certificate' }),
    ).toBeVisible();

    // The catalog reads the file again before the procedure is there.
    await expect(async () => {
      await page.goto('/catalog/default/sop/rotate-certificate');
      await expect(
        page.getByRole('heading', { name: 'OPS-101 Rotate a certificate' }),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Steps' }).click();
    await page.getByRole('button', { name: 'Show as list' }).click();
    await expect(
      page.getByRole('cell', { name: 'May it go live?' }).first(),
    ).toBeVisible();

    // The file breaks later: the page keeps the good version and says so.
    server.files['/rotate.yaml'] = good.replace(
      'role: security',
      'role: nobody',
    );
    await expect(async () => {
      await page.goto('/catalog/default/sop/rotate-certificate');
      await expect(
        page.getByText('this is the last good version', { exact: false }),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000, intervals: [5_000] });
    await expect(
      page.getByText('spec.steps[1].role', { exact: false }).first(),
    ).toBeVisible();
  } finally {
    await server.stop();
  }
});
