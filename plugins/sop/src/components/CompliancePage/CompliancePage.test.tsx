import type { ComplianceRow } from '@handrail/plugin-sop-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, FakeSopApi, renderPage } from '../../__testUtils__';
import { CompliancePage } from './CompliancePage';

const sop = {
  sopRef: 'sop:default/access-review',
  sopTitle: 'Access review',
  every: 'P3M',
};
const rows: ComplianceRow[] = [
  {
    ...sop,
    entityRef: 'component:default/ledger',
    title: 'Ledger',
    ownerRef: 'group:default/payments',
    state: 'missing',
    openRuns: 0,
  },
  {
    ...sop,
    entityRef: 'component:default/shop',
    title: 'Shop',
    state: 'overdue',
    lastCompletedAt: '2026-01-01T00:00:00.000Z',
    dueAt: '2026-04-01T00:00:00.000Z',
    lateMs: 3 * 86_400_000,
    openRuns: 1,
  },
  {
    ...sop,
    entityRef: 'component:default/search',
    title: 'Search',
    state: 'met',
    lastCompletedAt: '2026-03-01T00:00:00.000Z',
    dueAt: '2026-06-01T00:00:00.000Z',
    openRuns: 0,
  },
];

function apiWith(compliance: ComplianceRow[]) {
  return Object.assign(new FakeSopApi(), { compliance });
}

describe('CompliancePage', () => {
  it('says where we are exposed and starts what sets it right', async () => {
    const { container } = renderPage(<CompliancePage />, {
      api: apiWith(rows),
    });
    expect(
      await screen.findByText(
        '2 of 3 required procedures are missing or overdue',
      ),
    ).toBeInTheDocument();
    const table = screen.getByRole('table');
    const [, missing, overdue, met] = within(table).getAllByRole('row');
    expect(
      within(missing).getByRole('link', {
        name: 'Start Access review on Ledger',
      }),
    ).toHaveAttribute(
      'href',
      '/sops/start?sop=sop%3Adefault%2Faccess-review&target=component%3Adefault%2Fledger',
    );
    // A run that is under way comes before another one.
    expect(
      within(overdue).queryByRole('link', { name: /Start/ }),
    ).not.toBeInTheDocument();
    expect(
      within(overdue).getByRole('link', { name: '1 run is open' }),
    ).toBeInTheDocument();
    expect(within(overdue).getByText('by 3 d')).toBeInTheDocument();
    expect(
      within(met).queryByRole('link', { name: /Start/ }),
    ).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('reads its filters from the URL and writes them there', async () => {
    const api = apiWith(rows);
    const list = jest.spyOn(api, 'listCompliance');
    renderPage(<CompliancePage />, {
      api,
      at: '/?state=missing&state=nonsense&owner=group:default/payments',
    });
    await screen.findByRole('table');
    expect(list).toHaveBeenCalledWith({
      state: ['missing'],
      sopRef: undefined,
      ownerRef: 'group:default/payments',
      limit: 50,
      cursor: undefined,
    });
    await userEvent.click(screen.getByRole('button', { name: /Clear/ }));
    expect(screen.getByTestId('address')).not.toHaveTextContent('state');
  });

  it('shows the steps of the procedure it is filtered by', async () => {
    const api = Object.assign(apiWith(rows), {
      stepInsight: [
        {
          stepId: 'a',
          stepName: 'Often done',
          stepType: 'manual',
          completed: 9,
          failed: 0,
          skipped: 1,
          medianMs: 60_000,
          p90Ms: 120_000,
        },
        {
          stepId: 'b',
          stepName: 'Often skipped',
          stepType: 'manual',
          completed: 1,
          failed: 0,
          skipped: 3,
        },
      ],
    });
    renderPage(<CompliancePage />, { api, at: `/?sop=${sop.sopRef}` });
    const table = await screen.findByRole('table', { name: /How long steps/ });
    const [, first] = within(table).getAllByRole('row');
    expect(within(first).getByText('Often skipped')).toBeInTheDocument();
    expect(within(first).getByText('3 (75 %)')).toBeInTheDocument();
  });

  it('exports all rows, not only those shown', async () => {
    const api = apiWith(rows);
    const pages = [
      { items: [rows[0]], nextCursor: 'more' },
      { items: [rows[1]] },
    ];
    // What jsdom's own cannot: give back its text.
    jest
      .spyOn(globalThis, 'Blob')
      .mockImplementation(
        parts => ({ text: async () => String(parts) } as Blob),
      );
    const blobs: Blob[] = [];
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        blobs.push(blob);
        return 'blob:x';
      },
      revokeObjectURL: () => {},
    });
    jest
      .spyOn(HTMLAnchorElement.prototype, 'click')
      .mockImplementation(() => {});
    renderPage(<CompliancePage />, { api });
    await screen.findByRole('table');
    jest.spyOn(api, 'listCompliance').mockImplementation(async () => ({
      totals: { missing: 1, overdue: 1, 'due-soon': 0, met: 0 },
      truncated: false,
      ...pages.shift()!,
    }));
    await userEvent.click(screen.getByRole('button', { name: /Export/ }));
    await waitFor(() => expect(blobs).toHaveLength(1));
    const text = await blobs[0].text();
    expect(text.split('\r\n')).toEqual([
      'state,entityRef,ownerRef,sopRef,every,lastCompletedAt,dueAt,openRuns',
      'missing,component:default/ledger,group:default/payments,sop:default/access-review,P3M,,,0',
      'overdue,component:default/shop,,sop:default/access-review,P3M,2026-01-01T00:00:00.000Z,2026-04-01T00:00:00.000Z,1',
      '',
    ]);
  });

  it('says what to do where nothing is required', async () => {
    renderPage(<CompliancePage />, { api: apiWith([]) });
    expect(
      await screen.findByText('Nothing is required yet'),
    ).toBeInTheDocument();
  });
});
