import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeIncidentsApi,
  refusal,
  renderPage,
  sampleIncident,
  sampleMetrics,
  sampleProposed,
} from '../../__testUtils__';
import { IncidentsPage } from './IncidentsPage';

const OVER = sampleIncident({
  incidentId: 'id-2',
  reference: 'INC-2',
  title: 'Old trouble',
  severity: 'SEV-3',
  status: 'closed',
  open: false,
  headline: 'Closed',
});

function apiWith(...incidents: ReturnType<typeof sampleIncident>[]) {
  const api = new FakeIncidentsApi();
  api.incidents = incidents;
  return api;
}

const region = (name: string) => screen.findByRole('region', { name });

describe('the list of incidents', () => {
  it('has the open ones first, then those that are over', async () => {
    renderPage(<IncidentsPage />, { api: apiWith(OVER, sampleIncident()) });
    expect(
      await within(await region('Open')).findByRole('link', {
        name: 'INC-12 Payments fail',
      }),
    ).toHaveAttribute('href', '/incidents/INC-12');
    expect(
      await within(await region('Over')).findByRole('link', {
        name: 'INC-2 Old trouble',
      }),
    ).toBeInTheDocument();
    const links = screen
      .getAllByRole('link', { name: /^INC-/ })
      .map(link => link.textContent);
    expect(links).toEqual(['INC-12 Payments fail', 'INC-2 Old trouble']);
  });

  it('takes its filters from the address and asks only for what they allow', async () => {
    const { api } = renderPage(<IncidentsPage />, {
      api: apiWith(OVER, sampleIncident()),
      at: '/?status=closed&severity=SEV-3&entity=component:default/payments-api&owner=group:default/payments&q=Old',
    });
    expect(
      await screen.findByRole('link', { name: 'INC-2 Old trouble' }),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Open' }),
    ).not.toBeInTheDocument();
    expect(api.lists).toEqual([
      {
        status: ['closed'],
        severity: ['SEV-3'],
        entityRef: 'component:default/payments-api',
        owner: ['group:default/payments'],
        q: 'Old',
        limit: 25,
        cursor: undefined,
      },
    ]);
  });

  it('writes what is typed into the address, and clears it', async () => {
    renderPage(<IncidentsPage />, { api: apiWith(sampleIncident()) });
    await userEvent.type(
      await screen.findByLabelText('Title or reference'),
      'refund',
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent('/?q=refund'),
    );
    expect(
      (await screen.findAllByText('No incident matches'))[0],
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(
      await screen.findByRole('link', { name: 'INC-12 Payments fail' }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('address').textContent).toBe('/');
  });

  it('offers proposed ones to be confirmed or declined', async () => {
    const { api } = renderPage(<IncidentsPage />, {
      api: apiWith(sampleProposed()),
    });
    const strip = await region('Proposed by alerts');
    await userEvent.click(
      await within(strip).findByRole('button', { name: 'Decline INC-13' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), 'A test');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Decline' }),
    );
    await waitFor(() =>
      expect(api.commands.map(one => one.command)).toEqual([
        { type: 'decline', reason: 'A test' },
      ]),
    );
  });

  it('shows no strip when nothing is proposed, and says what to do first', async () => {
    renderPage(<IncidentsPage />, { api: apiWith() });
    expect(await screen.findByText('No incident is open')).toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: 'Proposed by alerts' }),
    ).not.toBeInTheDocument();
  });

  it('follows a signal', async () => {
    const { api, signals } = renderPage(<IncidentsPage />, { api: apiWith() });
    await screen.findByText('No incident is open');
    api.incidents = [sampleIncident()];
    act(() => signals.publish('incidents:incidents', { incidentId: 'id-12' }));
    expect(
      await screen.findByRole('link', { name: 'INC-12 Payments fail' }),
    ).toBeInTheDocument();
  });

  it('is honest about small numbers', async () => {
    const api = apiWith();
    api.metrics = sampleMetrics({
      n: 12,
      timeToCommander: { n: 3, coverage: 0.25, median: 240, p90: 900 },
      timeToResolve: { n: 12, coverage: 1, median: 3_600, p90: 7_200 },
      duties: { kept: 9, late: 2 },
    });
    renderPage(<IncidentsPage />, { api });
    const times = await region('Median times, last 90 days');
    expect(await within(times).findByText('4 min')).toBeInTheDocument();
    expect(within(times).getByText('n = 3, too few to compare')).toBeVisible();
    expect(within(times).getByText('1 h')).toBeVisible();
    expect(within(times).getByText('n = 12, p90 2 h')).toBeVisible();
    expect(within(times).getByText('9 of 11')).toBeVisible();
    expect(within(times).getAllByText('n = 0')).toHaveLength(2);
    expect(within(times).queryByText(/15 min/)).not.toBeInTheDocument();
  });

  it('says so when it may not be seen, and tries again when told to', async () => {
    const api = apiWith(sampleIncident());
    jest
      .spyOn(api, 'listIncidents')
      .mockRejectedValue(refusal(403, { message: 'You lack incident.read' }));
    renderPage(<IncidentsPage />, { api });
    expect(
      (await screen.findAllByText('You lack incident.read'))[0],
    ).toBeInTheDocument();
  });

  it('has no accessibility problems', async () => {
    const { container } = renderPage(<IncidentsPage />, {
      api: apiWith(sampleProposed(), sampleIncident(), OVER),
    });
    await screen.findByRole('button', { name: 'Confirm INC-13' });
    await screen.findByRole('link', { name: 'INC-2 Old trouble' });
    expect(await axe(container)).toHaveNoViolations();
  });
});
