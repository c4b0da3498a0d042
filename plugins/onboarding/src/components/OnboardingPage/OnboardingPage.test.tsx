import { distribute } from '@handrail/plugin-onboarding-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeOnboardingApi,
  LOOK,
  refusal,
  renderWith,
  sampleMe,
  sampleTour,
} from '../../__testUtils__';
import { FirstWeekWidget } from '../FirstWeekWidget';
import { OnboardingPage } from './OnboardingPage';

const checklist = {
  runId: 'run-7',
  title: 'First week of mateo',
  status: 'running',
  done: 1,
  total: 3,
  items: [
    { stepId: 'look', name: 'First look', status: 'completed', mine: false },
    {
      stepId: 'learn',
      name: 'Procedures',
      status: 'ready',
      tour: LOOK,
      mine: true,
    },
    { stepId: 'meet', name: 'Meet the team', status: 'ready', mine: true },
  ],
};

const progress = (status: 'started' | 'finished', more: object = {}) => ({
  tourRef: LOOK,
  version: 2,
  status,
  stepId: 'catalog',
  updatedAt: '2026-11-20T09:00:00.000Z',
  ...more,
});

function withTour(tour: object): FakeOnboardingApi {
  const api = new FakeOnboardingApi();
  api.me = sampleMe({ tours: [sampleTour(tour)] });
  return api;
}

describe('OnboardingPage', () => {
  it('shows tours, first times and the own time, and nothing over few people', async () => {
    const { container } = renderWith(<OnboardingPage />);
    expect(
      await screen.findByText('You have taken 0 of 1 tours.'),
    ).toBeInTheDocument();
    expect(screen.getByText('3 steps · 2 minutes')).toBeInTheDocument();
    expect(await screen.findByText(/Shown from 5 people on/)).toHaveTextContent(
      'You have been here for 3 hours and are not there yet.',
    );
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['Start “First look”', {}, false],
    ['Continue “First look”', { progress: progress('started') }, false],
    [
      'Take again: “First look”',
      {
        progress: progress('finished', {
          finishedAt: '2026-11-20T09:00:00.000Z',
          finishedVersion: 2,
        }),
      },
      true,
    ],
  ])('offers to %s', async (name, tour, restart) => {
    const { session } = renderWith(<OnboardingPage />, { api: withTour(tour) });
    await userEvent.click(await screen.findByRole('button', { name }));
    expect(session.current()).toEqual({ tourRef: LOOK, restart });
  });

  it('says that a finished tour has changed', async () => {
    const api = withTour({
      progress: progress('finished', {
        version: 1,
        finishedAt: '2026-11-20T09:00:00.000Z',
        finishedVersion: 1,
      }),
    });
    renderWith(<OnboardingPage />, { api });
    expect(await screen.findByText(/It has changed since/)).toBeInTheDocument();
  });

  it('begins the tour that the address names, once', async () => {
    const { session } = renderWith(<OnboardingPage />, {
      at: `/?tour=${encodeURIComponent(LOOK)}`,
    });
    await waitFor(() => expect(session.current()?.tourRef).toBe(LOOK));
    expect(screen.getByTestId('address')).toHaveTextContent(/^\/$/);
  });

  it('says when the address names a tour that is not there', async () => {
    const { session } = renderWith(<OnboardingPage />, {
      at: '/?tour=tour:default/gone',
    });
    expect(
      await screen.findByText(
        'There is no tour tour:default/gone, or it is not for you.',
      ),
    ).toBeInTheDocument();
    expect(session.current()).toBeUndefined();
  });

  it('shows the distribution with n, those not there yet, and a table', async () => {
    const api = new FakeOnboardingApi();
    api.timeToFirst = {
      minimum: 5,
      own: { reached: true, hours: 30 },
      distribution: distribute([
        { hours: 0.5, reached: true },
        { hours: 3, reached: true },
        { hours: 30, reached: true },
        { hours: 50, reached: true },
        { hours: 100, reached: false },
      ]),
    };
    const { container } = renderWith(<OnboardingPage />, { api });
    expect(await screen.findByText(/n = 5; 1 of them/)).toBeInTheDocument();
    expect(
      screen.getByText(/Half are there within 30 hours/),
    ).toHaveTextContent(
      'Three quarters are there within 2 days. You took 30 hours.',
    );
    const table = screen.getByRole('table', {
      name: 'People by time to their first template run',
    });
    const row = within(table).getByRole('row', { name: /3 days to 7 days/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(cell => cell.textContent),
    ).toEqual(['3 days to 7 days', '0', '1']);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows steps that lead nowhere', async () => {
    const api = new FakeOnboardingApi();
    api.broken = [
      {
        tourRef: LOOK,
        version: 2,
        stepId: 'catalog',
        target: 'nav.catalog',
        reports: 3,
        lastSeenAt: '2026-11-20T09:00:00.000Z',
      },
    ];
    renderWith(<OnboardingPage />, { api });
    const row = await screen.findByRole('row', { name: /nav.catalog/ });
    expect(row).toHaveTextContent('First look');
    expect(row).toHaveTextContent('3');
  });

  it('says what is not permitted, and offers to try again after a fault', async () => {
    const api = new FakeOnboardingApi();
    api.refuse = refusal(403, 'You may not see tours.');
    const { unmount } = renderWith(<OnboardingPage />, { api });
    expect(
      await screen.findByText('You may not see tours.'),
    ).toBeInTheDocument();
    unmount();
    const broken = new FakeOnboardingApi();
    broken.refuse = refusal(500, 'The database is away');
    renderWith(<OnboardingPage />, { api: broken });
    await screen.findByText('The database is away');
    broken.refuse = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('First look')).toBeInTheDocument();
  });

  it('says what to do when there are no tours', async () => {
    const api = new FakeOnboardingApi();
    api.me = sampleMe({ tours: [] });
    renderWith(<OnboardingPage />, { api });
    expect(await screen.findByText('No tours yet')).toBeInTheDocument();
  });
});

describe('FirstWeekWidget', () => {
  it('shows what is next and links there', async () => {
    const api = new FakeOnboardingApi();
    api.me = sampleMe({ checklist });
    const { container } = renderWith(<FirstWeekWidget />, { api });
    expect(await screen.findByText('1 of 3 done')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Take the tour: Procedures' }),
    ).toHaveAttribute('href', '/onboarding?tour=tour%3Adefault%2Flook');
    expect(
      screen.getByRole('link', { name: 'Open: Meet the team' }),
    ).toHaveAttribute('href', '/sops/runs/run-7?step=meet');
    expect(screen.queryByText('First look')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('offers to begin the week, or says that it is done', async () => {
    const api = new FakeOnboardingApi();
    api.me = sampleMe({ checklistSopRef: 'sop:default/onboarding' });
    const { unmount } = renderWith(<FirstWeekWidget />, { api });
    expect(
      await screen.findByRole('link', { name: 'Start my first week' }),
    ).toHaveAttribute(
      'href',
      '/sops/start?sop=sop%3Adefault%2Fonboarding&target=user%3Adefault%2Fmateo.vargas',
    );
    unmount();
    const done = new FakeOnboardingApi();
    done.me = sampleMe({
      checklist: { ...checklist, status: 'completed', done: 3, items: [] },
    });
    renderWith(<FirstWeekWidget />, { api: done });
    expect(
      await screen.findByText('Your first week is done.'),
    ).toBeInTheDocument();
  });
});
