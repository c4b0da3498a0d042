import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeIncidentsApi,
  PAYMENTS,
  renderPage,
  sampleIncident,
  sampleSummary,
} from '../../__testUtils__';
import { OwnIncidentsWidget } from '../OwnIncidentsWidget';
import { EntityIncidents, EntityIncidentsCard } from './EntityIncidents';

const ELSEWHERE = sampleIncident({
  ...sampleSummary(),
  incidentId: 'id-3',
  reference: 'INC-3',
  title: 'Not here',
  entityRefs: ['component:default/orders-api'],
  owners: ['group:default/storefront'],
});

function apiWith(...incidents: ReturnType<typeof sampleIncident>[]) {
  const api = new FakeIncidentsApi();
  api.incidents = incidents;
  return api;
}

describe('incidents on the page of an entity', () => {
  it('shows those of the entity only, as a card with a way to declare', async () => {
    const { container } = renderPage(<EntityIncidentsCard />, {
      api: apiWith(sampleIncident(), ELSEWHERE),
      entity: PAYMENTS,
    });
    expect(
      await screen.findByRole('link', { name: 'INC-12 Payments fail' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Not here/)).not.toBeInTheDocument();
    await screen.findByText('SEV-1 Critical');
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.click(
      screen.getByRole('button', { name: 'Declare an incident' }),
    );
    expect(
      within(await screen.findByRole('dialog')).getByLabelText(/^Title/),
    ).toHaveValue('Trouble with Payments API');
  });

  it('says that nothing is open, and leads to all', async () => {
    renderPage(<EntityIncidentsCard />, {
      api: apiWith(ELSEWHERE),
      entity: PAYMENTS,
    });
    expect(
      await screen.findByText('No incident is open here.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'All incidents here' }),
    ).toHaveAttribute(
      'href',
      '/incidents?entity=component%3Adefault%2Fpayments-api',
    );
  });

  it('is a tab with those that are over', async () => {
    renderPage(<EntityIncidents />, {
      api: apiWith(
        sampleIncident(),
        sampleIncident({
          incidentId: 'id-1',
          reference: 'INC-1',
          title: 'Before',
          status: 'closed',
          open: false,
        }),
      ),
      entity: PAYMENTS,
    });
    expect(
      within(await screen.findByRole('region', { name: 'Over' })).queryByText(
        /Payments fail/,
      ),
    ).not.toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'INC-1 Before' }),
    ).toBeInTheDocument();
  });
});

describe('the home widget', () => {
  it('asks for what the reader and their groups own', async () => {
    const { api, container } = renderPage(<OwnIncidentsWidget />, {
      api: apiWith(sampleIncident(), ELSEWHERE),
    });
    expect(
      await screen.findByRole('link', { name: 'INC-12 Payments fail' }),
    ).toBeInTheDocument();
    expect(screen.queryByText(/Not here/)).not.toBeInTheDocument();
    expect(api.lists).toEqual([
      {
        owner: ['user:default/ana.duarte', 'group:default/payments'],
        open: true,
        limit: 6,
        cursor: undefined,
      },
    ]);
    await screen.findByText('SEV-1 Critical');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('is glad when there is none, and still lets one declare', async () => {
    renderPage(<OwnIncidentsWidget />, { api: apiWith(ELSEWHERE) });
    expect(
      await screen.findByText('No incident is open on what you own'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Declare an incident' }),
    ).toBeInTheDocument();
  });
});
