import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeGitHostApi,
  refusal,
  repository,
} from '../../__testUtils__/FakeGitHostApi';
import { axe, renderPage } from '../../__testUtils__/renderPage';

describe('RepositoriesPage', () => {
  it('lists repositories with their last commit and component, accessibly', async () => {
    const api = new FakeGitHostApi();
    api.repositories.push(
      repository('orphan', {
        private: true,
        empty: true,
        latest_commit: undefined,
        size: 2048,
      }),
    );
    const { container } = renderPage('', api);
    const link = await screen.findByRole('link', {
      name: 'hollowbrook/checkout',
    });
    expect(link).toHaveAttribute('href', '/repositories/hollowbrook/checkout');
    expect(screen.getByText('2 repositories')).toBeVisible();
    const [, first, second] = screen.getAllByRole('row');
    expect(
      within(first).getByText(/Create from the golden path/),
    ).toBeVisible();
    expect(
      await within(first).findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(within(second).getByText('Empty')).toBeVisible();
    expect(within(second).getByText('Private')).toBeVisible();
    expect(within(second).getByText('2 MB')).toBeVisible();
    expect(within(second).queryAllByRole('link')).toHaveLength(1);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('keeps the search in the address', async () => {
    renderPage();
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Search repositories' }),
      'nothing',
    );
    expect(await screen.findByText('No repository matches')).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/repositories?q=nothing',
    );
  });

  it('tells where repositories come from when there are none', async () => {
    const api = new FakeGitHostApi();
    api.repositories = [];
    renderPage('', api);
    expect(await screen.findByText('No repositories yet')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Create from a template' }),
    ).toHaveAttribute('href', '/create');
  });

  it('says why when it is not permitted, and offers another try after a failure', async () => {
    const api = new FakeGitHostApi();
    const list = jest
      .spyOn(api, 'listRepositories')
      .mockRejectedValue(refusal(403, 'git-host.repository.read is denied'));
    const { unmount } = renderPage('', api);
    expect(
      await screen.findByText('git-host.repository.read is denied'),
    ).toBeVisible();
    unmount();

    const failing = new FakeGitHostApi();
    list.mockRestore();
    jest
      .spyOn(failing, 'listRepositories')
      .mockRejectedValueOnce(refusal(503, 'git could not be run'));
    renderPage('', failing);
    expect(await screen.findByText('git could not be run')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /again/i }));
    expect(
      await screen.findByRole('link', { name: 'hollowbrook/checkout' }),
    ).toBeVisible();
  });
});
