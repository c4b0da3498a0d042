import { screen, within } from '@testing-library/react';
import {
  axe,
  FakeSloApi,
  refusal,
  renderPage,
  SAMPLE_COMPONENT,
  SAMPLE_DOCUMENT,
  sampleSlo,
} from '../../__testUtils__';
import { EntitySloCard } from '../EntitySloCard';
import { SloBudget, SloBudgetCard } from '../SloBudget';
import { EntitySlos } from './EntitySlos';

const entity = SAMPLE_COMPONENT;

function elsewhere(): FakeSloApi {
  const api = new FakeSloApi();
  api.slos = [sampleSlo({ entityRef: 'component:default/other' })];
  return api;
}

describe('SLOs of an entity', () => {
  it('shows those of the entity with a sentence each', async () => {
    const { container } = renderPage(<EntitySlos />, { entity });
    const table = await screen.findByRole('table');
    expect(
      within(table).getByRole('link', { name: 'Payments availability' }),
    ).toHaveAttribute('href', '/slos/default/payments-availability');
    expect(table).toHaveTextContent('Where Payments availability stands.');
    expect(table).not.toHaveTextContent('Measures');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says how to write the first, for this entity', async () => {
    const { container } = renderPage(<EntitySlos />, {
      entity,
      api: elsewhere(),
    });
    expect(
      await screen.findByText('Nothing is promised here yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'Example of an OpenSLO document' }),
    ).toHaveTextContent(
      'handrail.dev/component: component:default/payments-api',
    );
    expect(
      screen.getByRole('link', { name: 'Register an SLO' }),
    ).toHaveAttribute('href', '/catalog-import');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('has a card with the budgets, worst first as the back end says, and the rest counted', async () => {
    const api = new FakeSloApi();
    api.slos = Array.from({ length: 6 }, (_, index) =>
      sampleSlo({ ref: `slo:default/s${index}`, title: `Number ${index}` }),
    );
    const { container } = renderPage(<EntitySloCard />, { entity, api });
    expect(await screen.findByText('Number 0')).toBeInTheDocument();
    expect(
      screen.getAllByRole('img', { name: '74 % of the budget left' }),
    ).toHaveLength(4);
    expect(screen.getByText('2 more')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why the card cannot be shown', async () => {
    const api = new FakeSloApi();
    jest
      .spyOn(api, 'listSlos')
      .mockRejectedValue(refusal(403, { message: 'You lack slo.read.' }));
    renderPage(<EntitySloCard />, { entity, api });
    expect(await screen.findByText('You lack slo.read.')).toBeVisible();
  });
});

describe('an SLO in the catalog', () => {
  it('has everything on a tab, below a heading of the second level', async () => {
    renderPage(<SloBudget />, { entity: SAMPLE_DOCUMENT });
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'Payments availability',
      }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('img', { name: /began at 100 %/ }),
    ).toBeInTheDocument();
  });

  it('has a card that leads to its page', async () => {
    const { container } = renderPage(<SloBudgetCard />, {
      entity: SAMPLE_DOCUMENT,
    });
    expect(await screen.findByText('74 %')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open the SLO' })).toHaveAttribute(
      'href',
      '/slos/default/payments-availability',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says when the back end does not know it', async () => {
    const api = new FakeSloApi();
    api.slos = [];
    renderPage(<SloBudgetCard />, { entity: SAMPLE_DOCUMENT, api });
    expect(
      await screen.findByText('There is no SLO default/payments-availability'),
    ).toBeInTheDocument();
  });
});
