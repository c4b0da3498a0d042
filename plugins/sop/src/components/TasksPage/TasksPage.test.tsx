import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSopApi,
  minutesFromNow,
  refusal,
  renderPage,
  sampleTask,
} from '../../__testUtils__';
import { TasksPage } from './TasksPage';

describe('TasksPage', () => {
  it('says what is asked, on what, by whom and until when, without accessibility violations', async () => {
    const { container } = renderPage(<TasksPage />, { at: '/tasks' });
    const row = (
      await screen.findByRole('link', {
        name: 'May this script run on production?',
      })
    ).closest('li') as HTMLElement;
    expect(within(row).getByText(/DATA-31/)).toBeInTheDocument();
    expect(within(row).getByText('payments-api')).toBeInTheDocument();
    expect(within(row).getByText('ana.duarte')).toBeInTheDocument();
    expect(within(row).getByText(/^in 17:\d\d min$/)).toBeInTheDocument();
    expect(
      await screen.findByRole('tab', { name: 'Waiting for me (1)' }),
    ).toHaveAttribute('aria-selected', 'true');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('approves in two clicks and a reason', async () => {
    const { api } = renderPage(<TasksPage />);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Approve/ }),
    );
    expect(screen.getByLabelText(/Why do you approve/)).toHaveFocus();
    await userEvent.keyboard('Counts fit');
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(await screen.findByText('You approved.')).toHaveFocus();
    expect(api.commands).toHaveLength(1);
    expect(api.commands[0].command).toEqual({
      type: 'vote',
      decision: 'approve',
      reason: 'Counts fit',
      stepId: 'review',
      taskVersion: 9,
    });
  });

  it('confirms by keyboard and gives up with Escape', async () => {
    const { api } = renderPage(<TasksPage />);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Reject/ }),
    );
    await userEvent.keyboard('{Escape}');
    const reject = screen.getByRole('button', { name: /^Reject/ });
    await userEvent.click(reject);
    await userEvent.keyboard('No index{Control>}{Enter}{/Control}');
    await screen.findByText('You rejected.');
    expect(api.commands[0].command).toMatchObject({
      decision: 'reject',
      reason: 'No index',
    });
  });

  it('does not send a vote that lacks its reason', async () => {
    const { api } = renderPage(<TasksPage />);
    await userEvent.click(
      await screen.findByRole('button', { name: /^Approve/ }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(screen.getByText(/Say why/)).toBeInTheDocument();
    expect(api.commands).toHaveLength(0);
  });

  it('keeps the reason when the task has changed meanwhile, and says how', async () => {
    const api = new FakeSopApi();
    jest.spyOn(api, 'executeCommand').mockRejectedValue(
      refusal(409, {
        message: 'changed',
        changes: [
          {
            seq: 10,
            at: minutesFromNow(-1),
            type: 'vote.cast',
            actor: 'user:default/sam.adeyemi',
            text: 'rejected “Peer review”',
          },
        ],
      }),
    );
    renderPage(<TasksPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Approve/ }),
    );
    await userEvent.keyboard('Counts fit');
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    expect(
      await screen.findByText(/rejected “Peer review”/),
    ).toBeInTheDocument();
    expect(screen.getByLabelText(/Why do you approve/)).toHaveValue(
      'Counts fit',
    );
  });

  it('accepts a handoff without a reason', async () => {
    const api = new FakeSopApi();
    api.tasks.me = [sampleTask({ stepType: 'handoff', asked: 'Take over?' })];
    renderPage(<TasksPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Accept/ }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Accept' }));
    await screen.findByText('You accepted.');
    expect(api.commands[0].command).toMatchObject({ type: 'accept' });
  });

  it('leads to the run when a task asks for evidence', async () => {
    const api = new FakeSopApi();
    api.tasks.me = [sampleTask({ stepType: 'manual', hasEvidence: true })];
    renderPage(<TasksPage />, { api });
    expect(await screen.findByRole('link', { name: /^Open/ })).toHaveAttribute(
      'href',
      '/sops/runs/run-1?step=review',
    );
    expect(
      screen.queryByRole('button', { name: /Approve/ }),
    ).not.toBeInTheDocument();
  });

  it('says why a task may not be decided; the button stays reachable', async () => {
    const api = new FakeSopApi();
    api.tasks.me = [
      sampleTask({
        act: { allowed: false, reason: 'You started this run.' },
      }),
    ];
    renderPage(<TasksPage />, { api });
    const button = await screen.findByRole('button', { name: /^Approve/ });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    expect(button).toHaveAccessibleDescription('You started this run.');
    await userEvent.click(button);
    expect(screen.queryByLabelText(/Why do you/)).not.toBeInTheDocument();
  });

  it('keeps the tab in the URL', async () => {
    renderPage(<TasksPage />, { at: '/tasks' });
    await userEvent.click(await screen.findByRole('tab', { name: 'Done' }));
    expect(screen.getByTestId('address')).toHaveTextContent('/tasks?tab=done');
    expect(
      await screen.findByText('You have not done a task yet'),
    ).toBeInTheDocument();
  });

  it('does not move what is under the pointer when tasks arrive', async () => {
    const { api, signals } = renderPage(<TasksPage />);
    await userEvent.hover(
      await screen.findByRole('link', { name: /May this script run/ }),
    );
    api.tasks.me = [
      sampleTask({ stepId: 'other', asked: 'Something new?' }),
      ...api.tasks.me,
    ];
    act(() => signals.publish('sop:tasks', {}));
    expect(await screen.findByText('1 new task')).toBeInTheDocument();
    expect(screen.queryByText('Something new?')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByText('Something new?')).toBeInTheDocument();
  });

  it('sends the reader to the tasks of the groups when nothing waits in person', async () => {
    const api = new FakeSopApi();
    api.tasks.me = [];
    api.tasks.groups = [sampleTask()];
    const { container } = renderPage(<TasksPage />, { api });
    expect(
      await screen.findByText('Nothing waits for you'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'See the tasks of my groups' }),
    ).toHaveAttribute('href', '/tasks?tab=groups');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('offers another try when the tasks could not be loaded', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'listTasks')
      .mockRejectedValueOnce(refusal(500, { message: 'The database is away' }));
    renderPage(<TasksPage />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    await waitFor(() =>
      expect(screen.getByText(/May this script run/)).toBeInTheDocument(),
    );
  });
});
