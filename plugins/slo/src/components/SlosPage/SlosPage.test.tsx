import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSloApi,
  minutesFromNow,
  refusal,
  renderPage,
  SAMPLE_DEFINITION,
  sampleSeries,
  sampleSlo,
} from '../../__testUtils__';
import { SlosPage } from './SlosPage';

/** An SLO with a name of its own whose bad hours make its state. */
function named(
  name: string,
  badHours: number,
  owner = 'group:default/payments',
) {
  return sampleSlo(
    {},
    sampleSeries(badHours ? [{ daysAgo: 20, hours: badHours, bad: 1000 }] : []),
    {
      ...SAMPLE_DEFINITION,
      ref: `slo:default/${name}`,
      name,
      title: name,
      owner,
    },
  );
}

function three(): FakeSloApi {
  const api = new FakeSloApi();
  // Of 3.36 hours.
  api.slos = [
    named('checkout', 5),
    named('search', 3, 'group:default/data'),
    named('login', 0),
  ];
  return api;
}

describe('SlosPage', () => {
  it('lists each SLO with its budget, state, objective and age', async () => {
    const { container } = renderPage(<SlosPage />, { api: three() });
    const table = await screen.findByRole('table', { name: /worst state/ });
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(
      within(first).getByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/slos/default/checkout');
    expect(first).toHaveTextContent(
      /Exhausted.*−48 %.*99.5 % over 28d.*payments.*2 min ago/i,
    );
    expect(second).toHaveTextContent(/Caution.*10 %/);
    expect(third).toHaveTextContent(/Healthy.*100 %/);
    expect(
      within(first).getByRole('link', { name: 'payments-api' }),
    ).toHaveAttribute('href', '/catalog/default/component/payments-api');
    expect(screen.getByText('3 SLOs')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('counts each state, and a click on one keeps it in the URL', async () => {
    renderPage(<SlosPage />, { api: three() });
    await screen.findByRole('link', { name: 'login' });
    const caution = screen.getByRole('button', { name: 'Caution 1' });
    expect(caution).toHaveAttribute('aria-pressed', 'false');
    expect(
      screen.getByRole('button', { name: 'Not known 0' }),
    ).toBeInTheDocument();
    await userEvent.click(caution);
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'login' }),
      ).not.toBeInTheDocument(),
    );
    expect(screen.getByRole('link', { name: 'search' })).toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('?status=caution');
    // The other states keep their counts.
    expect(
      screen.getByRole('button', { name: 'Exhausted 1' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Caution 1' }));
    expect(await screen.findByRole('link', { name: 'login' })).toBeVisible();
  });

  it('reads its filters from the URL and leaves out states that do not exist', async () => {
    const api = three();
    const list = jest.spyOn(api, 'listSlos');
    renderPage(<SlosPage />, {
      api,
      at: '/?status=exhausted&status=nonsense&owner=group:default/payments&q=check',
    });
    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Search SLOs')).toHaveValue('check');
    for (const [request] of list.mock.calls) {
      expect(request).toEqual({
        status: ['exhausted'],
        owner: ['group:default/payments'],
        q: 'check',
        limit: 25,
        cursor: undefined,
      });
    }
  });

  it('searches as you type, and says when nothing matches', async () => {
    renderPage(<SlosPage />, { api: three() });
    await userEvent.type(await screen.findByLabelText('Search SLOs'), 'nope');
    expect(await screen.findByText('No SLO matches')).toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('?q=nope');
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByRole('link', { name: 'login' })).toBeVisible();
    expect(screen.getByLabelText('Search SLOs')).toHaveValue('');
  });

  it('offers the owners of the catalog', async () => {
    renderPage(<SlosPage />, { api: three() });
    await screen.findByRole('link', { name: 'login' });
    await userEvent.click(screen.getByRole('combobox', { name: 'Owner' }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'payments' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('link', { name: 'search' }),
      ).not.toBeInTheDocument(),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'owner=group%3Adefault%2Fpayments',
    );
  });

  it('loads the next page on request', async () => {
    const api = new FakeSloApi();
    api.slos = Array.from({ length: 27 }, (_, index) => ({
      ...named('slo', 0),
      ref: `slo:default/slo-${index}`,
      title: `SLO number ${index}`,
    }));
    renderPage(<SlosPage />, { api });
    expect(await screen.findByText('27 SLOs')).toBeInTheDocument();
    expect(screen.queryByText('SLO number 26')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
    expect(await screen.findByText('SLO number 26')).toBeInTheDocument();
  });

  it('says which figures are old or could not be renewed', async () => {
    const api = three();
    const data = { source: 'prometheus', dataUntil: null };
    const evaluatedAt = minutesFromNow(-300);
    const [checkout, search, login] = api.slos;
    api.slos = [
      { ...checkout, data: { ...data, evaluatedAt, stale: true } },
      {
        ...search,
        data: { ...data, evaluatedAt, stale: true, error: 'It is away.' },
      },
      {
        ...login,
        status: 'unknown',
        figures: { ...login.figures, budgetRemaining: null },
        data: { ...data, evaluatedAt: null, stale: true },
      },
    ];
    const { container } = renderPage(<SlosPage />, { api });
    const table = await screen.findByRole('table');
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent(/5 h ago.*Too old/);
    expect(second).toHaveTextContent(/10 %.*5 h ago.*Latest failed/);
    expect(third).toHaveTextContent(/Not known.*Not yet/);
    expect(third).not.toHaveTextContent(/\b0 ?%/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('tells how to register the first one', async () => {
    const api = new FakeSloApi();
    api.slos = [];
    const { container } = renderPage(<SlosPage />, { api });
    expect(await screen.findByText('No SLOs yet')).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Example of an OpenSLO document' }),
    ).toHaveTextContent('apiVersion: openslo/v1');
    expect(
      screen.getAllByRole('link', { name: 'Register an SLO' })[1],
    ).toHaveAttribute('href', '/catalog-import');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('keeps what it showed when renewing fails, and says so', async () => {
    const api = three();
    renderPage(<SlosPage />, { api });
    await screen.findByRole('link', { name: 'login' });
    jest
      .spyOn(api, 'listSlos')
      .mockRejectedValue(refusal(500, { message: 'The database is away' }));
    // Looking at the page again renews what is older than five seconds.
    const later = Date.now() + 60_000;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    window.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByText('The database is away')).toBeVisible();
    expect(screen.getByRole('link', { name: 'login' })).toBeInTheDocument();
    jest.restoreAllMocks();
  });

  it('says when it is not permitted, and when it failed', async () => {
    const denied = new FakeSloApi();
    jest
      .spyOn(denied, 'listSlos')
      .mockRejectedValue(refusal(403, { message: 'You lack slo.read.' }));
    const { unmount } = renderPage(<SlosPage />, { api: denied });
    expect(await screen.findByText('You lack slo.read.')).toBeVisible();
    unmount();

    const broken = new FakeSloApi();
    const list = jest
      .spyOn(broken, 'listSlos')
      .mockRejectedValue(refusal(500, { message: 'The database is away' }));
    renderPage(<SlosPage />, { api: broken });
    expect(await screen.findByText('The database is away')).toBeVisible();
    list.mockRestore();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('link', { name: 'Payments availability' }),
    ).toBeInTheDocument();
  });
});
