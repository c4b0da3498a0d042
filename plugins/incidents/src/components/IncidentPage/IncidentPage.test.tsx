import type { IncidentView } from '@handrail/plugin-incidents-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes } from 'react-router-dom';
import {
  ANA,
  axe,
  FakeIncidentsApi,
  minutesFromNow,
  no,
  refusal,
  renderPage,
  RenderPageOptions,
  sampleDuty,
  sampleEvent,
  sampleIncident,
  sampleProposed,
  sampleRole,
  TOMAS,
  YES,
} from '../../__testUtils__';
import { IncidentPage } from './IncidentPage';

async function show(
  incident: IncidentView = sampleIncident(),
  options: RenderPageOptions = {},
) {
  const api = options.api ?? new FakeIncidentsApi();
  api.incidents = [incident];
  const page = renderPage(
    <Routes>
      <Route path="/incidents/:incidentId" element={<IncidentPage />} />
    </Routes>,
    {
      at: `/incidents/${incident.reference}`,
      mountPath: '/*',
      ...options,
      api,
    },
  );
  await screen.findByRole('heading', { level: 1, name: /INC-/ });
  return page;
}

const button = (name: string | RegExp) => screen.getByRole('button', { name });
const sent = (api: FakeIncidentsApi) =>
  api.commands.map(({ command }) => command);

async function more(name: RegExp) {
  await userEvent.click(button('More'));
  return screen.findByRole('menuitem', { name });
}

describe('the first screen', () => {
  it('says who does what until when', async () => {
    await show(
      sampleIncident({
        impact: { statement: 'Nobody can pay', by: ANA, at: minutesFromNow(0) },
        updates: [
          {
            seq: 3,
            at: minutesFromNow(-2),
            by: ANA,
            message: 'We look into it',
            audience: 'internal',
          },
        ],
      }),
    );
    expect(
      screen.getByText('Somebody must take command within 4 minutes'),
    ).toBeVisible();
    expect(await screen.findByText('SEV-1 Critical')).toBeVisible();
    expect(screen.getByText('Investigating')).toBeVisible();
    const facts = screen.getByLabelText('Who does what until when');
    expect(within(facts).getByText('Nobody yet')).toBeVisible();
    expect(within(facts).getByText('Somebody takes command')).toBeVisible();
    expect(screen.getByTestId('next-duty-clock')).toHaveTextContent(
      /in 0[34]:\d\d min/,
    );
    expect(within(facts).getByText('Nobody can pay')).toBeVisible();
    expect(within(facts).getByText('We look into it')).toBeVisible();
  });

  it('says of a missed duty since when and who was told', async () => {
    const missed = sampleDuty({
      state: 'breached',
      late: true,
      dueAt: minutesFromNow(-7),
      breachedAt: minutesFromNow(-7),
      notified: [TOMAS],
      level: 1,
    });
    await show(
      sampleIncident({
        obligations: [missed],
        next: {
          obligationId: missed.obligationId,
          kind: 'commander',
          title: missed.title,
          dueAt: missed.dueAt,
          state: 'breached',
          responsible: missed.responsible,
        },
      }),
    );
    expect(screen.getByTestId('next-duty-clock')).toHaveTextContent(/overdue/);
    expect(screen.getByText('Missed')).toBeVisible();
    expect(screen.getByText(/missed since/)).toHaveTextContent('7 min ago');
    expect(await screen.findByText('tomas.novak')).toBeVisible();
  });

  it('follows what somebody else does without a reload', async () => {
    const { api, signals } = await show();
    act(() => {
      api.replace(
        sampleIncident({ version: 4, status: 'monitoring', commander: TOMAS }),
      );
      signals.publish('incidents:incident:id-12', {
        incidentId: 'id-12',
        version: 4,
      });
    });
    expect(await screen.findByText('Monitoring')).toBeVisible();
    expect((await screen.findAllByText('tomas.novak'))[0]).toBeVisible();
  });

  it('tells an unknown incident from one that may not be seen', async () => {
    const api = new FakeIncidentsApi();
    const get = jest.spyOn(api, 'getIncident');
    get.mockRejectedValue(refusal(404, { message: 'No incident INC-99' }));
    const open = () =>
      renderPage(
        <Routes>
          <Route path="/incidents/:incidentId" element={<IncidentPage />} />
        </Routes>,
        { api, at: '/incidents/INC-99', mountPath: '/*' },
      );
    const { unmount } = open();
    expect(await screen.findByText('No incident INC-99')).toBeVisible();
    unmount();

    const denied = new FakeIncidentsApi();
    jest
      .spyOn(denied, 'getIncident')
      .mockRejectedValue(refusal(403, { message: 'You lack incident.read' }));
    renderPage(
      <Routes>
        <Route path="/incidents/:incidentId" element={<IncidentPage />} />
      </Routes>,
      { api: denied, at: '/incidents/INC-1', mountPath: '/*' },
    );
    expect(await screen.findByText('You may not see this')).toBeVisible();
    expect(screen.getByText('You lack incident.read')).toBeVisible();
  });
});

