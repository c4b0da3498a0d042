import { screen } from '@testing-library/react';
import {
  axe,
  FakeSopApi,
  minutesFromNow,
  refusal,
  renderPage,
  sampleSummary,
  sampleTask,
} from '../../__testUtils__';
import { RunsWidget } from '../RunsWidget';
import { WaitingWidget } from './WaitingWidget';

describe('home widgets', () => {
  it('shows what waits, nearest deadline first, each task once', async () => {
    const api = new FakeSopApi();
    const late = sampleTask({
      stepId: 'late',
      asked: 'Later?',
      dueAt: minutesFromNow(90),
    });
    const never = sampleTask({
      stepId: 'never',
      asked: 'Whenever?',
      dueAt: undefined,
    });
    api.tasks.me = [never, late];
    api.tasks.groups = [late, sampleTask({ asked: 'Now?' })];
    const { container } = renderPage(<WaitingWidget />, { api });
    await screen.findByText('Now?');
    expect(
      screen.getAllByText(/\?$/).map(element => element.textContent),
    ).toEqual(['Now?', 'Later?', 'Whenever?']);
    expect(screen.getByRole('link', { name: 'Now?' })).toHaveAttribute(
      'href',
      '/sops/runs/run-1?step=review',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that nothing waits', async () => {
    const api = new FakeSopApi();
    api.tasks.me = [];
    renderPage(<WaitingWidget />, { api });
    expect(
      await screen.findByText('Nothing waits for you.'),
    ).toBeInTheDocument();
  });

  it('shows runs in progress, the own ones first', async () => {
    const api = new FakeSopApi();
    api.runs = [
      sampleSummary({ title: 'Somebody else', initiator: 'user:default/x' }),
      sampleSummary({ runId: 'run-2', title: 'My own' }),
    ];
    const { container } = renderPage(<RunsWidget />, {
      api,
      userEntityRef: 'user:default/ana.duarte',
    });
    await screen.findByText('Started by you');
    expect(
      screen
        .getAllByRole('link', { name: /My own|Somebody else/ })
        .map(link => link.textContent),
    ).toEqual(['My own', 'Somebody else']);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that nothing runs, and when that could not be found out', async () => {
    const api = new FakeSopApi();
    api.runs = [];
    const { unmount } = renderPage(<RunsWidget />, { api });
    expect(
      await screen.findByText('No procedure is running.'),
    ).toBeInTheDocument();
    unmount();
    const broken = new FakeSopApi();
    jest
      .spyOn(broken, 'listRuns')
      .mockRejectedValue(refusal(500, { message: 'The database is away' }));
    renderPage(<RunsWidget />, { api: broken });
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
  });
});
