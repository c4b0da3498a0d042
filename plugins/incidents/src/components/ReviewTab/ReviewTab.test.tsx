import type { IncidentView } from '@handrail/plugin-incidents-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  axe,
  FakeIncidentsApi,
  refusal,
  renderPage,
  sampleEvent,
  sampleInReview,
  sampleItem,
  TOMAS,
} from '../../__testUtils__';
import { IncidentPage } from '../IncidentPage';

async function show(incident: IncidentView = sampleInReview()) {
  const api = new FakeIncidentsApi();
  api.incidents = [incident];
  const page = renderPage(
    <Routes>
      <Route path="/incidents/:incidentId" element={<IncidentPage />} />
    </Routes>,
    { api, at: '/incidents/INC-12?tab=review', mountPath: '/*' },
  );
  await screen.findByRole('heading', { level: 1 });
  return page;
}

const sent = (api: FakeIncidentsApi) =>
  api.commands.map(({ command }) => command);

describe('the review', () => {
  it('saves only what was written', async () => {
    const { api } = await show();
    const causes = screen.getByLabelText('What led to it');
    expect(screen.getByLabelText('What happened')).toHaveValue('A bad deploy.');
    await userEvent.type(causes, 'No test.');
    expect(screen.getByText('Not saved yet.')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Save the review' }),
    );
    await waitFor(() =>
      expect(api.commands).toEqual([
        {
          commandId: expect.any(String),
          expectedVersion: 3,
          command: { type: 'edit-review', review: { causes: 'No test.' } },
        },
      ]),
    );
  });

  it('keeps the text over a conflict', async () => {
    const { api } = await show();
    jest.spyOn(api, 'executeCommand').mockRejectedValueOnce(
      refusal(409, {
        message: 'Changed',
        changes: [sampleEvent(4, { actor: TOMAS, text: 'edited the review' })],
      }),
    );
    await userEvent.type(screen.getByLabelText('What led to it'), 'Mine');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save the review' }),
    );
    expect(await screen.findByText(/edited the review/)).toBeVisible();
    expect(screen.getByLabelText('What led to it')).toHaveValue('Mine');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save the review' }),
    );
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].expectedVersion).toBe(4);
  });

  it('says why it cannot be completed or closed yet', async () => {
    const { api } = await show();
    const complete = screen.getByRole('button', {
      name: 'Complete the review',
    });
    expect(complete).toHaveAccessibleDescription('Say what led to it.');
    await userEvent.click(complete);
    const [close] = screen.getAllByRole('button', { name: 'Close' });
    expect(close).toHaveAccessibleDescription('The review is not done.');
    await userEvent.click(close);
    expect(api.commands).toEqual([]);
  });

  it('adds an action item with owner and date', async () => {
    const { api } = await show();
    await userEvent.click(
      screen.getByRole('button', { name: 'Add an action item' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText(/^What is to be done/),
      'Test the rollback',
    );
    await userEvent.type(within(dialog).getByLabelText(/^Who owns/), 'Tomas');
    await userEvent.click(
      await screen.findByRole('option', { name: /Tomas Novak/ }),
    );
    await userEvent.type(
      within(dialog).getByLabelText(/^Until when/),
      '2030-01-31',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Add an action item' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        {
          type: 'add-action-item',
          actionItem: {
            title: 'Test the rollback',
            owner: TOMAS,
            dueOn: '2030-01-31',
          },
        },
      ]),
    );
  });

  it('marks overdue items, completes and drops them', async () => {
    const { api } = await show(
      sampleInReview({
        actionItems: [
          sampleItem({ overdue: true }),
          sampleItem({ actionItemId: 'item-2', title: 'Old', state: 'done' }),
        ],
      }),
    );
    expect(screen.getByText('Overdue')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Done: Alert on the queue length' }),
    );
    await waitFor(() => expect(api.commands).toHaveLength(1));
    await userEvent.click(
      screen.getByRole('button', { name: 'Drop: Alert on the queue length' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), 'Obsolete');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Drop the action item' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        { type: 'complete-action-item', actionItemId: 'item-1' },
        {
          type: 'drop-action-item',
          actionItemId: 'item-1',
          reason: 'Obsolete',
        },
      ]),
    );
    expect(
      screen.queryByRole('button', { name: 'Done: Old' }),
    ).not.toBeInTheDocument();
  });

  it('has no accessibility problems', async () => {
    const { container } = await show();
    await screen.findByText('SEV-1 Critical');
    expect(await axe(container)).toHaveNoViolations();
  });
});