describe('what can be done', () => {
  it('posts an update with the version that was seen', async () => {
    const { api } = await show();
    await userEvent.click(button('Post an update'));
    const dialog = await screen.findByRole('dialog', {
      name: 'Post an update',
    });
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Post an update' }),
    );
    expect(within(dialog).getByText('This is needed.')).toBeVisible();
    expect(api.commands).toEqual([]);

    await userEvent.type(
      within(dialog).getByLabelText(/^What to say/),
      'Rolling back',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Post an update' }),
    );
    expect(await screen.findByText('After post-update')).toBeVisible();
    expect(api.commands).toEqual([
      {
        commandId: expect.any(String),
        expectedVersion: 3,
        command: {
          type: 'post-update',
          message: 'Rolling back',
          audience: 'internal',
        },
      },
    ]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('shows what changed meanwhile, keeps the text and sends it again as seen', async () => {
    const { api } = await show();
    jest.spyOn(api, 'executeCommand').mockImplementationOnce(async (_, got) => {
      api.commands.push(got);
      throw refusal(409, {
        message: 'INC-12 has changed',
        changes: [sampleEvent(5, { actor: TOMAS, text: 'posted an update' })],
      });
    });
    await userEvent.click(button('Post an update'));
    const dialog = await screen.findByRole('dialog');
    const text = within(dialog).getByLabelText(/^What to say/);
    await userEvent.type(text, 'Mine');
    const send = within(dialog).getByRole('button', { name: 'Post an update' });
    await userEvent.click(send);
    expect(
      await within(dialog).findByText('Somebody was faster'),
    ).toBeVisible();
    expect(within(dialog).getByText(/posted an update/)).toBeVisible();
    expect(text).toHaveValue('Mine');

    await userEvent.click(send);
    await waitFor(() => expect(api.commands).toHaveLength(2));
    expect(api.commands.map(one => one.expectedVersion)).toEqual([3, 5]);
    expect(api.commands[1].commandId).not.toBe(api.commands[0].commandId);
  });

  it('keeps what was typed when the form is closed by accident', async () => {
    await show();
    await userEvent.click(button('Post an update'));
    await userEvent.type(
      within(await screen.findByRole('dialog')).getByLabelText(/^What to say/),
      'Half a sen',
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    await userEvent.click(button('Post an update'));
    expect(
      within(await screen.findByRole('dialog')).getByLabelText(/^What to say/),
    ).toHaveValue('Half a sen');
  });

  it('says what is missing, in the menu and when it is refused', async () => {
    const { api } = await show();
    const resolve = await more(/^Resolve/);
    expect(resolve).toHaveAttribute('aria-disabled', 'true');
    expect(resolve).toHaveTextContent(
      'A mitigation and an impact statement are missing.',
    );
    await userEvent.click(resolve);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');

    jest.spyOn(api, 'executeCommand').mockRejectedValueOnce(
      refusal(409, {
        message: 'Not yet',
        missing: ['who was affected', 'since when'],
      }),
    );
    await userEvent.click(button('Identify the cause'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^Cause/), 'Deploy');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Identify the cause' }),
    );
    expect(await within(dialog).findByText('who was affected')).toBeVisible();
    expect(within(dialog).getByText('since when')).toBeVisible();
  });

  it('offers no command of another status, even when its permit is there', async () => {
    await show(
      sampleIncident({ permits: { confirm: YES, note: YES, reopen: YES } }),
    );
    await userEvent.click(button('More'));
    expect(
      (await screen.findAllByRole('menuitem')).map(item => item.textContent),
    ).toEqual(['Add a note']);
    expect(screen.queryByText('Confirm')).not.toBeInTheDocument();
  });

  it('takes a vacant role at once and only once', async () => {
    const { api } = await show();
    const answers: (() => void)[] = [];
    const execute = api.executeCommand.bind(api);
    jest
      .spyOn(api, 'executeCommand')
      .mockImplementation(
        (id, request) =>
          new Promise(resolve =>
            answers.push(() => resolve(execute(id, request))),
          ),
      );
    await userEvent.dblClick(button('Take: Incident commander'));
    expect(answers).toHaveLength(1);
    act(() => answers[0]());
    expect(await screen.findByText('After take-role')).toBeVisible();
    expect(sent(api)).toEqual([{ type: 'take-role', role: 'commander' }]);
  });

  it('asks why when somebody else holds the role', async () => {
    const { api } = await show(
      sampleIncident({
        commander: TOMAS,
        roles: [sampleRole({ holder: TOMAS, acceptedAt: minutesFromNow(-1) })],
      }),
    );
    await userEvent.click(button('Take over: Incident commander'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^Reason/), 'He sleeps');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Take the role' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        { type: 'take-role', role: 'commander', reason: 'He sleeps' },
      ]),
    );
  });

  it('offers a role to a person, who can accept', async () => {
    const { api } = await show();
    await userEvent.click(button('Offer: Incident commander'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/^To whom/), 'Tomas');
    await userEvent.click(
      await screen.findByRole('option', { name: /Tomas Novak/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Offer the role' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        { type: 'offer-role', role: 'commander', person: TOMAS },
      ]),
    );
  });

  it('lets the person to whom it is offered answer, with the clock in view', async () => {
    const role = sampleRole({
      offer: {
        to: ANA,
        by: TOMAS,
        at: minutesFromNow(0),
        expiresAt: minutesFromNow(3),
      },
      permits: {
        take: YES,
        offer: YES,
        accept: YES,
        decline: YES,
        release: no('You do not hold it.'),
      },
    });
    const { api } = await show(sampleIncident({ roles: [role] }));
    expect(screen.getByText(/02:\d\d min left|03:00 min left/)).toBeVisible();
    await userEvent.click(button('Accept: Incident commander'));
    await waitFor(() =>
      expect(sent(api)).toEqual([{ type: 'accept-role', role: 'commander' }]),
    );
  });

  it('confirms a proposed incident with another severity', async () => {
    const { api } = await show(sampleProposed());
    await userEvent.click(button('Confirm'));
    const dialog = await screen.findByRole('dialog', { name: 'Confirm' });
    await userEvent.click(
      await within(dialog).findByRole('radio', { name: /SEV-1/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: 'And I take command' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Confirm' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        {
          type: 'confirm',
          severity: 'SEV-1',
          title: 'HighErrorRate on payments-api',
          takeCommand: true,
        },
      ]),
    );
  });
});

