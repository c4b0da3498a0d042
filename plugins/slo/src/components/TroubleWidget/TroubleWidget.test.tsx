import { screen } from '@testing-library/react';
import {
  axe,
  FakeSloApi,
  refusal,
  renderPage,
  sampleSlo,
} from '../../__testUtils__';
import { TroubleWidget } from './TroubleWidget';

function slo(title: string, status: 'exhausted' | 'caution', owner: string) {
  return sampleSlo({ ref: `slo:default/${title}`, title, status, owner });
}

const healthy = (index: number) =>
  sampleSlo({ ref: `slo:default/h${index}`, status: 'healthy' });

function titles(): (string | null)[] {
  return screen
    .getAllByRole('listitem')
    .map(item => item.querySelector('a')?.textContent ?? null);
}

describe('TroubleWidget', () => {
  it('shows budgets in trouble, own ones first, each once', async () => {
    const api = new FakeSloApi();
    api.slos = [
      slo('other-spent', 'exhausted', 'group:default/data'),
      slo('own-spent', 'exhausted', 'group:default/payments'),
      slo('other-low', 'caution', 'group:default/data'),
      slo('own-low', 'caution', 'user:default/ana.duarte'),
      healthy(1),
    ];
    const { container } = renderPage(<TroubleWidget />, { api });
    await screen.findByText('own-spent');
    expect(titles()).toEqual([
      'own-spent',
      'own-low',
      'other-spent',
      'other-low',
    ]);
    expect(screen.getAllByText('Yours')).toHaveLength(2);
    expect(screen.getByRole('link', { name: 'All SLOs' })).toHaveAttribute(
      'href',
      '/slos',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows those of others to somebody who owns nothing', async () => {
    const api = new FakeSloApi();
    api.slos = [slo('other-spent', 'exhausted', 'group:default/data')];
    renderPage(<TroubleWidget />, { api, ownershipEntityRefs: [] });
    expect(await screen.findByText('other-spent')).toBeInTheDocument();
    expect(screen.queryByText('Yours')).not.toBeInTheDocument();
  });

  it('says that all is fine only when all is known', async () => {
    const api = new FakeSloApi();
    api.slos = [healthy(1), healthy(2)];
    const { container, unmount } = renderPage(<TroubleWidget />, { api });
    expect(await screen.findByText('All budgets are fine')).toBeInTheDocument();
    expect(screen.getByText('2 SLOs are healthy.')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    unmount();

    const doubtful = new FakeSloApi();
    doubtful.slos = [
      healthy(1),
      sampleSlo({ ref: 'slo:default/u', status: 'unknown' }),
      sampleSlo({ ref: 'slo:default/n', status: 'no-data' }),
    ];
    renderPage(<TroubleWidget />, { api: doubtful });
    expect(
      await screen.findByText('No budget is in trouble'),
    ).toBeInTheDocument();
    expect(screen.queryByText(/are fine/)).not.toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: '2 SLOs have no current figures.' }),
    ).toHaveAttribute('href', '/slos?status=unknown&status=no-data');
  });

  it('says that there are none, and when that could not be found out', async () => {
    const none = new FakeSloApi();
    none.slos = [];
    const { unmount } = renderPage(<TroubleWidget />, { api: none });
    expect(await screen.findByText('No SLOs yet')).toBeInTheDocument();
    unmount();

    const broken = new FakeSloApi();
    jest
      .spyOn(broken, 'listSlos')
      .mockRejectedValue(refusal(500, { message: 'The database is away' }));
    renderPage(<TroubleWidget />, { api: broken });
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
  });
});
