import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIRequestContext, expect, test } from '@playwright/test';
import { tokenOf } from './support/api';
import { expectAccessibleEverywhere, OurPage } from './support/ourPages';
import { enterAs } from './support/portal';

const ACCOUNT = `Basic ${Buffer.from('portal:local-development-only').toString(
  'base64',
)}`;
const NAME = 'journey';
const SOURCE = `/api/git-host/hollowbrook/${NAME}/src/branch/main/`;

const FILES: Record<string, string> = {
  'README.md': `# Journey\n\nA repository that a journey pushed.\n\n\`\`\`sh\nnpm start\n\`\`\`\n`,
  'main.ts': `export const answer = 42;\n${'// A long line. '.repeat(20)}\n`,
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${NAME}
  description: Made by a journey
spec:
  type: service
  lifecycle: experimental
  owner: group:default/platform
`,
};

/** Creates the repository and pushes the files with the real git. */
async function publish(request: APIRequestContext, baseURL: string) {
  const created = await request.post(
    '/api/git-host/api/v1/orgs/hollowbrook/repos',
    {
      headers: { authorization: ACCOUNT },
      data: { name: NAME, description: 'Made by a journey' },
    },
  );
  // 409 when the journey is tried once more.
  expect([201, 409]).toContain(created.status());
  if (created.status() === 409) return;
  const { clone_url: cloneUrl } = await created.json();
  expect(cloneUrl).toBe(`${baseURL}/api/git-host/hollowbrook/${NAME}.git`);

  const folder = mkdtempSync(join(tmpdir(), 'journey-'));
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      [
        ...['-c', 'user.name=Ana Duarte'],
        ...['-c', 'user.email=ana.duarte@hollowbrook.example'],
        ...['-c', `http.extraHeader=Authorization: ${ACCOUNT}`],
        ...args,
      ],
      { cwd: folder, env: { ...process.env, HOME: folder } },
    );
  try {
    git('init', '--quiet', '-b', 'main');
    for (const [path, content] of Object.entries(FILES)) {
      writeFileSync(join(folder, path), content);
    }
    git('add', '.');
    git('commit', '--quiet', '-m', 'Create from the golden path');
    git('push', '--quiet', cloneUrl, 'main', 'main:refs/heads/feature/deep');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a pushed repository is registered by its address, listed and read', async ({
  page,
  request,
  baseURL,
}) => {
  test.setTimeout(300_000);
  await publish(request, baseURL!);
  const token = await tokenOf(request, 'ana.duarte');
  const registered = await request.post('/api/catalog/locations', {
    headers: { authorization: `Bearer ${token}` },
    data: { type: 'url', target: `${baseURL}${SOURCE}catalog-info.yaml` },
  });
  expect([201, 409]).toContain(registered.status());

  await enterAs(page, 'Ana Duarte');
  // The address that stands in the catalog leads to the page.
  await page.goto(SOURCE);
  await expect(page).toHaveURL(
    `${baseURL}/repositories/hollowbrook/${NAME}?branch=main`,
  );
  await expect(page.getByRole('heading', { name: 'Journey' })).toBeVisible();
  await expect(
    page.getByRole('region', { name: 'Last commits' }),
  ).toContainText('Create from the golden path');

  await page.getByRole('link', { name: 'main.ts' }).click();
  await expect(
    page.getByRole('region', { name: 'Content of main.ts' }),
  ).toContainText('export const answer = 42;');
  await page.getByRole('combobox', { name: 'Branch' }).click();
  await page.getByRole('option', { name: 'feature/deep' }).click();
  await expect(page).toHaveURL(/branch=feature%2Fdeep&path=main.ts/);
  await page.goBack();
  await expect(page).toHaveURL(/branch=main&path=main.ts/);

  await page
    .getByTestId('sidebar-root')
    .getByRole('link', { name: 'Repositories' })
    .click();
  await expect(
    page.getByRole('link', { name: `hollowbrook/${NAME}` }),
  ).toBeVisible();
  await expect(async () => {
    await page.goto('/repositories');
    await expect(
      page.getByRole('link', { name: NAME, exact: true }),
    ).toHaveAttribute('href', `/catalog/default/component/${NAME}`, {
      timeout: 5_000,
    });
  }).toPass({ timeout: 60_000 });
});

test('its pages are accessible and fit a phone, light and dark', async ({
  page,
  request,
  baseURL,
}) => {
  test.setTimeout(300_000);
  await publish(request, baseURL!);
  await enterAs(page, 'Ana Duarte');
  const pages: OurPage[] = [
    { path: '/repositories', shows: /Made by a journey/ },
    {
      path: `/repositories/hollowbrook/${NAME}`,
      shows: /that a journey pushed/,
    },
    {
      path: `/repositories/hollowbrook/${NAME}?branch=main&path=main.ts`,
      shows: /answer = 42/,
    },
    {
      path: `/repositories/hollowbrook/${NAME}?path=gone.md`,
      shows: /has no gone.md/,
    },
    {
      path: '/repositories/hollowbrook/missing',
      shows: /There is no repository/,
    },
  ];
  for (const one of pages) {
    await expectAccessibleEverywhere(page, one);
  }
});
