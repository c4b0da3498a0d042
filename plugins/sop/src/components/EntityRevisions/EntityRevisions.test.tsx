import { screen, within } from '@testing-library/react';
import {
  axe,
  FakeSopApi,
  renderPage,
  sampleControl,
  sampleInReview,
  sampleProcedure,
  sampleRevision,
} from '../../__testUtils__';
import { EntityRevisions } from './EntityRevisions';

describe('the revisions of a procedure', () => {
  it('are listed with their signatures, and compared step by step', async () => {
    const api = new FakeSopApi();
    api.control = sampleControl({
      currentHash: 'b'.repeat(64),
      revisions: [
        sampleInReview({
          rejection: {
            by: 'user:default/mia.okafor',
            name: 'Mia Okafor',
            at: '2026-11-20T10:00:00.000Z',
            reason: 'Step 2 is missing',
            approver: 'group:default/ops-leads',
          },
        }),
        sampleRevision({ isCurrent: false }),
      ],
    });
    api.diff = {
      from: 'a'.repeat(64),
      to: 'b'.repeat(64),
      fields: [{ path: 'document.revision', before: '1', after: '2' }],
      steps: [
        {
          id: 'script',
          name: 'Write the script',
          change: 'changed',
          within: 'both › One',
          fields: [{ path: 'evidence.link.required', after: true }],
        },
        { id: 'old', name: 'Old step', change: 'removed', fields: [] },
      ],
      text: '-revision: 1\n+revision: 2\n',
    };
    const { container } = renderPage(<EntityRevisions />, {
      api,
      entity: sampleProcedure(),
    });
    const table = await screen.findByRole('table', { name: 'Revisions' });
    expect(table).toHaveTextContent(/Henrik Solberg, approval/);
    expect(table).toHaveTextContent(
      'Mia Okafor rejected it: Step 2 is missing',
    );
    expect(
      await screen.findByText('Changed: Write the script (both › One)'),
    ).toBeInTheDocument();
    expect(screen.getByText('Removed: Old step')).toBeInTheDocument();
    const fields = screen.getByRole('table', {
      name: 'Fields of Write the script that differ',
    });
    expect(within(fields).getByText('evidence.link.required')).toBeVisible();
    expect(screen.getByRole('region', { name: 'As text' })).toHaveTextContent(
      '+revision: 2',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('has nothing to compare when there is one', async () => {
    renderPage(<EntityRevisions />, { entity: sampleProcedure() });
    await screen.findByRole('table', { name: 'Revisions' });
    expect(screen.queryByText('What is different')).not.toBeInTheDocument();
  });
});
