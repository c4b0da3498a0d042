import type {
  ComplianceRequest,
  ComplianceRow,
  SopApi,
} from '@handrail/plugin-sop-common';
import { download, toCsv } from './csv';

/** Rows per request; the most the API gives. */
const PAGE = 1000;

const COLUMNS = [
  'state',
  'entityRef',
  'ownerRef',
  'sopRef',
  'every',
  'lastCompletedAt',
  'dueAt',
  'openRuns',
] satisfies Array<keyof ComplianceRow>;

/** Saves all rows of a list of compliance as a CSV file, not only those shown. */
export async function exportCompliance(
  api: SopApi,
  request: ComplianceRequest,
): Promise<void> {
  const rows: ComplianceRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listCompliance({ ...request, limit: PAGE, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  download(
    `compliance-${new Date().toISOString().slice(0, 10)}.csv`,
    toCsv(
      COLUMNS,
      rows.map(row => COLUMNS.map(column => row[column])),
    ),
  );
}