describe('everything else below', () => {
  it('pages through the timeline and names the first bad event', async () => {
    const api = new FakeIncidentsApi();
    api.events = Array.from({ length: 60 }, (_, at) => sampleEvent(60 - at));
    jest.spyOn(api, 'verifyIncident').mockResolvedValue({
      ok: false,
      events: 60,
      seq: 7,
      message: 'Event 7 is not what was written.',
      checkedAt: minutesFromNow(0),
      expected: 'e1',
      found: 'f2',
    });
    await show(sampleIncident(), { api });
    expect(await screen.findByText('said number 60')).toBeVisible();
    expect(screen.queryByText('said number 7')).not.toBeInTheDocument();
    await userEvent.click(button('Load more'));
    expect(await screen.findByText('said number 7')).toBeVisible();
    expect(screen.getByText('said number 1')).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Load more' }),
    ).not.toBeInTheDocument();

    await userEvent.click(button('Verify'));
    expect(
      await screen.findByText('The first bad event is number 7.'),
    ).toBeVisible();
    const bad = screen.getByText('First bad event').closest('li');
    expect(bad).toHaveTextContent('said number 7');
    expect(bad).toHaveAttribute('aria-current', 'true');
  });

  it('tells which duties were kept and which were missed', async () => {
    await show(
      sampleIncident({
        obligations: [
          sampleDuty({ obligationId: 'a', title: 'Post an update' }),
          sampleDuty({
            obligationId: 'b',
            state: 'satisfied',
            satisfiedAt: minutesFromNow(-1),
            satisfiedBy: 4,
          }),
          sampleDuty({
            obligationId: 'c',
            state: 'satisfied',
            late: true,
            satisfiedAt: minutesFromNow(-1),
          }),
        ],
      }),
      { at: '/incidents/INC-12?tab=duties' },
    );
    const table = screen.getByRole('table', { name: /Duties/ });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map(row => row.textContent)).toEqual([
      expect.stringContaining('Running'),
      expect.stringMatching(/Kept.*by event 4/),
      expect.stringContaining('Done late'),
    ]);
  });

  it('lists alerts without making links of what is no address', async () => {
    const api = new FakeIncidentsApi();
    api.alerts[0].generatorUrl = `java${'script'}:alert(1)`;
    await show(sampleIncident({ alerts: { open: 1, total: 1 } }), {
      api,
      at: '/incidents/INC-12?tab=alerts',
    });
    expect(await screen.findByText('HighErrorRate')).toBeVisible();
    expect(screen.getByText('Firing')).toBeVisible();
    expect(
      screen.queryByRole('link', { name: 'Graph' }),
    ).not.toBeInTheDocument();
  });

  it('starts the runbook of the severity', async () => {
    const { api } = await show(sampleIncident(), {
      at: '/incidents/INC-12?tab=runs',
    });
    await userEvent.click(button('Start the runbook'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Start the runbook' }),
    );
    await waitFor(() =>
      expect(sent(api)).toEqual([
        { type: 'start-runbook', sopRef: 'sop:default/incident-response' },
      ]),
    );
  });

  it('keeps the tab in the address', async () => {
    await show();
    await userEvent.click(screen.getByRole('tab', { name: 'Roles' }));
    expect(screen.getByTestId('address')).toHaveTextContent('?tab=roles');
    expect(screen.getByRole('heading', { name: 'Scribe' })).toBeVisible();
  });

  it.each(['timeline', 'roles', 'updates', 'duties', 'alerts', 'runs'])(
    'has no accessibility problems: %s',
    async tab => {
      const { container } = await show(sampleIncident(), {
        at: `/incidents/INC-12?tab=${tab}`,
      });
      await screen.findByText('SEV-1 Critical');
      expect(await axe(container)).toHaveNoViolations();
    },
  );
});
