import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, renderPage, sampleProcedure } from '../../__testUtils__';
import { CataloguePage } from './CataloguePage';

const retired = {
  ...sampleProcedure({ lifecycle: 'retired', type: 'release' }),
  metadata: {
    name: 'old-release',
    namespace: 'default',
    title: 'SOP-000 Old release',
  },
};

describe('CataloguePage', () => {
  it('shows number, revision, purpose, owner and state, without accessibility violations', async () => {
    const { container } = renderPage(<CataloguePage />, { at: '/sops' });
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'SOP-004 Data change management',
      }),
    ).toBeInTheDocument();
    expect(screen.getByText('SOP-004 · Revision 1')).toBeInTheDocument();
    expect(
      screen.getByText(
        'How data in production is corrected, moved or deleted.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('group:data-ops')).toBeInTheDocument();
    expect(screen.getByText('Effective')).toBeInTheDocument();
    expect(screen.getByText('1 procedure')).toBeInTheDocument();
    expect(
      screen.getByRole('link', {
        name: 'Start SOP-004 Data change management',
      }),
    ).toHaveAttribute('href', '/sops/start?sop=sop%3Adefault%2Fdata-change');
    expect(screen.getByRole('link', { name: 'All runs' })).toHaveAttribute(
      'href',
      '/sops/runs',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('does not start what is retired, and says why', async () => {
    renderPage(<CataloguePage />, { entities: [retired] });
    const start = await screen.findByRole('button', {
      name: 'Start SOP-000 Old release',
    });
    expect(start).toHaveAccessibleDescription(/is retired/);
  });

  it('keeps filters in the URL and asks the catalog for them', async () => {
    renderPage(<CataloguePage />, {
      at: '/sops',
      entities: [sampleProcedure(), retired],
    });
    await screen.findByText('2 procedures');
    await userEvent.click(screen.getByRole('combobox', { name: /Lifecycle/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Retired' }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/sops?lifecycle=retired',
    );
    expect(await screen.findByText('1 procedure')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByText('2 procedures')).toBeInTheDocument();
  });

  it('searches what is typed', async () => {
    renderPage(<CataloguePage />, {
      at: '/sops',
      entities: [sampleProcedure(), retired],
    });
    await screen.findByText('2 procedures');
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Search procedures' }),
      'Old release',
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent('q=Old+release'),
    );
    expect(await screen.findByText('1 procedure')).toBeInTheDocument();
  });

  it('tells how to register the first procedure', async () => {
    const { container } = renderPage(<CataloguePage />, { entities: [] });
    expect(await screen.findByText('No procedures yet')).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'Register a procedure' })[0],
    ).toHaveAttribute('href', '/catalog-import');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says when a filter leaves nothing', async () => {
    renderPage(<CataloguePage />, { at: '/sops?type=nonsense' });
    expect(await screen.findByText('No procedure matches')).toBeInTheDocument();
  });
});
