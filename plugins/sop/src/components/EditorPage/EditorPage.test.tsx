import { fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, renderPage } from '../../__testUtils__';
import { FIRST_DRAFT, pathKeys, readDraft } from '../../lib/draft';
import { EditorPage } from './EditorPage';

// The editor draws itself by measuring the screen, which a test has not.
jest.mock('@uiw/react-codemirror', () => ({
  __esModule: true,
  EditorView: {
    contentAttributes: { of: () => [] },
    lineWrapping: [],
    theme: () => [],
  },
  default: (props: { value: string; onChange(value: string): void }) => (
    <textarea
      aria-label="Draft"
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
    />
  ),
}));

describe('readDraft', () => {
  it('takes the draft that a new one begins with', () => {
    expect(readDraft(FIRST_DRAFT)).toMatchObject({
      problems: [],
      procedure: { metadata: { name: 'rotate-certificate' } },
    });
  });

  it('names the line of a problem, or of what lacks something', () => {
    const wrong = FIRST_DRAFT.replace('type: manual', 'type: manul');
    expect(readDraft(wrong).problems).toMatchObject([
      { line: 15, path: 'spec.steps[0].type' },
    ]);
    const less = FIRST_DRAFT.replace('  lifecycle: draft\n', '');
    expect(readDraft(less).problems).toMatchObject([
      { line: 7, path: 'spec.lifecycle' },
    ]);
  });

  it('names the line where YAML ends', () => {
    const { problems, procedure } = readDraft('a: 1\nb: [1');
    expect(procedure).toBeUndefined();
    expect(problems[0].line).toBe(2);
  });

  it('reads policies too, but plays none', () => {
    const policy = {
      apiVersion: 'handrail.dev/v1alpha1',
      kind: 'SOPPolicy',
      metadata: { name: 'x' },
      spec: { owner: 'ops', targets: { kind: 'API' } },
    };
    const { problems, procedure } = readDraft(JSON.stringify(policy));
    expect(procedure).toBeUndefined();
    expect(problems[0].message).toBe('tightens nothing');
  });

  it('reads paths', () => {
    expect(pathKeys('spec.steps[2].evidence[0]["my key"].id')).toEqual([
      'spec',
      'steps',
      2,
      'evidence',
      0,
      'my key',
      'id',
    ]);
  });
});

describe('EditorPage', () => {
  beforeEach(() => sessionStorage.clear());

  const draft = () => screen.findByRole('textbox', { name: 'Draft' });

  it('says what is wrong and on which line, and keeps the draft', async () => {
    const { unmount } = renderPage(<EditorPage />);
    fireEvent.change(await draft(), {
      target: { value: FIRST_DRAFT.replace('role: operator', 'role: operatr') },
    });
    const problems = screen.getByRole('region', { name: 'Problems' });
    expect(
      await within(problems).findByText(/did you mean "operator"/),
    ).toHaveTextContent('Line 17');
    expect(screen.getByText('Solve the problems first.')).toBeInTheDocument();
    unmount();
    renderPage(<EditorPage />);
    expect(await draft()).toHaveValue(
      FIRST_DRAFT.replace('role: operator', 'role: operatr'),
    );
  });

  it('plays the draft event by event', async () => {
    renderPage(<EditorPage />);
    const run = await screen.findByRole('region', { name: 'Dry run' });
    const click = (name: string) =>
      userEvent.click(within(run).getByRole('button', { name }));
    fireEvent.change(within(run).getByLabelText('Starts at (UTC)'), {
      target: { value: '2026-11-05T09:00' },
    });
    await click('Begin');
    expect(run).toHaveTextContent('Clock: Thu 5 Nov 09:00:00');
    expect(run).toHaveTextContent('does “Rotate the certificate”');
    await click('Next event');
    expect(run).toHaveTextContent('Clock: Thu 5 Nov 09:15:00');
    expect(run).toHaveTextContent('approves “Is the new certificate served?”');
    await click('Let it fail');
    expect(run).toHaveTextContent('failed');
    await click('Begin again');
    await click('To the end');
    expect(run).toHaveTextContent('Nothing more happens by itself.');
    expect(run).toHaveTextContent('Completed');
  });

  it('has no accessibility violations', async () => {
    const { container } = renderPage(<EditorPage />);
    await draft();
    expect(await axe(container)).toHaveNoViolations();
  });
});
