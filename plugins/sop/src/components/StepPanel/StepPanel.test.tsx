import type { StepView } from '@handrail/plugin-sop-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSopApi,
  minutesFromNow,
  renderPage,
  sampleRun,
  sampleStep,
} from '../../__testUtils__';
import { SopRouter } from '../SopRouter';

/** Shows a run on the page of one of its steps, the first one given. */
function show(...steps: Array<Partial<StepView>>) {
  const api = new FakeSopApi();
  api.run = sampleRun({ steps: steps.map(step => sampleStep(step)) });
  return renderPage(<SopRouter />, {
    api,
    at: `/sops/runs/run-1?step=${steps[0].id ?? 'script'}`,
    mountPath: '/sops/*',
  });
}

async function panel(name = 'Write the script') {
  return screen.findByRole('region', { name });
}

describe('a blocked step', () => {
  it('says why, when it opens and who can change it, and asks for nothing', async () => {
    const { container } = show({
      status: 'blocked',
      blocks: [{ kind: 'window', sentence: 'the window “r” is closed' }],
      explanation: [
        {
          kind: 'window',
          sentence: 'Blocked because the window “r” is closed.',
          until: minutesFromNow(90),
          who: ['group:default/ops'],
        },
      ],
    });
    const alert = within(await panel()).getByRole('alert');
    expect(alert).toHaveTextContent('Blocked because the window “r” is closed');
    expect(alert).toHaveTextContent(/Opens in 1 h/);
    expect(alert).toHaveTextContent(/Who can change it.*ops/);
    expect(
      screen.queryByRole('button', { name: 'Complete' }),
    ).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says so as well when nothing explains it further', async () => {
    show({
      status: 'blocked',
      blocks: [{ kind: 'policy', sentence: 'the policy “P” denies it' }],
    });
    expect(within(await panel()).getByRole('alert')).toHaveTextContent(
      'Blocked because the policy “P” denies it',
    );
  });
});

