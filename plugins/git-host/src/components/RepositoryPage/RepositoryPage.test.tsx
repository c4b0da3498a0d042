import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  FakeGitHostApi,
  file,
  refusal,
  repository,
} from '../../__testUtils__/FakeGitHostApi';
import { axe, renderPage } from '../../__testUtils__/renderPage';

const PAGE = '/hollowbrook/checkout';

describe('RepositoryPage', () => {
  it('shows the files, the readme, the commits and how to clone, accessibly', async () => {
    const { container } = renderPage(PAGE);
    expect(
      await screen.findByRole('heading', { name: 'hollowbrook/checkout' }),
    ).toBeVisible();
    const table = await screen.findByRole('table', { name: 'Files' });
    expect(
      within(table)
        .getAllByRole('link')
        .map(link => link.textContent),
    ).toEqual(['src', 'README.md', 'catalog-info.yaml']);
    expect(
      await screen.findByRole('heading', { name: 'Read this' }),
    ).toBeVisible();
    expect(screen.getByRole('region', { name: 'Clone' })).toHaveTextContent(
      'git clone http://portal.example/api/git-host/hollowbrook/checkout.git',
    );
    const commits = screen.getByRole('region', { name: 'Last commits' });
    expect(
      (await within(commits).findAllByRole('listitem')).map(
        item => item.querySelector('p')!.textContent,
      ),
    ).toEqual(['Second', 'First']);
    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/catalog/default/component/checkout');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('goes down to a file and back up, with the place in the address', async () => {
    renderPage(PAGE);
    await userEvent.click(await screen.findByRole('link', { name: 'src' }));
    await userEvent.click(
      await screen.findByRole('link', { name: 'index.ts' }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      '/repositories/hollowbrook/checkout?branch=main&path=src%2Findex.ts',
    );
    const content = await screen.findByRole('region', {
      name: 'Content of src/index.ts',
    });
    const [numbers, text] = content.querySelectorAll('pre');
    expect(numbers.textContent).toBe('1\n2');
    expect(text.textContent).toBe('one\ntwo');
    expect(screen.getByText('2 lines')).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Last commits of src/index.ts' }),
    ).toBeVisible();
    const trail = screen.getByRole('navigation', {
      name: 'Path in the repository',
    });
    await userEvent.click(within(trail).getByRole('link', { name: 'src' }));
    expect(
      await screen.findByRole('table', { name: 'Files in src' }),
    ).toBeVisible();
  });

  it('changes the branch and keeps the path', async () => {
    renderPage(PAGE);
    await userEvent.click(
      await screen.findByRole('combobox', { name: /Branch/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'feature/deep' }),
    );
    expect(
      await screen.findByRole('link', { name: 'only-here.txt' }),
    ).toBeVisible();
    expect(screen.getByTestId('address')).toHaveTextContent(
      'branch=feature%2Fdeep',
    );
  });

  it('says what a file is when it is not shown', async () => {
    const { unmount } = renderPage(`${PAGE}?path=logo.png`);
    expect(await screen.findByText('This file is not text.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open as it is' })).toBeVisible();
    unmount();
    renderPage(`${PAGE}?path=blank.txt`);
    expect(await screen.findByText('This file is empty.')).toBeVisible();
  });

  it('cuts a file of very many lines and says so', async () => {
    const api = new FakeGitHostApi();
    api.trees.main['long.txt'] = file('long.txt', 'x\n'.repeat(5_001));
    renderPage(`${PAGE}?path=long.txt`, api);
    expect(
      await screen.findByText('The first 5000 of 5001 lines are shown.'),
    ).toBeVisible();
  });

  it('shows no HTML that stands in a readme', async () => {
    const api = new FakeGitHostApi();
    api.trees.main['README.md'] = file(
      'README.md',
      '# Title\n\n<img src="x" onerror="window.hit = true" alt="bad">\n\n<script>window.hit = true</script>',
    );
    const { container } = renderPage(PAGE, api);
    expect(await screen.findByRole('heading', { name: 'Title' })).toBeVisible();
    expect(container.querySelector('[onerror], script')).toBeNull();
  });

  it('tells how to begin in an empty repository', async () => {
    const api = new FakeGitHostApi();
    api.repositories = [
      repository('checkout', { empty: true, latest_commit: undefined }),
    ];
    renderPage(PAGE, api);
    expect(await screen.findByText('Nothing was pushed yet')).toBeVisible();
    expect(screen.getByText(/git push .* HEAD:main/)).toBeVisible();
  });

  it('says what is not there, and what is not permitted', async () => {
    const { unmount } = renderPage('/hollowbrook/missing');
    expect(
      await screen.findByText('There is no repository hollowbrook/missing'),
    ).toBeVisible();
    unmount();

    const second = renderPage(`${PAGE}?path=gone.md`);
    expect(await screen.findByText('Nothing is at gone.md')).toBeVisible();
    second.unmount();

    const api = new FakeGitHostApi();
    jest
      .spyOn(api, 'getRepository')
      .mockRejectedValue(refusal(403, 'git-host.repository.read is denied'));
    renderPage(PAGE, api);
    expect(
      await screen.findByText('git-host.repository.read is denied'),
    ).toBeVisible();
  });
});
