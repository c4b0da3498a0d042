import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SopRouter } from '../SopRouter';
import {
  axe,
  FakeSopApi,
  minutesFromNow,
  refusal,
  renderPage,
  RenderPageOptions,
  sampleApproval,
  sampleRun,
  sampleStep,
} from '../../__testUtils__';

function show(options: RenderPageOptions = {}) {
  return renderPage(<SopRouter />, {
    at: '/sops/runs/run-1',
    mountPath: '/sops/*',
    ...options,
  });
}

function withRun(run: FakeSopApi['run']) {
  const api = new FakeSopApi();
  api.run = run;
  return api;
}

/** Fills in what is required; typing key by key is not what is tested. */
async function fillIn() {
  fireEvent.change(await screen.findByLabelText(/^Script/), {
    target: { value: 'BEGIN; COMMIT;' },
  });
  fireEvent.change(screen.getByLabelText(/^Rows/), { target: { value: '12' } });
  fireEvent.click(screen.getByLabelText(/The rollback was tried/));
}

describe('RunPage', () => {
  it('says where the run stands before anything else, and has no accessibility violation', async () => {
    const { container } = show();
    expect(
      await screen.findByRole('heading', { level: 1, name: /DATA-31/ }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/Waiting for developers or data ops to do/),
    ).toHaveAttribute('aria-live', 'polite');
    expect(screen.getByText('1 of 6')).toBeInTheDocument();
    expect(screen.getAllByText(/^in 17:\d\d min$/)).not.toHaveLength(0);
    expect(document.title).toBe(
      'DATA-31: Correct the currency of 12 rows | Portal',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('opens the step that waits for the reader, and keeps a chosen one in the URL', async () => {
    show();
    expect(
      await screen.findByRole('heading', {
        level: 2,
        name: 'Write the script',
      }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: /Peer review/ }));
    expect(
      screen.getByRole('heading', { level: 2, name: 'Peer review' }),
    ).toBeInTheDocument();
    expect(screen.getByTestId('address')).toHaveTextContent('step=review');
  });

  it('moves through the steps by keyboard', async () => {
    show();
    await screen.findByRole('heading', { level: 2, name: 'Write the script' });
    await userEvent.keyboard('k');
    expect(
      screen.getByRole('heading', { level: 2, name: 'Read the ticket' }),
    ).toBeInTheDocument();
    await userEvent.keyboard('?');
    expect(
      await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }),
    ).toBeInTheDocument();
  });

  it('checks evidence before it is sent and sends it typed, with the version seen', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Complete' }),
    );
    expect(api.commands).toHaveLength(0);
    expect(screen.getAllByText('Fill this in')).toHaveLength(2);
    expect(screen.getByText('Confirm this to go on')).toBeInTheDocument();

    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'complete',
      stepId: 'script',
      taskVersion: 5,
      evidence: { script: 'BEGIN; COMMIT;', rows: 12, tried: true },
      comment: undefined,
    });
    // The news is the next step, and the focus goes there.
    const next = await screen.findByRole('heading', {
      level: 2,
      name: 'Peer review',
    });
    await waitFor(() => expect(next).toHaveFocus());
  });

  it('shows what the back end refuses at its field and keeps what was typed', async () => {
    const api = new FakeSopApi();
    jest.spyOn(api, 'executeCommand').mockRejectedValue(
      refusal(400, {
        name: 'InputError',
        message: 'not acceptable',
        problems: [{ path: 'evidence.rows', message: 'Must be 14' }],
      }),
    );
    show({ api });
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    expect(await screen.findByText('Must be 14')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Script/)).toHaveValue('BEGIN; COMMIT;');
  });

  it('says that evidence is too large and keeps it', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'executeCommand')
      .mockRejectedValue(
        refusal(413, { name: 'Error', message: 'request entity too large' }),
      );
    show({ api });
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    expect(
      await screen.findByText(/What you sent is too large/),
    ).toBeInTheDocument();
    expect(screen.getByLabelText(/^Script/)).toHaveValue('BEGIN; COMMIT;');
  });

  it('on a conflict tells what happened, reloads, and keeps what was typed', async () => {
    const api = new FakeSopApi();
    jest.spyOn(api, 'executeCommand').mockImplementation(async () => {
      const run = sampleRun({ version: 8, headline: 'Ben has claimed it' });
      api.run = {
        ...run,
        steps: run.steps.map(step =>
          step.id === 'script' ? { ...step, version: 8 } : step,
        ),
      };
      throw refusal(409, {
        name: 'ConflictError',
        message: 'changed',
        changes: [
          {
            seq: 8,
            at: minutesFromNow(-1),
            type: 'task.claimed',
            actor: 'user:default/ben.harris',
            text: 'claimed “Write the script”',
          },
        ],
      });
    });
    show({ api });
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    const alert = (
      await screen.findByText('This step changed while you were here')
    ).closest('[role="alert"]') as HTMLElement;
    expect(within(alert).getByText(/ben\.harris/)).toBeInTheDocument();
    expect(alert).toHaveTextContent('claimed “Write the script”');
    await waitFor(() => expect(alert).toHaveFocus());
    expect(await screen.findByText('Ben has claimed it')).toBeInTheDocument();
    expect(screen.getByLabelText(/^Script/)).toHaveValue('BEGIN; COMMIT;');
  });

  it('sends the same command again under the same id after a lost answer', async () => {
    const api = new FakeSopApi();
    const execute = jest
      .spyOn(api, 'executeCommand')
      .mockRejectedValueOnce(refusal(503, { message: 'down' }));
    show({ api });
    await fillIn();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    expect(await screen.findByText('down')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Complete' }));
    await waitFor(() => expect(execute).toHaveBeenCalledTimes(2));
    expect(execute.mock.calls[1][1].commandId).toBe(
      execute.mock.calls[0][1].commandId,
    );
  });

  it('keeps a draft over a reload of the page', async () => {
    const first = show();
    await fillIn();
    first.unmount();
    show();
    expect(await screen.findByLabelText(/^Script/)).toHaveValue(
      'BEGIN; COMMIT;',
    );
  });

  it('says why the reader may not act, and offers no buttons', async () => {
    const { container } = show({
      api: withRun(
        sampleApproval({
          act: {
            allowed: false,
            reason:
              'You may not approve this: you started this run. Ask a DBA.',
          },
        }),
      ),
    });
    expect(
      await screen.findByText(/You may not approve this: you started this run/),
    ).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('lets who has not acknowledged the revision read it and say so right there', async () => {
    const run = sampleRun();
    const api = withRun({
      ...run,
      acknowledgement: {},
      steps: run.steps.map(step =>
        step.act?.allowed
          ? { ...step, act: { allowed: false, reason: 'Not acknowledged.' } }
          : step,
      ),
    });
    show({ api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Read and acknowledge' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(await within(dialog).findByRole('checkbox'));
    api.run = run;
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('button', { name: 'Read and acknowledge' }),
      ).not.toBeInTheDocument(),
    );
    expect(api.signed).toEqual([
      expect.objectContaining({ act: 'acknowledge', hash: run.revisionHash }),
    ]);
  });

  it('says that it is a rehearsal', async () => {
    show({ api: withRun({ ...sampleRun(), mode: 'rehearsal' }) });
    expect(await screen.findByText('Rehearsal')).toBeInTheDocument();
  });

  it('shows an approver the question, the evidence and what follows; a vote needs a reason', async () => {
    const { api, container } = show({ api: withRun(sampleApproval()) });
    expect(await screen.findByText(/May this script run on/)).toBeVisible();
    expect(screen.getByText('UPDATE entries;', { exact: false })).toBeVisible();
    expect(screen.getByText('12 rows')).toBeInTheDocument();
    expect(screen.getByText(/1 of 3 must approve/)).toBeInTheDocument();
    expect(
      screen.getByText('If approved, next: Watch and announce'),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();

    await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
    expect(api.commands).toHaveLength(0);
    expect(screen.getByText(/Say why/)).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: /Reason/ })).toHaveFocus();
    await userEvent.keyboard('No index on that column');
    await userEvent.click(screen.getByRole('button', { name: 'Reject' }));
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'vote',
      decision: 'reject',
      reason: 'No index on that column',
      stepId: 'review',
      taskVersion: 9,
    });
  });

  it('needs no reason to approve when the rule asks for one on rejection only', async () => {
    const { api } = show({
      api: withRun(sampleApproval({ reasonRule: 'on-reject' })),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toMatchObject({ decision: 'approve' });
  });

  it('takes over a handoff, and returns it only with a reason', async () => {
    const run = sampleRun();
    const { api } = show({
      api: withRun({
        ...run,
        steps: run.steps.map(step =>
          step.id === 'script'
            ? { ...step, type: 'handoff', question: 'Do you take over?' }
            : step,
        ),
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Return' }),
    );
    expect(screen.getByText(/Say why/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command.type).toBe('accept');
  });

  it('tells what failed and lets it be tried again', async () => {
    const { api } = show({
      api: withRun(
        sampleRun({
          status: 'held',
          steps: [
            sampleStep({
              id: 'monitor',
              type: 'check',
              name: 'The monitor is green',
              status: 'failed',
              version: 7,
              action: 'sop:http-get',
              output: { status: 503 },
              error: { name: 'ExpectationError', message: 'It answered 503' },
              retry: { allowed: true },
            }),
          ],
          permits: {
            cancel: { allowed: true },
            compensate: { allowed: true },
            fail: { allowed: false, reason: 'Only operations may give it up.' },
          },
        }),
      ),
    });
    expect(await screen.findByText('It answered 503')).toBeInTheDocument();
    expect(screen.getByText('sop:http-get')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Give up' }),
    ).toHaveAccessibleDescription('Only operations may give it up.');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'retry',
      stepId: 'monitor',
      taskVersion: 7,
    });
  });

  it('asks for a reason before it cancels the run', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel run' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Cancel this run?',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel run' }),
    );
    expect(within(dialog).getByText(/Say why/)).toBeInTheDocument();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'The ticket was withdrawn',
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /First undo/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel run' }),
    );
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'cancel',
      reason: 'The ticket was withdrawn',
      compensate: true,
    });
  });

  it('reports that a step cannot be done', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cannot be done' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'No access to the database',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Report' }),
    );
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toMatchObject({
      type: 'report-failure',
      reason: 'No access to the database',
    });
  });

  it('verifies the journal and marks the first bad event', async () => {
    const api = new FakeSopApi();
    jest.spyOn(api, 'verifyRun').mockResolvedValue({
      ok: false,
      events: 5,
      seq: 3,
      message: 'Event 3 is not what was written.',
      expected: 'aa11',
      found: 'bb22',
      checkedAt: minutesFromNow(0),
    });
    const { container } = show({ api, at: '/sops/runs/run-1?tab=journal' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify' }),
    );
    expect(
      await screen.findByText(/Event 3 is not what was written/),
    ).toBeInTheDocument();
    const marked = container.querySelectorAll('tr[aria-current="true"]');
    expect(marked).toHaveLength(1);
    expect(within(marked[0] as HTMLElement).getByText('3')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says so when the journal is intact', async () => {
    show({ at: '/sops/runs/run-1?tab=journal' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Verify' }),
    );
    expect(
      await screen.findByText(/All 5 events are as they were written/),
    ).toBeInTheDocument();
  });

  it('lists all evidence with who left it', async () => {
    show({ at: '/sops/runs/run-1?tab=evidence' });
    const table = await screen.findByRole('table', {
      name: 'All evidence of this run',
    });
    expect(
      within(table).getByRole('link', {
        name: 'https://tickets.example.org/DATA-31',
      }),
    ).toBeInTheDocument();
    expect(within(table).getByText('ana.duarte')).toBeInTheDocument();
  });

  it('shows where the run is in a diagram with a table behind it', async () => {
    show({ at: '/sops/runs/run-1?tab=diagram' });
    expect(
      await screen.findByRole('img', {
        name: /Diagram of the steps of DATA-31/,
      }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show as list' }));
    const table = screen.getByRole('table', { name: /Steps of DATA-31/ });
    expect(within(table).getByText('Announce it')).toBeInTheDocument();
    expect(within(table).getByText('branch Announce')).toBeInTheDocument();
  });

  it('does not pull the reader away when somebody else moves the run', async () => {
    const api = new FakeSopApi();
    const { signals } = show({ api });
    await screen.findByRole('heading', { level: 2, name: 'Write the script' });
    await act(async () => {
      await api.executeCommand('run-1', {
        commandId: 'somebody-else',
        command: { type: 'complete', stepId: 'script', taskVersion: 5 },
      });
    });
    act(() => signals.publish('sop:run:run-1', { runId: 'run-1', version: 7 }));
    await screen.findByText('The run has moved on');
    expect(
      screen.getByRole('heading', { level: 2, name: 'Write the script' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Go there' }));
    expect(
      screen.getByRole('heading', { level: 2, name: 'Peer review' }),
    ).toBeInTheDocument();
  });

  it('says that a run is not permitted, and why', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'getRun')
      .mockRejectedValue(
        refusal(403, { message: 'You lack sop.run.read for this run.' }),
      );
    show({ api });
    expect(await screen.findByText('You may not see this')).toBeInTheDocument();
    expect(
      screen.getByText('You lack sop.run.read for this run.'),
    ).toBeInTheDocument();
  });

  it('offers another try when the run could not be loaded', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'getRun')
      .mockRejectedValueOnce(refusal(500, { message: 'The database is away' }));
    show({ api });
    expect(await screen.findByText('The database is away')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: /DATA-31/ }),
    ).toBeInTheDocument();
  });
});
