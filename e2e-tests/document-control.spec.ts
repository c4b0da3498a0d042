import { expect, test } from '@playwright/test';
import { startRun, tokenOf } from './support/api';
import { FileServer } from './support/fileServer';
import { enterAs, expectAccessible } from './support/portal';

const PAGE = '/catalog/default/sop/restart-cache';

/** A procedure that Operations and Security sign. */
const procedure = (revision: string, step: string) => `
apiVersion: handrail.dev/v1alpha1
kind: SOP
metadata:
  name: restart-cache
  title: OPS-205 Restart the cache
spec:
  type: maintenance
  owner: group:default/ops
  lifecycle: effective
  document:
    number: OPS-205
    revision: '${revision}'
    training: required
    approvers: [group:default/ops-leads, group:default/security-leads]
  roles:
    operator:
      title: Operator
      potentialOwners: [group:default/ops]
  steps:
    - id: restart
      type: manual
      name: ${step}
      role: operator
`;

test('a procedure is rehearsed, signed by its approvers, read, and then run', async ({
  page,
  request,
}) => {
  test.setTimeout(240_000);
  const server = new FileServer();
  const address = await server.start();
  try {
    server.files['/restart.yaml'] = procedure('1', 'Restart it');
    const lucia = await tokenOf(request, 'lucia.ferrari');
    const registered = await request.post('/api/catalog/locations', {
      headers: { authorization: `Bearer ${lucia}` },
      data: { type: 'url', target: address('/restart.yaml') },
    });
    expect(registered.status()).toBe(201);

    await enterAs(page, 'Lucia Ferrari');
    await expect(async () => {
      await page.goto(PAGE);
      await expect(
        page.getByText('No revision is in force.').first(),
      ).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    const card = page.getByRole('region', { name: 'Revision in force' });
    await expect(card).toContainText(
      'ops-leads and security-leads must still sign it',
    );

    await page.getByRole('link', { name: 'Rehearse' }).click();
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await expect(page.getByText('Rehearsal', { exact: true })).toBeVisible();

    for (const person of ['Henrik Solberg', 'Noor Haddad']) {
      await enterAs(page, person);
      await page.goto(PAGE);
      await card.getByRole('button', { name: 'Sign' }).click();
      const dialog = page.getByRole('dialog', { name: 'Sign revision 1?' });
      await dialog.getByLabel(/Reason/).fill('It is how we do it');
      await expectAccessible(page, '[role="dialog"]');
      await dialog.getByRole('button', { name: 'Sign' }).click();
      await expect(card).toContainText(`${person}, approval`);
    }
    await expect(card).toContainText(
      /Revision 1 is in force since .* signed by Henrik Solberg and Noor Haddad/,
    );

    // Who has not read it cannot work on it, and reads it right there.
    const run = await startRun(request, lucia, {
      sopRef: 'sop:default/restart-cache',
    });
    await enterAs(page, 'Lucia Ferrari');
    await page.goto(`/sops/runs/${run.runId}`);
    await page.getByRole('button', { name: 'Read and acknowledge' }).click();
    const reading = page.getByRole('dialog');
    await expect(reading).toContainText('Restart it');
    await reading.getByRole('checkbox').check();
    await expectAccessible(page, '[role="dialog"]');
    await reading.getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByRole('button', { name: 'Complete', exact: true }).click();
    await expect(page.getByText('Completed').first()).toBeVisible();

    // A changed file waits; what is in force stays.
    server.files['/restart.yaml'] = procedure('2', 'Restart it gently');
    await expect(async () => {
      await page.goto(`${PAGE}/revisions`);
      await expect(page.getByText('Changed: Restart it gently')).toBeVisible({
        timeout: 5_000,
      });
    }).toPass({ timeout: 90_000, intervals: [5_000] });
    await expect(
      page.getByText('Revision 2 is in review', { exact: false }).first(),
    ).toBeVisible();
  } finally {
    await server.stop();
  }
});
