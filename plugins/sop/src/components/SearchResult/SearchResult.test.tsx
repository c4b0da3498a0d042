import { screen } from '@testing-library/react';
import { renderPage } from '../../__testUtils__';
import { SearchResult } from './SearchResult';

it('shows a run with where it stands', async () => {
  renderPage(
    <SearchResult
      result={
        {
          title: 'Rotate 1',
          text: '',
          location: '/sops/runs/run-1',
          status: 'running',
          targetRef: 'component:default/shop',
        } as never
      }
    />,
  );
  expect(await screen.findByRole('link', { name: 'Rotate 1' })).toHaveAttribute(
    'href',
    '/sops/runs/run-1',
  );
  expect(screen.getByText('Run of a procedure')).toBeInTheDocument();
});
