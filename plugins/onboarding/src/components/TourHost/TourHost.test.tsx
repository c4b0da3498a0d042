import { screen, waitFor } from '@testing-library/react';
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
import { TourHost } from './TourHost';

/** The page with the target of the second step, unless it is left out. */
function Page({ target = true }: { target?: boolean }) {
  return (
    <main>
      <h1>Page</h1>
      {target && (
        <a href="/catalog" data-tour="nav.catalog">
          Catalog
        </a>
      )}
      <TourHost />
    </main>
  );
}

const dialog = (name: string) => screen.findByRole('dialog', { name });
const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));

beforeEach(() => {
  // jsdom has no layout: everything has a place.
  jest
    .spyOn(Element.prototype, 'getClientRects')
    .mockReturnValue([{ width: 1 }] as unknown as DOMRectList);
});

afterEach(() => jest.restoreAllMocks());

function offering(): FakeOnboardingApi {
  const api = new FakeOnboardingApi();
  api.me = sampleMe({ offer: LOOK });
  return api;
}

describe('the offer', () => {
  it('is made on arrival, recorded, and put off for good', async () => {
    const api = offering();
    const { container } = renderWith(<Page />, { api });
    expect(
      await screen.findByText(
        '“First look” shows you around in about 2 minutes.',
      ),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    // It takes no focus.
    expect(document.body).toHaveFocus();
    api.me = sampleMe();
    await press('Not now');
    await waitFor(() =>
      expect(screen.queryByText('New here?')).not.toBeInTheDocument(),
    );
    expect(api.updates.map(one => one.status)).toEqual([
      'offered',
      'dismissed',
    ]);
  });

  it('is not made in the middle of work', async () => {
    const api = offering();
    const getMe = jest.spyOn(api, 'getMe');
    renderWith(<Page />, { api, at: '/sops' });
    await screen.findByText('Page');
    expect(screen.queryByText('New here?')).not.toBeInTheDocument();
    expect(getMe).not.toHaveBeenCalled();
  });

  it('says when that could not be saved', async () => {
    const api = offering();
    renderWith(<Page />, { api });
    await screen.findByText('New here?');
    api.refuse = refusal(403, 'You may not');
    await press('Not now');
    expect(await screen.findByRole('alert')).toHaveTextContent('You may not');
  });
});

describe('a tour', () => {
  it('leads from page to page to its end and keeps the server informed', async () => {
    const api = offering();
    const { session } = renderWith(<Page />, { api, at: '/' });
    await screen.findByText('New here?');
    await press('Start');
    const first = await dialog('Hello');
    expect(first).toHaveTextContent('This is home.');
    expect(first).toHaveTextContent('Step 1 of 3');
    expect(
      screen.queryByRole('button', { name: 'Back' }),
    ).not.toBeInTheDocument();
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: 'Hello' })).toHaveFocus(),
    );
    expect(await axe(first)).toHaveNoViolations();
    await press('Next');
    await dialog('The catalog');
    expect(screen.getByTestId('address')).toHaveTextContent('/catalog');
    await press('Back');
    await dialog('Hello');
    await press('Next');
    await dialog('The catalog');
    await press('Next');
    await dialog('That is it');
    await press('Finish');
    await waitFor(() => expect(session.current()).toBeUndefined());
    // Going back and forth again says nothing new.
    expect(api.updates.filter(one => one.status !== 'offered')).toEqual([
      { version: 2, status: 'started', stepId: 'hello' },
      { version: 2, status: 'started', stepId: 'catalog' },
      { version: 2, status: 'started', stepId: 'bye' },
      { version: 2, status: 'finished' },
    ]);
    expect(api.missing).toEqual([]);
  });

  it('ends with Escape and does not go on', async () => {
    const api = new FakeOnboardingApi();
    const { session } = renderWith(<Page />, { api });
    session.start(LOOK);
    await dialog('Hello');
    await userEvent.keyboard('{Escape}');
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(session.current()).toBeUndefined();
    expect(api.updates.map(one => one.stepId)).toEqual(['hello']);
  });

  it('goes on after a reload where the server says', async () => {
    sessionStorage.setItem('handrail.onboarding.running', LOOK);
    const api = new FakeOnboardingApi();
    api.me = sampleMe({
      tours: [
        sampleTour({
          progress: {
            tourRef: LOOK,
            version: 2,
            status: 'started',
            stepId: 'catalog',
            updatedAt: '',
          },
        }),
      ],
    });
    renderWith(<Page />, { api, at: '/' });
    await dialog('The catalog');
    expect(screen.getByTestId('address')).toHaveTextContent('/catalog');
  });

  it('begins again when it was finished or has changed', async () => {
    const progress = {
      tourRef: LOOK,
      version: 1,
      status: 'started' as const,
      stepId: 'catalog',
      updatedAt: '',
    };
    const api = new FakeOnboardingApi();
    api.me = sampleMe({ tours: [sampleTour({ progress })] });
    const { session, unmount } = renderWith(<Page />, { api });
    session.start(LOOK);
    await dialog('Hello');
    expect(api.updates).toEqual([
      { version: 2, status: 'started', stepId: 'hello' },
    ]);
    unmount();
    const done = new FakeOnboardingApi();
    done.me = sampleMe({
      tours: [
        sampleTour({
          progress: {
            ...progress,
            version: 2,
            status: 'finished',
            stepId: 'bye',
          },
        }),
      ],
    });
    const again = renderWith(<Page />, { api: done });
    again.session.start(LOOK, { restart: true });
    await dialog('Hello');
    expect(done.updates).toEqual([
      { version: 2, status: 'started', stepId: 'hello', restart: true },
    ]);
  });

  it('explains a target that is not there and reports it', async () => {
    const api = new FakeOnboardingApi();
    api.me.tours[0].steps.shift();
    const { session } = renderWith(<Page target={false} />, { api });
    session.start(LOOK);
    const step = await dialog('The catalog');
    expect(step).toHaveTextContent(
      'What this step points to is not on your page.',
    );
    expect(step).toHaveTextContent('Instead: Open the catalog from the menu.');
    expect(api.missing).toEqual([{ version: 2, stepId: 'catalog' }]);
    await press('Next');
    await dialog('That is it');
  });

  it('goes on when the target is used, where the step says so', async () => {
    const api = new FakeOnboardingApi();
    api.me.tours[0].steps[1].advanceOn = 'click';
    const { session } = renderWith(<Page />, { api, at: '/catalog' });
    api.me.tours[0].steps.shift();
    session.start(LOOK);
    const step = await dialog('The catalog');
    expect(step).toHaveTextContent('Use what is marked to go on.');
    expect(step).not.toHaveAttribute('aria-modal');
    expect(
      screen.queryByRole('button', { name: 'Next' }),
    ).not.toBeInTheDocument();
    screen
      .getByText('Catalog', { selector: 'a' })
      .dispatchEvent(
        new MouseEvent('click', { bubbles: true, cancelable: true }),
      );
    await dialog('That is it');
  });

  it('says when progress cannot be saved, and does not pretend the end', async () => {
    const api = new FakeOnboardingApi();
    api.me.tours[0].steps.splice(1);
    const { session } = renderWith(<Page />, { api });
    session.start(LOOK);
    await dialog('Hello');
    api.refuse = refusal(409, 'The tour was changed meanwhile');
    await press('Finish');
    expect(
      await screen.findByText(/could not be saved: The tour was changed/),
    ).toBeInTheDocument();
    expect(session.current()).toBeDefined();
  });

  it('draws no HTML of a tour', async () => {
    const api = new FakeOnboardingApi();
    api.me.tours[0].steps[0].body = 'Look <img src="x" onerror="boom()"> here';
    api.me.tours[0].steps[0].title = '<b>Bold</b>';
    const { session } = renderWith(<Page />, { api });
    session.start(LOOK);
    const step = await dialog('<b>Bold</b>');
    expect(step.querySelector('img, b')).toBeNull();
  });

  it('ends where the tour is gone', async () => {
    const { session } = renderWith(<Page />);
    session.start('tour:default/gone');
    await waitFor(() => expect(session.current()).toBeUndefined());
  });
});
