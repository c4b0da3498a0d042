import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { signIn } from './support/portal';
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

  await signIn(page, 'Ana Duarte');
  await page.goto(`/sops/runs/${run.runId}`);
  await page.getByRole('tab', { name: 'Journal' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(
    page.getByText(/All \d+ events are as they were written/),
  ).toBeVisible();

  const seq = hideRows(run.runId);
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
function hideRows(runId: string): number {
  const file = join(process.env.HANDRAIL_E2E_DATA ?? '', 'sop.sqlite');
  const db = new Database(file);
  try {
    const triggers = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all() as Array<{ name: string }>;
    triggers.forEach(({ name }) => db.exec(`DROP TRIGGER "${name}"`));
    const { seq } = db
      .prepare(
        `SELECT seq FROM run_event
         WHERE run_id = ? AND type = 'step.completed' AND data LIKE '%rows_before%'`,
      )
      .get(runId) as { seq: number };
    const changed = db
      .prepare(
        `UPDATE run_event SET data = replace(data, '"rows_before":1200', '"rows_before":1300')
         WHERE run_id = ? AND seq = ?`,
      )
      .run(runId, seq);
    expect(changed.changes).toBe(1);
    return seq;
  } finally {
    db.close();
  }
}
