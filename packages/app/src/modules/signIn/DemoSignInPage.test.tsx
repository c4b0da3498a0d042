import { renderInTestApp } from '@backstage/frontend-test-utils';
import { IdentityApi } from '@backstage/frontend-plugin-api';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe, toHaveNoViolations } from 'jest-axe';
import { DemoSignInPage } from './DemoSignInPage';
import { Person } from './people';

expect.extend(toHaveNoViolations);

const team = (name: string, title: string) => ({
  entityRef: `group:default/${name}`,
  title,
});
const qa = team('qa', 'Quality');
const managers = team('release-managers', 'Release managers');

const people: Person[] = [
  {
    entityRef: 'user:default/ana',
    name: 'Ana Duarte',
    title: 'Test engineer',
    initials: 'AD',
    groups: [qa, managers],
  },
  {
    entityRef: 'user:default/jon',
    name: 'Jon Lindqvist',
    title: 'Release manager',
    initials: 'JL',
    groups: [managers],
  },
];

const session = (ref: string) => ({
  profile: { displayName: 'Ana Duarte' },
  providerInfo: {},
  backstageIdentity: {
    token: `e30.${btoa(JSON.stringify({ exp: 4102444800 }))}.e30`,
    identity: {
      type: 'user',
      userEntityRef: ref,
      ownershipEntityRefs: [ref],
    },
  },
});

type Answer = { status: number; body?: unknown };

/** Answers like the auth back end; each list is used up to its last answer. */
function mockBackEnd(answers: { people: Answer[]; refresh?: Answer }) {
  const remaining = [...answers.people];
  const signIns: (string | null)[] = [];
  jest.spyOn(global, 'fetch').mockImplementation(async (input, init) => {
    const url = String(input);
    let answer: Answer | undefined;
    if (url.endsWith('/demo/people')) {
      answer = remaining.length > 1 ? remaining.shift() : remaining[0];
    } else {
      const ref = new Headers(init?.headers).get('x-handrail-demo-user');
      signIns.push(ref);
      answer = answers.refresh ?? { status: 200, body: session(ref ?? '') };
    }
    const { status = 500, body } = answer ?? {};
    return {
      ok: status < 400,
      status,
      statusText: `status ${status}`,
      headers: new Headers({ 'content-type': 'application/json' }),
      json: async () => body,
      text: async () => JSON.stringify(body),
    } as Response;
  });
  return { signIns };
}

const listed = { people: [{ status: 200, body: { items: people } }] };

