import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSopApi,
  refusal,
  renderPage,
  SAMPLE_COMPONENT,
  sampleControl,
  sampleInReview,
  sampleProcedure,
  sampleRevision,
} from '../../__testUtils__';
import { StartPage } from './StartPage';

const AT = '/sops/start?sop=sop:default/data-change';
const governed = sampleProcedure({
  appliesTo: { kind: 'Component', 'spec.lifecycle': 'production' },
});

describe('StartPage', () => {
  it('tells what will happen and whom it asks, without accessibility violations', async () => {
    const { container } = renderPage(<StartPage />, { at: AT });
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Start SOP-004 Data change management',
      }),
    ).toBeInTheDocument();
    const forecast = screen.getByRole('region', { name: 'What will happen' });
    expect(forecast).toHaveTextContent('5 steps, in this order.');
    expect(forecast).toHaveTextContent('Write itManual workAsks');
    expect(forecast).toHaveTextContent('group:developers');
    expect(forecast).toHaveTextContent('Owner of the target');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows the first paragraph of a long description, and all of it on request', async () => {
    const procedure = sampleProcedure();
    procedure.metadata.description = 'What it is for.\n\nEvery detail of it.';
    renderPage(<StartPage />, {
      at: AT,
      entities: [SAMPLE_COMPONENT, procedure],
    });
    expect(await screen.findByText('What it is for.')).toBeInTheDocument();
    expect(screen.queryByText('Every detail of it.')).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Read all of it' }),
    );
    expect(screen.getByText('Every detail of it.')).toBeInTheDocument();
  });

  it('tells when it is over, what it meets and who may act', async () => {
    const api = new FakeSopApi();
    api.simulation = {
      outcome: 'completed',
      startsAt: '2026-11-05T09:00:00.000Z',
      finishesAt: '2026-11-09T09:10:00.000Z',
      assumed: [],
      steps: [
        {
          stepId: 'script',
          name: 'Write it',
          type: 'manual',
          number: 1,
          depth: 0,
          status: 'completed',
          beginsAt: '2026-11-05T09:00:00.000Z',
          people: {
            eligible: ['user:default/a', 'user:default/b'],
            excluded: [{ ref: 'user:default/c', reason: 'c may not: x' }],
          },
          blocks: [
            {
              sentence: 'the policy Payments denies it in the window “freeze”',
              from: '2026-11-05T09:00:00.000Z',
              until: '2026-11-09T00:00:00.000Z',
            },
          ],
          policies: ['Payments: At least 2 approvals needed.'],
        },
      ],
    };
    renderPage(<StartPage />, { api, at: AT });
    const forecast = await screen.findByRole('region', {
      name: 'What will happen',
    });
    await screen.findByText(/Over at the earliest/);
    expect(forecast).toHaveTextContent(
      '1. Write it: blocked because the policy Payments denies it in the window “freeze”. It opens',
    );
    expect(forecast).toHaveTextContent('2 people may act');
    expect(forecast).toHaveTextContent('c may not: x');
    expect(forecast).toHaveTextContent(
      'Payments: At least 2 approvals needed.',
    );
  });

  it('says why it would not be over, and why there is no forecast', async () => {
    const api = new FakeSopApi();
    api.simulation = {
      ...api.simulation,
      outcome: 'stuck',
      finishesAt: undefined,
      reason: '“Go” needs 3 people, but 2 may act.',
    };
    const { unmount } = renderPage(<StartPage />, { api, at: AT });
    expect(
      await screen.findByText(
        'It would not be over: “Go” needs 3 people, but 2 may act.',
      ),
    ).toBeInTheDocument();
    unmount();

    const other = new FakeSopApi();
    jest
      .spyOn(other, 'simulateRun')
      .mockRejectedValue(refusal(403, { message: 'You may not start runs.' }));
    renderPage(<StartPage />, { api: other, at: AT });
    expect(
      await screen.findByText('No forecast: You may not start runs.'),
    ).toBeInTheDocument();
  });

  it('starts one run on a double click and goes to it', async () => {
    const api = new FakeSopApi();
    let answer: () => void = () => {};
    const start = jest.spyOn(api, 'startRun').mockImplementation(
      request =>
        new Promise(resolve => {
          api.started.push(request);
          answer = () => resolve(api.run);
        }),
    );
    renderPage(<StartPage />, { api, at: AT });
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-31' },
    });
    await userEvent.dblClick(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(start).toHaveBeenCalledTimes(1));
    answer();
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/sops/runs/run-1',
      ),
    );
    expect(api.started).toEqual([
      {
        commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        sopRef: 'sop:default/data-change',
        targetRef: undefined,
        inputs: { ticket: 'DATA-31' },
      },
    ]);
  });

  it('checks inputs before it sends them', async () => {
    const { api } = renderPage(<StartPage />, { at: AT });
    await userEvent.click(await screen.findByRole('button', { name: 'Start' }));
    expect(await screen.findByText('Fill this in')).toBeInTheDocument();
    expect(api.started).toHaveLength(0);
  });

  it('shows a refusal at its field, keeps what was typed and the id of the form', async () => {
    const api = new FakeSopApi();
    const start = jest.spyOn(api, 'startRun').mockRejectedValueOnce(
      refusal(400, {
        message: 'not acceptable',
        problems: [{ path: 'inputs.ticket', message: 'No such ticket' }],
      }),
    );
    renderPage(<StartPage />, { api, at: AT });
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-99' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    expect(await screen.findByText('No such ticket')).toBeInTheDocument();
    expect(screen.getByLabelText(/Ticket/)).toHaveValue('DATA-99');
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(start).toHaveBeenCalledTimes(2));
    expect(start.mock.calls[1][0].commandId).toBe(
      start.mock.calls[0][0].commandId,
    );
  });

  it('asks for a target only when the procedure governs something, and says when it is missing', async () => {
    const { api } = renderPage(<StartPage />, {
      at: AT,
      entities: [governed, SAMPLE_COMPONENT],
    });
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-31' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    expect(
      await screen.findByText('Choose what the run is about.'),
    ).toBeInTheDocument();
    expect(api.started).toHaveLength(0);

    await userEvent.click(screen.getByRole('combobox', { name: /Target/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /Payments API/ }),
    );
    expect(screen.getByTestId('address')).toHaveTextContent(
      'target=component%3Adefault%2Fpayments-api',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(api.started).toHaveLength(1));
    expect(api.started[0].targetRef).toBe('component:default/payments-api');
  });

  it('says who must still sign when nothing is in force, and offers a rehearsal', async () => {
    const api = new FakeSopApi();
    const sentence =
      'No revision is in force. Revision 1 is in review: ops-leads must still sign it.';
    api.control = sampleControl({
      sentence,
      effectiveHash: undefined,
      canStart: { allowed: false, reason: sentence },
      revisions: [sampleInReview({ hash: 'a'.repeat(64), label: '1' })],
    });
    renderPage(<StartPage />, { api, at: AT });
    expect(await screen.findByRole('alert')).toHaveTextContent(sentence);
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-31' },
    });
    await userEvent.click(screen.getByRole('button', { name: /^Start/ }));
    expect(api.started).toHaveLength(0);

    await userEvent.click(
      screen.getByRole('link', { name: 'Rehearse it instead' }),
    );
    expect(
      await screen.findByRole('heading', { level: 1, name: /^Rehearse / }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('It counts nowhere');
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-31' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Rehearse' }));
    await waitFor(() => expect(api.started).toHaveLength(1));
    expect(api.started[0].mode).toBe('rehearsal');
  });

  it('starts the revision in force while the file has a newer one', async () => {
    const api = new FakeSopApi();
    api.control = sampleControl({
      currentHash: 'b'.repeat(64),
      revisions: [sampleInReview(), sampleRevision({ isCurrent: false })],
    });
    const { spec } = sampleProcedure();
    api.revision = {
      ...sampleRevision(),
      spec: {
        ...spec,
        inputs: {
          type: 'object',
          properties: { ticket: { type: 'string', title: 'Old ticket' } },
        },
      },
    };
    renderPage(<StartPage />, { api, at: AT });
    expect(await screen.findByLabelText(/Old ticket/)).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent(
      'You start revision 1, which is in force. The file has another content by now.',
    );
  });

  it('says so when the address names no procedure', async () => {
    renderPage(<StartPage />, { at: '/sops/start?sop=sop:default/nothing' });
    expect(
      await screen.findByText(
        'The catalog has no procedure sop:default/nothing.',
      ),
    ).toBeInTheDocument();
  });

  it('says why a run was not permitted', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'startRun')
      .mockRejectedValue(
        refusal(403, { message: 'Only developers may start this.' }),
      );
    renderPage(<StartPage />, { api, at: AT });
    fireEvent.change(await screen.findByLabelText(/Ticket/), {
      target: { value: 'DATA-31' },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    expect(
      await screen.findByText('Only developers may start this.'),
    ).toBeInTheDocument();
  });
});
