import { APIRequestContext, expect, Page, test } from '@playwright/test';
import { tokenOf } from './support/api';
import { field, signIn } from './support/portal';

const NAME = 'parcel-labels';
const TITLE = 'Parcel labels';
const MESSAGE =
  /A name has 3 to 40 lower-case letters, digits and single dashes/;

/** Chooses one of the entities that a picker offers. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  await field(page, label).fill(text);
  await page.getByRole('option', { name: text, exact: true }).click();
}

const next = (page: Page) =>
  page.getByRole('button', { name: 'Next', exact: true }).click();

async function entity(
  request: APIRequestContext,
  token: string,
  ref: string,
): Promise<{
  spec: Record<string, unknown>;
  relations: Array<{ type: string; targetRef: string }>;
}> {
  const path = ref.replace(':', '/');
  const response = await request.get(`/api/catalog/entities/by-name/${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status(), ref).toBe(200);
  return response.json();
}

test('a developer makes a service: a bad name is refused, a good one becomes repository, component, objective and runbook', async ({
  page,
  request,
}) => {
  test.setTimeout(300_000);
  await signIn(page, 'Ana Duarte');

  await page.getByRole('navigation').getByText('Create').click();
  await page
    .locator('.MuiCard-root')
    .filter({ has: page.getByText('Service', { exact: true }) })
    .getByRole('button', { name: 'Choose' })
    .click();
  await field(page, 'Title').fill(TITLE);
  await field(page, 'Description').fill('Prints what sticks on a parcel.');
  for (const bad of ['Parcel Labels', 'parcel--labels', 'pa']) {
    await field(page, 'Name').fill(bad);
    await next(page);
    await expect(page.getByText(MESSAGE).first()).toBeVisible();
    await expect(field(page, 'Title')).toBeVisible();
  }
  await field(page, 'Name').fill(NAME);
  await next(page);

  await choose(page, 'Owner', 'Payments');
  await choose(page, 'System', 'Shop');
  await next(page);
  await expect(page.getByText('99.5 % (3.6 hours)')).toBeVisible();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(page.getByText(NAME, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Create', exact: true }).click();

  const repository = page.getByRole('link', { name: /^Repository/ });
  await expect(repository).toBeVisible({ timeout: 90_000 });
  await expect(
    page.getByRole('link', { name: 'Service in the catalog' }),
  ).toBeVisible();

  // The repository is in the portal's own git host, with the lock.
  await page.goto((await repository.getAttribute('href'))!);
  await expect(page).toHaveURL(`/repositories/hollowbrook/${NAME}?branch=main`);
  for (const file of ['.golden-path', 'Dockerfile', 'catalog-info.yaml']) {
    await expect(page.getByRole('link', { name: file })).toBeVisible();
  }

  // What the repository describes is in the catalog, tied together.
  const token = await tokenOf(request, 'ana.duarte');
  await expect(async () => {
    const component = await entity(request, token, `component:default/${NAME}`);
    expect(component.relations).toEqual(
      expect.arrayContaining(
        [
          ['ownedBy', 'group:default/payments'],
          ['partOf', 'system:default/shop'],
          ['providesApi', `api:default/${NAME}-v1`],
          ['measuredBy', `slo:default/${NAME}-availability`],
        ].map(([type, targetRef]) =>
          expect.objectContaining({ type, targetRef }),
        ),
      ),
    );
    await entity(request, token, `sop:default/${NAME}-runbook`);
  }).toPass({ timeout: 90_000 });

  // Its objective is on the first page once it has been read.
  await expect(async () => {
    await page.goto(`/catalog/default/component/${NAME}`);
    await expect(
      page.getByRole('link', { name: `${TITLE}: availability` }),
    ).toBeVisible({ timeout: 15_000 });
  }).toPass({ timeout: 90_000 });
  await expect(
    page.getByRole('heading', { name: TITLE }).first(),
  ).toBeVisible();
  const tabs = page.getByRole('main');
  for (const tab of ['Overview', 'TechDocs', 'APIs']) {
    await expect(tabs.getByText(tab, { exact: true }).first()).toBeVisible();
  }
  await page.getByRole('link', { name: 'Procedures' }).click();
  await expect(
    page.getByRole('link', { name: `${TITLE}: runbook` }).first(),
  ).toBeVisible();
  await page.goto(`/catalog/default/sop/${NAME}-runbook`);
  await expect(
    page.getByRole('heading', { name: `${TITLE}: runbook` }).first(),
  ).toBeVisible({ timeout: 20_000 });
});

test('a name that is taken stops the run, and what is there stays as it is', async ({
  request,
}) => {
  test.setTimeout(180_000);
  const token = await tokenOf(request, 'ana.duarte');
  const headers = { authorization: `Bearer ${token}` };
  const run = async (title: string) => {
    const started = await request.post('/api/scaffolder/v2/tasks', {
      headers,
      data: {
        templateRef: 'template:default/connector',
        values: {
          name: 'carrier-feed',
          title,
          description: 'Where parcels are.',
          owner: 'group:default/payments',
          system: 'system:default/shop',
          lifecycle: 'experimental',
          pageSize: 100,
        },
      },
    });
    expect(started.status(), await started.text()).toBe(201);
    const { id } = await started.json();
    let status = '';
    await expect(async () => {
      const task = await request.get(`/api/scaffolder/v2/tasks/${id}`, {
        headers,
      });
      ({ status } = await task.json());
      expect(['completed', 'failed']).toContain(status);
    }).toPass({ timeout: 80_000 });
    const events = await request.get(`/api/scaffolder/v2/tasks/${id}/events`, {
      headers,
    });
    return { status, log: await events.text() };
  };
  const readme = async () =>
    (
      await request.get(
        '/api/git-host/api/v1/repos/hollowbrook/carrier-feed/contents/README.md?ref=main',
        { headers },
      )
    ).text();

  const first = await run('Carrier feed');
  expect(first.status, first.log).toBe('completed');
  const before = await readme();
  const second = await run('Another feed');
  expect(second.status).toBe('failed');
  expect(second.log).toMatch(/carrier-feed.*exists|exists.*carrier-feed/);
  expect(await readme()).toBe(before);
});
