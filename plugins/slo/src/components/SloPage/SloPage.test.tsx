import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeSloApi,
  minutesFromNow,
  refusal,
  renderPage,
  sampleBurnDown,
  SAMPLE_DEFINITION,
  sampleSeries,
  sampleSlo,
} from '../../__testUtils__';
import { SloPage } from './SloPage';

const AT = '/slos/default/payments-availability';

function open(api: FakeSloApi = new FakeSloApi(), at = AT) {
  return renderPage(<SloPage />, {
    api,
    at,
    mountPath: '/slos/:namespace/:name',
  });
}

/** What stands below a term of a list of facts. */
function fact(term: string): HTMLElement {
  const label = screen
    .getAllByRole('term')
    .find(element => element.textContent === term);
  return label?.parentElement as HTMLElement;
}

describe('SloPage', () => {
  it('answers with a sentence, the budget left and when it runs out', async () => {
    const { container } = open();
    expect(
      await screen.findByRole('heading', {
        level: 1,
        name: 'Payments availability',
      }),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Where Payments availability stands.'),
    ).toBeVisible();
    // 8 h at 10 % and 1 h at 5 % are 0.85 bad hours of the 3.36 of 0.5 % of 28 d.
    const left = fact('Budget left');
    expect(left).toHaveTextContent('74 %');
    expect(
      within(left).getByRole('img', { name: '74 % of the budget left' }),
    ).toBeInTheDocument();
    expect(left).toHaveTextContent('2 h 30 min of 3 h 21 min');
    expect(fact('Runs out')).toHaveTextContent('Not at this rate');
    // 850 bad per 1000 and hour: 99.8735 % rounded down to the target's digits.
    expect(fact('Good events')).toHaveTextContent('99.873 %');
    expect(fact('Good events')).toHaveTextContent('promised: 99.5 %');
    expect(document.title).toBe('Payments availability | Portal');
    await screen.findByRole('list', { name: 'When budget was spent fastest' });
    expect(await axe(container)).toHaveNoViolations();
  });

  it('tells what burned the budget, most expensive first', async () => {
    open();
    const list = await screen.findByRole('list', {
      name: 'When budget was spent fastest',
    });
    const [first, second, ...others] = within(list).getAllByRole('listitem');
    expect(first).toHaveTextContent('24 % of the budget');
    expect(first).toHaveTextContent('9 600 bad of');
    expect(second).toHaveTextContent('1.5 % of the budget');
    expect(others).toHaveLength(0);
  });

  it('describes the curve in a sentence and has a table behind it', async () => {
    const { container } = open();
    expect(
      await screen.findByRole('img', {
        name: /began at 100 %, its lowest was 74 %, and 74 % is left/,
      }),
    ).toBeInTheDocument();
    const toggle = screen.getByRole('button', { name: 'Show as a table' });
    await userEvent.click(toggle);
    const table = screen.getByRole('table', {
      name: 'Budget left by time, latest first',
    });
    const [, latest] = within(table).getAllByRole('row');
    expect(latest).toHaveTextContent('74 %');
    expect(
      screen.getByRole('button', { name: 'Hide the table' }),
    ).toHaveAttribute('aria-expanded', 'true');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('tells the burn rates with the thresholds of their alerts', async () => {
    const api = new FakeSloApi();
    const series = sampleSeries([{ daysAgo: 2 / 24, hours: 3, bad: 100 }]);
    api.slos = [sampleSlo({}, series)];
    open(api);
    const table = await screen.findByRole('table', {
      name: /Alerts with their thresholds/,
    });
    const [, page, slower, ticket] = within(table).getAllByRole('row');
    // 100 of 1000 bad is 20 times the budget of 0.5 %.
    expect(page).toHaveTextContent(/Page.*13\.4×.*20× 1h.*20× 5m.*Holds/);
    expect(slower).toHaveTextContent(/Page.*5\.6×.*6\.67× 6h.*20× 30m.*Holds/);
    expect(ticket).toHaveTextContent(/Ticket.*1\.67× 1d.*20× 2h.*Quiet/);
    expect(fact('Runs out').querySelector('time')).toHaveAttribute(
      'datetime',
      api.slos[0].figures.exhaustsAt as string,
    );
  });

  it('shows an overspent budget as negative and not as zero', async () => {
    const api = new FakeSloApi();
    const series = sampleSeries([{ daysAgo: 5, hours: 6, bad: 1000 }]);
    api.slos = [sampleSlo({}, series)];
    api.burnDown = sampleBurnDown(series);
    const { container } = open(api);
    await screen.findByText('Exhausted');
    // 6 of 3.36 hours: 1 - 6 / 3.36.
    expect(fact('Budget left')).toHaveTextContent('−78 %');
    expect(fact('Budget left')).toHaveTextContent('Overspent by 2 h 38 min');
    expect(
      screen.getByRole('img', {
        name: 'The budget is overspent: −78 % left',
      }),
    ).toBeInTheDocument();
    expect(fact('Runs out')).toHaveTextContent('It is spent');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows no number where there is none', async () => {
    const api = new FakeSloApi();
    const series = sampleSeries([], 0);
    api.slos = [sampleSlo({}, series)];
    api.burnDown = sampleBurnDown(series);
    const { container } = open(api);
    await screen.findByText(/no budget was spent/);
    for (const term of ['Budget left', 'Burn rate', 'Good events']) {
      expect(fact(term)).toHaveTextContent('No data');
    }
    expect(fact('Runs out')).toHaveTextContent('Not known');
    expect(fact('Budget left')).not.toHaveTextContent(/\b0 ?%/);
    expect(screen.getByRole('img', { name: /not known/ })).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('keeps the last value with its age while the source is down', async () => {
    const api = new FakeSloApi();
    const evaluatedAt = minutesFromNow(-180);
    api.slos = [
      sampleSlo({
        data: {
          source: 'prometheus',
          evaluatedAt,
          dataUntil: evaluatedAt,
          stale: true,
          error: 'Prometheus at http://prometheus:9090 refused the connection',
          errorAt: minutesFromNow(-1),
        },
      }),
    ];
    const { container } = open(api);
    const notice = await screen.findByRole('alert');
    expect(notice).toHaveTextContent(/The latest evaluation failed/);
    expect(notice).toHaveTextContent(/refused the connection/);
    expect(notice).toHaveTextContent(/last known figures, evaluated 3 h ago/);
    expect(fact('Budget left')).toHaveTextContent('74 %');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says when figures are old, and when there have never been any', async () => {
    const api = new FakeSloApi();
    const data = { source: 'embedded', dataUntil: null, stale: true };
    api.slos = [
      sampleSlo({ data: { ...data, evaluatedAt: minutesFromNow(-60) } }),
    ];
    const { unmount } = open(api);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'These figures are oldThey were evaluated 1 h ago.',
    );
    unmount();

    const fresh = new FakeSloApi();
    const unknown = sampleSlo({}, sampleSeries([], 0));
    fresh.slos = [
      { ...unknown, status: 'unknown', data: { ...data, evaluatedAt: null } },
    ];
    open(fresh);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /Not evaluated yet/,
    );
    expect(fact('Budget left')).toHaveTextContent('Not known');
  });

  it('refreshes, and shows what came of it without a reload', async () => {
    const api = new FakeSloApi();
    api.evaluated.push(
      sampleSlo(
        { headline: 'Little is left.' },
        sampleSeries([{ daysAgo: 1, hours: 3, bad: 1000 }]),
      ),
    );
    open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh now' }),
    );
    expect(await screen.findByText('Little is left.')).toBeInTheDocument();
    expect(screen.getByText('Evaluated just now')).toBeInTheDocument();
    // 3 of 3.36 hours.
    expect(fact('Budget left')).toHaveTextContent('10 %');
  });

  it('keeps the page when refreshing fails, and says why', async () => {
    const api = new FakeSloApi();
    jest
      .spyOn(api, 'evaluateSlo')
      .mockRejectedValue(refusal(503, { message: 'The database is away' }));
    open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Refresh now' }),
    );
    expect(await screen.findByText('The database is away')).toBeVisible();
    expect(fact('Budget left')).toHaveTextContent('74 %');
  });

  it('says why it may not be refreshed, and does not try', async () => {
    const api = new FakeSloApi();
    const evaluate = jest.spyOn(api, 'evaluateSlo');
    const reason = 'You lack the permission slo.evaluate.';
    api.slos = [
      sampleSlo({ permits: { evaluate: { allowed: false, reason } } }),
    ];
    open(api);
    const button = await screen.findByRole('button', { name: 'Refresh now' });
    expect(button).toHaveAccessibleDescription(reason);
    await userEvent.click(button);
    expect(evaluate).not.toHaveBeenCalled();
  });

  it('says what is doubtful in the document, with its place', async () => {
    const api = new FakeSloApi();
    api.slos = [
      sampleSlo({
        warnings: [
          {
            path: '/spec/timeWindow/0/duration',
            message: 'is minutes; a month is written with a capital M',
            severity: 'warning',
            found: '"1m"',
            allowed: 'such as 1M',
          },
        ],
      }),
    ];
    const { container } = open(api);
    expect(
      await screen.findByText('One thing in the document is doubtful'),
    ).toBeVisible();
    expect(screen.getByRole('alert')).toHaveTextContent(
      '/spec/timeWindow/0/duration is minutes; a month is written with a capital M; found "1m"; allowed: such as 1M',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it('fetches the rules when they are asked for, and keeps them in the URL', async () => {
    const api = new FakeSloApi();
    const getRules = jest.spyOn(api, 'getRules');
    const { container } = open(api);
    const panel = await screen.findByRole('button', {
      name: 'Rules for Prometheus',
    });
    expect(getRules).not.toHaveBeenCalled();
    await userEvent.click(panel);
    expect(
      await screen.findByText(/8 recording and 4 alerting rules/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('region', { name: 'payments-availability.rules.yaml' }),
    ).toHaveTextContent('slo-payments-availability');
    expect(
      screen.getByRole('region', { name: 'Inhibition rules' }),
    ).toHaveTextContent('inhibit_rules');
    expect(screen.getByTestId('address')).toHaveTextContent('show=rules');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why there are no rules', async () => {
    const api = new FakeSloApi();
    api.rules = {
      available: false,
      reason: 'The embedded source has no rules.',
      problems: [],
    };
    open(api, `${AT}?show=rules`);
    expect(
      await screen.findByText('The embedded source has no rules.'),
    ).toBeInTheDocument();
  });

  it('shows one of several objectives and asks for its curve', async () => {
    const api = new FakeSloApi();
    const getBurnDown = jest.spyOn(api, 'getBurnDown');
    api.slos = [
      sampleSlo({}, undefined, {
        ...SAMPLE_DEFINITION,
        objectives: [
          { name: 'lax', target: 0.9 },
          { name: 'strict', target: 0.999 },
        ],
      }),
    ];
    open(api);
    // The worst one to begin with: 0.85 of 0.672 hours.
    await waitFor(() => expect(fact('Budget left')).toHaveTextContent('−26 %'));
    await userEvent.click(screen.getByRole('button', { name: 'lax, Healthy' }));
    expect(fact('Budget left')).toHaveTextContent('98 %');
    expect(screen.getByTestId('address')).toHaveTextContent('objective=lax');
    await waitFor(() =>
      expect(getBurnDown).toHaveBeenLastCalledWith(
        expect.objectContaining({ objective: 'lax' }),
      ),
    );
  });

  it('tells how events are counted, from the document', async () => {
    open();
    expect(
      await screen.findByText('http_requests_total{code=~"5.."}'),
    ).toBeInTheDocument();
    expect(fact('All events')).toHaveTextContent('stream: payments');
    expect(fact('Window')).toHaveTextContent('28d, rolling');
    expect(fact('Source')).toHaveTextContent('embedded');
  });

  it('says that there is no such SLO, and that it may not be seen', async () => {
    const { unmount } = open(undefined, '/slos/default/nothing');
    expect(
      await screen.findByText('There is no SLO default/nothing'),
    ).toBeInTheDocument();
    unmount();

    const denied = new FakeSloApi();
    jest
      .spyOn(denied, 'getSlo')
      .mockRejectedValue(refusal(403, { message: 'You lack slo.read.' }));
    open(denied);
    expect(await screen.findByText('You lack slo.read.')).toBeVisible();
  });

  it('shows the shape of the page before it is there', async () => {
    const api = new FakeSloApi();
    jest.spyOn(api, 'getSlo').mockReturnValue(new Promise(() => {}));
    open(api);
    expect(
      await screen.findByRole('status', { name: 'Loading' }),
    ).toBeVisible();
  });
});
