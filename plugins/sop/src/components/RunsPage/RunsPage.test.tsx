import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSopApi,
  refusal,
  renderPage,
  sampleSummary,
} from '../../__testUtils__';
import { RunsPage } from './RunsPage';

describe('RunsPage', () => {
  it('lists runs with where they stand, without accessibility violations', async () => {
    const { container } = renderPage(<RunsPage />);
    expect(
      await screen.findByRole('link', { name: /DATA-31/ }),
    ).toHaveAttribute('href', '/sops/runs/run-1');
    expect(
      screen.getByText(/Waiting for developers or data ops to do/),
    ).toBeInTheDocument();
    expect(screen.getByRole('table', { name: /Runs/ })).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('reads its filters from the URL and ignores statuses that do not exist', async () => {
    const api = new FakeSopApi();
    const list = jest.spyOn(api, 'listRuns');
    renderPage(<RunsPage />, {
      api,
      at: '/?status=held&status=nonsense&sop=sop:default/data-change',
    });
    await screen.findByRole('link', { name: /DATA-31/ });
    expect(list).toHaveBeenCalledWith({
      status: ['held'],
      sopRef: 'sop:default/data-change',
      targetRef: undefined,
      initiator: undefined,
      limit: 25,
      cursor: undefined,
    });
  });

  it('writes a chosen status to the URL', async () => {
    renderPage(<RunsPage />);
    await userEvent.click(
      await screen.findByRole('combobox', { name: /Status/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'On hold' }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent('status=held');
  });

  it('loads the next page on request', async () => {
    const api = new FakeSopApi();
    jest.spyOn(api, 'listRuns').mockImplementation(async (...args) => {
      const [request] = args as [{ cursor?: string }?];
      return request?.cursor
        ? { items: [sampleSummary({ runId: 'run-2', title: 'Second' })] }
        : { items: [sampleSummary()], nextCursor: 'more' };
    });
    renderPage(<RunsPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Load more' }),
    );
    expect(await screen.findByRole('link', { name: 'Second' })).toBeVisible();
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Load more' }),
      ).not.toBeInTheDocument(),
    );
  });

  it('tells where to start when there are no runs, and says when it is not permitted', async () => {
    const api = new FakeSopApi();
    api.runs = [];
    const { unmount } = renderPage(<RunsPage />, { api });
    expect(await screen.findByText('No runs yet')).toBeInTheDocument();
    unmount();

    const denied = new FakeSopApi();
    jest
      .spyOn(denied, 'listRuns')
      .mockRejectedValue(refusal(403, { message: 'You lack sop.run.read.' }));
    renderPage(<RunsPage />, { api: denied });
    expect(await screen.findByText('You lack sop.run.read.')).toBeVisible();
  });
});
