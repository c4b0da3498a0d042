import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSopApi,
  refusal,
  renderPage,
  sampleControl,
  sampleInReview,
  sampleProcedure,
  sampleRevision,
} from '../../__testUtils__';
import { ControlCard } from './ControlCard';

const inReview = () =>
  sampleControl({
    sentence:
      'Revision 1 is in force since 2026-02-03, signed by Henrik Solberg. Revision 2 is in review: ops-leads must still sign it.',
    currentHash: 'b'.repeat(64),
    revisions: [sampleInReview(), sampleRevision({ isCurrent: false })],
  });

function show(control = inReview(), api = new FakeSopApi()) {
  api.control = control;
  return renderPage(<ControlCard />, { api, entity: sampleProcedure() });
}

describe('the revision in force', () => {
  it('is shown with printed name, meaning and time of each signature', async () => {
    const { container } = show(sampleControl());
    const card = await screen.findByRole('region', { name: 'In force' });
    const [line] = within(card).getAllByRole('listitem');
    expect(line).toHaveTextContent(
      /Henrik Solberg, approval, .*: It is how we work/,
    );
    expect(screen.getByText(/signed by Henrik Solberg\.$/)).toBeInTheDocument();
    expect(within(card).queryByRole('button')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says when nobody signs it, and when its review is overdue', async () => {
    show(
      sampleControl({
        revisions: [sampleRevision({ approvers: [], signatures: [] })],
        review: { dueAt: '2026-05-03T00:00:00.000Z', state: 'overdue' },
      }),
    );
    expect(
      await screen.findByText(/its document names no approvers/),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('Its review was due');
  });
});

describe('a revision in review', () => {
  it('is signed with a reason, bound to its hash', async () => {
    const { api, container } = show();
    const file = await screen.findByRole('region', { name: 'In the file now' });
    expect(file).toHaveTextContent('must still sign');
    await userEvent.click(within(file).getByRole('button', { name: 'Sign' }));
    const dialog = await screen.findByRole('dialog', {
      name: 'Sign revision 2?',
    });
    expect(dialog).toHaveTextContent('bbbbbbbbbbbb');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    expect(dialog).toHaveTextContent('Say why.');
    expect(api.signed).toEqual([]);
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Read it');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    await waitFor(() =>
      expect(api.signed).toEqual([
        {
          act: 'sign',
          hash: 'b'.repeat(64),
          commandId: expect.any(String),
          meaning: 'approval',
          reason: 'Read it',
          approver: 'group:default/ops-leads',
        },
      ]),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('keeps what was typed when the file has changed meanwhile', async () => {
    const api = new FakeSopApi();
    jest
      .spyOn(api, 'signRevision')
      .mockRejectedValue(
        refusal(409, { message: 'The file has another content by now.' }),
      );
    show(inReview(), api);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Read it');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Sign' }));
    expect(
      await within(dialog).findByText('The file has another content by now.'),
    ).toBeInTheDocument();
    expect(within(dialog).getByLabelText(/Reason/)).toHaveValue('Read it');
  });

  it('tells others who may sign, and offers them nothing else', async () => {
    const reason = 'Only ops-leads may approve revision 2.';
    const no = { allowed: false, reason };
    show(
      sampleControl({
        ...inReview(),
        revisions: [
          sampleInReview({ sign: no, reject: no, signFor: [] }),
          sampleRevision({ isCurrent: false }),
        ],
      }),
    );
    const button = await screen.findByRole('button', { name: /Sign/ });
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(await screen.findByText(reason)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Reject' }),
    ).not.toBeInTheDocument();
  });

  it('can be rejected', async () => {
    const { api } = show();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Reason/), 'Step 2');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Reject' }),
    );
    await waitFor(() =>
      expect(api.signed[0]).toMatchObject({ act: 'reject', reason: 'Step 2' }),
    );
  });
});

describe('reading and acknowledging', () => {
  it('shows the revision, and takes the word only of who ticks it', async () => {
    const { api } = show(sampleControl());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Read and acknowledge' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findAllByRole('listitem')).not.toHaveLength(0);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    expect(dialog).toHaveTextContent('Read it, then tick this.');
    expect(api.signed).toEqual([]);
    expect(await axe(dialog)).toHaveNoViolations();
    await userEvent.click(within(dialog).getByRole('checkbox'));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Acknowledge' }),
    );
    await waitFor(() =>
      expect(api.signed[0]).toMatchObject({
        act: 'acknowledge',
        hash: 'a'.repeat(64),
      }),
    );
  });
});
