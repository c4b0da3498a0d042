import { screen, within } from '@testing-library/react';
import {
  axe,
  FakeSopApi,
  minutesFromNow,
  refusal,
  renderPage,
  sampleProcedure,
} from '../../__testUtils__';
import { ScheduleCard } from './ScheduleCard';

const SOP = 'sop:default/data-change';

describe('ScheduleCard', () => {
  const show = (api: FakeSopApi) =>
    renderPage(<ScheduleCard />, { api, entity: sampleProcedure() });

  it('says when it starts next and what came of it lately', async () => {
    const api = new FakeSopApi();
    api.schedule = {
      sopRef: SOP,
      rrule: 'FREQ=DAILY;BYHOUR=9',
      timezone: 'Europe/Lisbon',
      upcoming: [minutesFromNow(30), minutesFromNow(30 + 24 * 60)],
    };
    const common = { sopRef: SOP, late: false };
    api.occurrences = [
      {
        ...common,
        occursAt: minutesFromNow(-60),
        targetRef: 'component:default/payments-api',
        state: 'started',
        late: true,
        lateBySeconds: 600,
        runId: 'r1',
        runTitle: 'Review of payments',
        runStatus: 'completed',
      },
      {
        ...common,
        occursAt: minutesFromNow(-1500),
        targetRef: 'component:default/payments-api',
        state: 'skipped',
        reason: 'Run r0 of the occurrence before was still open.',
      },
      { ...common, occursAt: minutesFromNow(-3000), state: 'missed' },
    ];
    const { container } = show(api);
    expect(await screen.findByText(/Starts next/)).toHaveTextContent(
      /in (29|30) min/,
    );
    expect(
      screen.getByText('FREQ=DAILY;BYHOUR=9 · Europe/Lisbon'),
    ).toBeVisible();
    const table = await screen.findByRole('table', {
      name: 'Latest occurrences of this procedure',
    });
    const [, first, second, third] = within(table).getAllByRole('row');
    expect(first).toHaveTextContent('Completed');
    expect(first).toHaveTextContent('10 minutes late');
    expect(
      within(first).getByRole('link', { name: 'Review of payments' }),
    ).toHaveAttribute('href', '/sops/runs/r1');
    expect(second).toHaveTextContent('Skipped');
    expect(second).toHaveTextContent('was still open');
    expect(third).toHaveTextContent('Missed');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says why nothing starts', async () => {
    const api = new FakeSopApi();
    api.schedule = {
      sopRef: SOP,
      rrule: 'FREQ=DAILY',
      timezone: 'UTC',
      note: 'This procedure is draft; only an effective one can be started.',
      upcoming: [],
    };
    show(api);
    expect(await screen.findByText(/This procedure is draft/)).toBeVisible();
    expect(await screen.findByText('Nothing has come up yet.')).toBeVisible();
  });

  it('offers another try when it cannot be loaded', async () => {
    const api = new FakeSopApi();
    api.getSchedule = async () => {
      throw refusal(500, { message: 'Away' });
    };
    show(api);
    expect(
      await screen.findByRole('button', { name: 'Try again' }),
    ).toBeVisible();
  });
});