describe('a step with a lock', () => {
  const holder = {
    runId: 'run-2',
    runTitle: 'Another release',
    sopRef: 'sop:default/release',
    stepId: 'production',
    stepName: 'Deploy to production',
    requestedAt: minutesFromNow(-9),
    acquiredAt: minutesFromNow(-8),
  };
  const lock = { key: 'production:payments', requestedAt: minutesFromNow(-5) };

  it('links to who holds it, and counts who waits before', async () => {
    const { container } = show({
      status: 'blocked',
      lock: { ...lock, holder, ahead: 3 },
    });
    const shown = await panel();
    expect(shown).toHaveTextContent(/Waits for the lock\s*production:payments/);
    expect(
      within(shown).getByRole('link', { name: 'Another release' }),
    ).toHaveAttribute('href', '/sops/runs/run-2?step=production');
    // The holder is named and does not count once more.
    expect(shown).toHaveTextContent('2 steps wait for it before this one.');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('names nobody before the next in turn', async () => {
    show({ status: 'blocked', lock: { ...lock, holder, ahead: 1 } });
    expect(await panel()).not.toHaveTextContent('before this one');
  });

  it('says that the step has it', async () => {
    show({
      status: 'ready',
      lock: { ...lock, acquiredAt: minutesFromNow(-1) },
    });
    expect(await panel()).toHaveTextContent(
      /Has the lock\s*production:payments/,
    );
  });
});

describe('deadlines and reminders of a task', () => {
  it('say by when, what comes of it, and who is told', async () => {
    const { container } = show({
      status: 'ready',
      deadline: {
        startBy: minutesFromNow(5.5),
        completeBy: minutesFromNow(30.5),
        onTimeout: 'fail',
        escalations: [
          {
            to: ['group:default/ops-leads'],
            action: 'notify',
            after: 'PT10M',
            done: true,
            at: minutesFromNow(-1),
          },
          {
            to: ['group:default/ops-leads'],
            action: 'widen',
            after: 'PT20M',
            at: minutesFromNow(20),
          },
        ],
      },
      reminders: [{ nextAt: minutesFromNow(10), count: 1 }],
    });
    const shown = await panel();
    expect(shown).toHaveTextContent(/Somebody must begin\s*in 05:\d\d min/);
    expect(shown).toHaveTextContent(
      /Must be done\s*in 30:\d\d min, else it fails/,
    );
    expect(shown).toHaveTextContent(/Next reminder\s*in (9|10) min/);
    expect(shown).toHaveTextContent(/Was escalated to.*ops-leads/);
    expect(shown).toHaveTextContent(/Will also be open to.*ops-leads/);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('need no begin any more once somebody has claimed it', async () => {
    show({
      status: 'reserved',
      claimedBy: 'user:default/ana.duarte',
      deadline: {
        startBy: minutesFromNow(5),
        completeBy: minutesFromNow(30),
      },
    });
    const shown = await panel();
    expect(shown).toHaveTextContent('Must be done');
    expect(shown).not.toHaveTextContent('Somebody must begin');
  });
});

describe('a guard', () => {
  const guard = {
    action: 'sop:http-get',
    expect: 'output.status == 200',
    every: 'PT1M',
  };
  const wait = {
    type: 'wait',
    status: 'running',
    dueAt: minutesFromNow(20),
  } as const;

  it.each([
    [undefined, 'Not measured yet.'],
    [{ ok: true }, /Held when it was measured 1 min ago/],
    [{ ok: false }, /Did not hold when it was measured/],
    [
      { ok: false, error: { name: 'E', message: 'no answer' } },
      /Could not be measured: no answer/,
    ],
  ])('says what was measured last: %j', async (last, text) => {
    const { container } = show({
      ...wait,
      guard: {
        ...guard,
        last: last && { at: minutesFromNow(-1.2), output: { n: 1 }, ...last },
      },
    });
    const section = within(await panel()).getByRole('region', {
      name: 'Must hold all the time',
    });
    expect(section).toHaveTextContent('output.status == 200');
    expect(section).toHaveTextContent(text);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('forEach', () => {
  it('lists its items with where each stands, and names each once', async () => {
    const item = (index: number, label: string) => ({
      id: `review[${index}].decide`,
      name: `Decide: ${label}`,
      parentId: 'review',
      branch: label,
      depth: 1,
    });
    const { container } = show(
      { id: 'review', type: 'forEach', name: 'Review', status: 'running' },
      { ...item(0, 'orders'), status: 'completed' },
      { ...item(1, 'payments'), status: 'ready' },
    );
    const rows = within(await panel('Review')).getAllByRole('listitem');
    expect(rows.map(row => row.textContent)).toEqual([
      'orders: DecideCompleted',
      'payments: DecideWaiting',
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });
});

describe('an action in doubt', () => {
  const doubt = {
    type: 'action',
    status: 'in-doubt',
    version: 9,
    action: 'catalog:register',
  } as const;

  it('asks how it is known before it takes an answer', async () => {
    const { api, container } = show({ ...doubt, act: { allowed: true } });
    const shown = await panel();
    expect(shown).toHaveTextContent(/never learned what came of it/);
    const done = within(shown).getByRole('button', { name: 'It is done' });
    await userEvent.click(done);
    expect(api.commands).toHaveLength(0);
    expect(
      screen.getByRole('textbox', { name: /How do you know/ }),
    ).toHaveFocus();
    await userEvent.keyboard('It is in the catalog');
    expect(await axe(container)).toHaveNoViolations();
    await userEvent.click(done);
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'resolve-doubt',
      outcome: 'done',
      reason: 'It is in the catalog',
      stepId: 'script',
      taskVersion: 9,
    });
  });

  it('tells others who may find out, and offers them no buttons', async () => {
    show({
      ...doubt,
      act: { allowed: false, reason: 'Only ops may say what became of it.' },
    });
    const shown = await panel();
    expect(shown).toHaveTextContent('Only ops may say what became of it.');
    expect(
      within(shown).queryByRole('button', { name: 'It is done' }),
    ).not.toBeInTheDocument();
  });
});

describe('breaking the glass', () => {
  const blocked = {
    status: 'blocked',
    version: 4,
    blocks: [{ kind: 'window', sentence: 'the window “r” is closed' }],
  } as const;

  it('names gates and a reason', async () => {
    const { api } = show({
      ...blocked,
      blocks: [...blocked.blocks],
      breakGlass: { allowed: true, gates: ['window', 'lock'] },
    });
    await userEvent.click(
      within(await panel()).getByRole('button', { name: 'Break the glass' }),
    );
    const dialog = await screen.findByRole('dialog', {
      name: 'Skip a gate in an emergency?',
    });
    const skip = within(dialog).getByRole('button', {
      name: 'Skip and record',
    });
    await userEvent.click(skip);
    expect(within(dialog).getByText(/Say why/)).toBeInTheDocument();
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: /Reason/ }),
      'Customers cannot pay',
    );

    const window = within(dialog).getByRole('checkbox', { name: 'The window' });
    await userEvent.click(window);
    await userEvent.click(skip);
    expect(api.commands).toHaveLength(0);
    expect(dialog).toHaveTextContent('Choose at least one gate.');
    expect(await axe(dialog)).toHaveNoViolations();

    await userEvent.click(window);
    await userEvent.click(skip);
    await waitFor(() => expect(api.commands).toHaveLength(1));
    expect(api.commands[0].command).toEqual({
      type: 'break-glass',
      skips: ['window'],
      reason: 'Customers cannot pay',
      stepId: 'script',
      taskVersion: 4,
    });
  });

  it('says on the button who may', async () => {
    show({
      ...blocked,
      blocks: [...blocked.blocks],
      breakGlass: {
        allowed: false,
        reason: 'Only ops may break the glass here.',
        gates: ['window'],
      },
    });
    expect(
      within(await panel()).getByRole('button', { name: 'Break the glass' }),
    ).toHaveAccessibleDescription('Only ops may break the glass here.');
  });
});
