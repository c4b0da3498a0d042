import type { GateDecision } from '@handrail/plugin-sop-common';
import { screen, within } from '@testing-library/react';
import {
  axe,
  FakeSopApi,
  refusal,
  renderPage,
  SAMPLE_COMPONENT,
} from '../../__testUtils__';
import { GateCard } from './GateCard';

const closed: GateDecision = {
  entityRef: 'component:default/payments-api',
  allowed: false,
  at: '2026-11-21T10:00:00Z',
  sentence: 'Payments API must not be changed now. INC-12 is open.',
  reasons: [
    {
      source: 'Incidents',
      code: 'incident-open',
      sentence: 'INC-12 (SEV-1) is open.',
      blocking: true,
      unblockers: ['user:default/grace.wambui'],
      href: '/incidents/12',
    },
    {
      source: 'Error budgets',
      code: 'budget',
      sentence: '61 % of the budget is left.',
      blocking: false,
      href: 'https://elsewhere.example.org',
    },
  ],
};

describe('GateCard', () => {
  const show = (api: FakeSopApi) =>
    renderPage(<GateCard />, { api, entity: SAMPLE_COMPONENT });

  it('says yes when nothing is against it', async () => {
    const { container } = show(new FakeSopApi());
    expect(
      await screen.findByText('Yes, it may be changed now'),
    ).toBeInTheDocument();
    expect(screen.getByText('Nothing is against it.')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says when it opens, or that nobody knows', async () => {
    const api = new FakeSopApi();
    api.gate = { ...closed, opensAt: '2099-01-01T00:00:00.000Z' };
    const first = show(api);
    expect(await screen.findByText(/It opens/)).toBeInTheDocument();
    first.unmount();
    const other = new FakeSopApi();
    other.gate = closed;
    show(other);
    expect(
      await screen.findByText('Nobody knows yet when it opens.'),
    ).toBeInTheDocument();
  });

  it('says no with each reason, who can end it and where there is more', async () => {
    const api = new FakeSopApi();
    api.gate = closed;
    const { container } = show(api);
    expect(
      await screen.findByText('No, it must not be changed now'),
    ).toBeInTheDocument();
    const [incident, budget] = screen.getAllByRole('listitem');
    expect(within(incident).getByText(/INC-12/)).toBeInTheDocument();
    expect(within(incident).getByTitle('Against it')).toBeInTheDocument();
    expect(
      within(incident).getByRole('link', { name: 'More about Incidents' }),
    ).toHaveAttribute('href', '/incidents/12');
    expect(within(incident).getByText(/grace/i)).toBeInTheDocument();
    expect(within(budget).getByTitle('Worth knowing')).toBeInTheDocument();
    // Addresses outside the portal are not offered.
    expect(within(budget).queryByRole('link')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why when it may not be asked', async () => {
    const api = new FakeSopApi();
    api.getGate = async () => {
      throw refusal(403, {
        name: 'NotAllowedError',
        message: 'You are not permitted to ask the change gate',
      });
    };
    show(api);
    expect(
      await screen.findByText('You are not permitted to ask the change gate'),
    ).toBeInTheDocument();
  });
});
