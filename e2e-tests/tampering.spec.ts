import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import createKnex from 'knex';
import { enterAs } from './support/portal';
import { completeStep, startRun, tokenOf } from './support/api';

test('a row changed in the database is named by Verify', async ({
  page,
  request,
}) => {
  const ana = await tokenOf(request, 'ana.duarte');
  const run = await startRun(request, ana, {
    sopRef: 'sop:default/data-change',
    targetRef: 'component:default/payments-api',
    inputs: {
      ticket: 'DATA-99',
      summary: 'A change that somebody hides',
      database: 'ledger',
    },
  });
  await completeStep(request, ana, run.runId, 'script', {
    script: 'UPDATE a',
    rollback: 'UPDATE b',
    expected_delta: 0,
    count_query: 'SELECT count(*) FROM entries',
  });
  await completeStep(request, ana, run.runId, 'staging', {
    rows_before: 1200,
    rows_after: 1200,
    output: 'UPDATE 12',
    rollback_works: true,
  });

  await enterAs(page, 'Ana Duarte');
  await page.goto(`/sops/runs/${run.runId}`);
  await page.getByRole('tab', { name: 'Journal' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(
    page.getByText(/All \d+ events are as they were written/),
  ).toBeVisible();

  const seq = await hideRows(run.runId);
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Not intact').first()).toBeVisible();
  await expect(
    page.getByText(`First bad event: no. ${seq}`).first(),
  ).toBeVisible();
});

/**
 * What somebody with rights over the database does: takes the guards away and
 * changes the row count of staging. Returns the number of the event.
 */
async function hideRows(runId: string): Promise<number> {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: {
      filename: join(process.env.HANDRAIL_E2E_DATA ?? '', 'sop.sqlite'),
    },
    useNullAsDefault: true,
  });
  try {
    const triggers = await knex('sqlite_master')
      .where({ type: 'trigger' })
      .select('name');
    for (const { name } of triggers) {
      await knex.raw('DROP TRIGGER ??', [name]);
    }
    const event = await knex('run_event')
      .where({ run_id: runId, type: 'step.completed' })
      .where('data', 'like', '%rows_before%')
      .first('seq', 'data');
    const changed = await knex('run_event')
      .where({ run_id: runId, seq: event.seq })
      .update({
        data: event.data.replace('"rows_before":1200', '"rows_before":1300'),
      });
    expect(changed).toBe(1);
    return event.seq;
  } finally {
    await knex.destroy();
  }
}