describe('DemoSignInPage', () => {
  const onSignInSuccess = jest.fn<void, [IdentityApi]>();
  const renderPage = () =>
    renderInTestApp(<DemoSignInPage onSignInSuccess={onSignInSuccess} />);

  afterEach(() => {
    jest.restoreAllMocks();
    onSignInSuccess.mockReset();
    window.localStorage.clear();
    window.sessionStorage.clear();
  });

  it('lists people by team with their roles and says what this page is', async () => {
    mockBackEnd(listed);
    const { container } = await renderPage();

    const quality = await screen.findByRole('region', { name: 'Quality' });
    expect(
      within(quality).getByRole('button', {
        name: 'Ana Duarte Test engineer Also in Release managers',
      }),
    ).toBeInTheDocument();
    expect(
      within(
        screen.getByRole('region', { name: 'Release managers' }),
      ).getByRole('button', { name: 'Jon Lindqvist Release manager' }),
    ).toBeInTheDocument();
    expect(screen.getByText(/only in development/)).toBeInTheDocument();
    expect(
      await axe(container, { rules: { region: { enabled: false } } }),
    ).toHaveNoViolations();
  });

  it('signs in whoever is chosen', async () => {
    const { signIns } = mockBackEnd(listed);
    await renderPage();

    await userEvent.click(
      await screen.findByRole('button', { name: /Jon Lindqvist/ }),
    );

    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalledTimes(1));
    expect(signIns).toEqual(['user:default/jon']);
    await expect(
      onSignInSuccess.mock.calls[0][0].getBackstageIdentity(),
    ).resolves.toMatchObject({ userEntityRef: 'user:default/jon' });
  });

  it('can be used with the keyboard alone', async () => {
    const { signIns } = mockBackEnd(listed);
    await renderPage();
    expect(await screen.findByLabelText('Name, role or team')).toHaveFocus();

    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');

    await waitFor(() => expect(signIns).toEqual(['user:default/ana']));
  });

  it('finds people by team, and Enter chooses the only one', async () => {
    const { signIns } = mockBackEnd(listed);
    await renderPage();
    const field = await screen.findByLabelText('Name, role or team');

    await userEvent.type(field, 'release man');
    expect(screen.getAllByRole('button')).toHaveLength(2);
    await userEvent.type(field, '{Enter}');
    expect(signIns).toEqual([]);

    await userEvent.type(field, ' jon{Enter}');
    await waitFor(() => expect(signIns).toEqual(['user:default/jon']));
  });

  it('says what to type when nobody matches', async () => {
    mockBackEnd(listed);
    await renderPage();

    await userEvent.type(
      await screen.findByLabelText('Name, role or team'),
      'zzz',
    );
    expect(screen.getByRole('status')).toHaveTextContent(
      'Nobody matches “zzz”. Try a team',
    );
  });

  it('signs the same person in after a reload', async () => {
    window.sessionStorage.setItem('handrail.signIn.person', 'user:default/ana');
    const { signIns } = mockBackEnd(listed);
    await renderPage();

    await waitFor(() => expect(signIns).toEqual(['user:default/ana']));
  });

  it('offers the last person first after a sign-out', async () => {
    mockBackEnd(listed);
    const page = await renderPage();
    await userEvent.click(
      await screen.findByRole('button', { name: /Jon Lindqvist/ }),
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
    await onSignInSuccess.mock.calls[0][0].signOut();
    page.unmount();

    await renderPage();
    const last = await screen.findByRole('region', {
      name: 'Last time you were',
    });
    expect(
      within(last).getByRole('button', { name: /Jon Lindqvist/ }),
    ).toBeInTheDocument();
  });

  it('does not sign in somebody who is gone, and says so', async () => {
    window.sessionStorage.setItem('handrail.signIn.person', 'user:default/gus');
    const { signIns } = mockBackEnd(listed);
    await renderPage();

    expect(
      await screen.findByText(/user:default\/gus, who is no longer/),
    ).toBeInTheDocument();
    expect(signIns).toEqual([]);
  });

  it('waits while the catalog is still empty', async () => {
    mockBackEnd({
      people: [
        { status: 503 },
        { status: 200, body: { items: [] } },
        { status: 200, body: { items: people } },
      ],
    });
    await renderPage();

    expect(
      await screen.findByText('The back end does not answer yet.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/reading the people/, {}),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('Choose who you are', {}),
    ).toBeInTheDocument();
  }, 15_000);

  it('says what to configure when there is no demo provider', async () => {
    mockBackEnd({ people: [{ status: 404 }] });
    await renderPage();

    expect(
      await screen.findByRole('heading', { name: 'No sign-in is configured' }),
    ).toBeInTheDocument();
    expect(screen.getByText('auth.providers')).toBeInTheDocument();
  });

  it('says why a sign-in failed and lets you choose again', async () => {
    mockBackEnd({
      ...listed,
      refresh: {
        status: 404,
        body: {
          error: { name: 'NotFoundError', message: 'There is no such person' },
          response: { statusCode: 404 },
        },
      },
    });
    await renderPage();
    await userEvent.click(
      await screen.findByRole('button', { name: /Jon Lindqvist/ }),
    );

    expect(
      await screen.findByText('Jon Lindqvist could not be signed in'),
    ).toBeInTheDocument();
    expect(screen.getByText(/There is no such person/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Choose somebody else' }),
    );
    expect(screen.getByText('Choose who you are')).toBeInTheDocument();
    expect(onSignInSuccess).not.toHaveBeenCalled();
  });
});
