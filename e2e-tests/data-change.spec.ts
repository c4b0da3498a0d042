import { expect, test } from '@playwright/test';
import { field, signIn, switchPerson } from './support/portal';

test('a data change: two people, row counts, four eyes, a verified journal', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await signIn(page, 'Ana Duarte');

  // From the component, as somebody who owns it would.
  await page.goto('/catalog/default/component/payments-api');
  await page.getByRole('link', { name: 'Procedures' }).click();
  await page
    .getByRole('link', { name: 'Start here: SOP-004 Data change management' })
    .click();
  await expect(
    page.getByRole('heading', {
      name: 'Start SOP-004 Data change management',
    }),
  ).toBeVisible();
  await field(page, 'Ticket').fill('DATA-31');
  await field(page, 'What changes').fill('Correct the currency of 12 rows');
  await field(page, 'Database').fill('ledger');
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  await expect(page).toHaveURL(/\/sops\/runs\/[0-9a-f-]{36}/);
  const runUrl = page.url().split('?')[0];
  await expect(
    page.getByText('Waiting for developers or data ops to do', {
      exact: false,
    }),
  ).toBeVisible();

  await field(page, 'Script').fill('UPDATE a');
  await field(page, 'Rollback SQL').fill('UPDATE b');
  await field(page, 'Expected change of the number of rows').fill('0');
  await field(page, 'Query that counts the rows').fill(
    'SELECT count(*) FROM entries',
  );
  await page.getByRole('button', { name: 'Complete', exact: true }).click();

  await expect(
    page.getByRole('heading', { name: 'Run it on staging' }),
  ).toBeVisible();
  await field(page, 'Rows before').fill('1200');
  await field(page, 'Rows after').fill('1201');
  await field(page, 'Output').fill('UPDATE 12');
  await field(page, 'The rollback SQL was tried on staging').check();
  await page.getByRole('button', { name: 'Complete', exact: true }).click();
  await expect(
    page.getByText('On staging the number of rows changed by 1, expected 0'),
  ).toBeVisible();
  await field(page, 'Rows after').fill('1200');
  await page.getByRole('button', { name: 'Complete', exact: true }).click();

  // The own change is not hers to approve, and the page says why.
  await expect(
    page.getByRole('heading', { name: 'Peer review' }),
  ).toBeVisible();
  await expect(
    page.getByText('You may not approve this: you started this run', {
      exact: false,
    }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);

  await switchPerson(page, 'Ines Moreau');
  await page.goto('/tasks?tab=groups');
  const task = page.getByRole('listitem').filter({ hasText: 'DATA-31' });
  await task.getByRole('button', { name: /^Approve/ }).click();
  await field(page, 'Why do you approve').fill('Counts fit, rollback works');
  await task.getByRole('button', { name: /^Approve/ }).click();
  await expect(page.getByText('You approved.')).toBeVisible();

  await page.goto(runUrl);
  await field(page, 'Id of the backup').fill('b-77');
  await field(page, 'The rollback SQL is at hand').check();
  await page.getByRole('button', { name: 'Complete', exact: true }).click();

  await expect(
    page.getByRole('heading', { name: 'Apply it in a transaction' }),
  ).toBeVisible();
  await field(page, 'Rows before').fill('5400');
  await field(page, 'Rows after').fill('5400');
  await field(page, 'It ran in one transaction').check();
  await field(page, 'Output').fill('UPDATE 12');
  await page.getByRole('button', { name: 'Complete', exact: true }).click();

  await expect(
    page.getByRole('heading', {
      name: 'Enter it in the journal',
      exact: false,
    }),
  ).toBeVisible();
  await field(page, 'Entry in the journal').fill(
    'https://data-ops.example.org/journal/31',
  );
  await field(page, 'Diff').fill('- EUR\n+ USD');
  await field(page, 'Approver').fill('Ines Moreau');
  await page.getByRole('button', { name: 'Complete', exact: true }).click();

  await expect(page.getByText('6 of 6').first()).toBeVisible();
  await expect(page.getByText('Completed').first()).toBeVisible();

  await page.getByRole('tab', { name: 'Journal' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(
    page.getByText(/All \d+ events are as they were written/),
  ).toBeVisible();
});
