import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  axe,
  FakeIncidentsApi,
  no,
  PAYMENTS,
  refusal,
  renderPage,
  sampleIncident,
} from '../../__testUtils__';
import { DeclareButton } from './DeclareButton';

const HINT = {
  entityRef: 'component:default/payments-api',
  entityName: 'Payments API',
};

const open = async (label = 'Declare an incident') => {
  await userEvent.click(await screen.findByRole('button', { name: label }));
  return screen.findByRole('dialog', { name: 'Declare an incident' });
};

describe('declaring an incident', () => {
  it('takes three interactions with the definitions in view', async () => {
    const { api } = renderPage(<DeclareButton hint={HINT} />);
    const dialog = await open();
    expect(
      await within(dialog).findByText('The platform is down'),
    ).toBeInTheDocument();
    expect(within(dialog).getByLabelText(/^Title/)).toHaveValue(
      'Trouble with Payments API',
    );
    await userEvent.click(within(dialog).getByRole('radio', { name: /SEV-1/ }));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    await waitFor(() =>
      expect(screen.getByTestId('address')).toHaveTextContent(
        '/incidents/INC-14',
      ),
    );
    expect(api.declared).toEqual([
      {
        commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        title: 'Trouble with Payments API',
        severity: 'SEV-1',
        entityRefs: ['component:default/payments-api'],
        takeCommand: false,
      },
    ]);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('takes the entity whose page is open, in whatever tab', async () => {
    const { launcher } = renderPage(<p>page</p>, {
      at: '/catalog/default/component/payments-api/docs',
      mountPath: '/*',
    });
    await screen.findByText('page');
    act(() => launcher.open());
    expect(await screen.findByLabelText(/^Title/)).toHaveValue(
      'Trouble with payments-api',
    );
    expect(await screen.findByText('Payments API')).toBeInTheDocument();
  });

  it('takes no entity from the page of a person', async () => {
    const { launcher } = renderPage(<p>page</p>, {
      at: '/catalog/default/user/ana.duarte',
      mountPath: '/*',
      entities: [PAYMENTS],
    });
    await screen.findByText('page');
    act(() => launcher.open());
    expect(await screen.findByLabelText(/^Title/)).toHaveDisplayValue(
      /^Incident of /,
    );
  });

  it('declares once however often it is clicked', async () => {
    const api = new FakeIncidentsApi();
    let answer: () => void = () => {};
    jest.spyOn(api, 'declare').mockImplementation(
      request =>
        new Promise(resolve => {
          api.declared.push(request);
          answer = () => resolve(sampleIncident());
        }),
    );
    renderPage(<DeclareButton hint={HINT} />, { api });
    const dialog = await open();
    await userEvent.click(
      await within(dialog).findByRole('radio', { name: /SEV-2/ }),
    );
    await userEvent.dblClick(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declaring' }),
    );
    await userEvent.type(within(dialog).getByLabelText(/^Title/), '{Enter}');
    expect(api.declared).toHaveLength(1);
    act(() => answer());
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('keeps what was typed over an error, and the id of the command', async () => {
    const api = new FakeIncidentsApi();
    const declare = jest.spyOn(api, 'declare');
    declare.mockRejectedValueOnce(
      refusal(503, { message: 'The database is being moved' }),
    );
    renderPage(<DeclareButton hint={HINT} />, { api });
    const dialog = await open();
    const title = within(dialog).getByLabelText(/^Title/);
    await userEvent.clear(title);
    await userEvent.type(title, 'Refunds hang');
    await userEvent.click(
      await within(dialog).findByRole('radio', { name: /SEV-3/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('checkbox', { name: /I take command/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    expect(
      await within(dialog).findByText('The database is being moved'),
    ).toBeInTheDocument();
    expect(within(dialog).getByText(/will not become a second/)).toBeVisible();
    expect(title).toHaveValue('Refunds hang');
    expect(within(dialog).getByRole('radio', { name: /SEV-3/ })).toBeChecked();

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    await waitFor(() => expect(declare).toHaveBeenCalledTimes(2));
    const [[first], [second]] = declare.mock.calls;
    expect(second).toEqual(first);
    expect(second).toMatchObject({ title: 'Refunds hang', takeCommand: true });
  });

  it('asks for what is missing and sends nothing', async () => {
    const { api } = renderPage(<DeclareButton hint={HINT} />);
    const dialog = await open();
    await within(dialog).findByText('The platform is down');
    await userEvent.clear(within(dialog).getByLabelText(/^Title/));
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    expect(within(dialog).getByText(/Choose how bad it is/)).toBeVisible();
    expect(within(dialog).getByText('Give it a title.')).toBeVisible();
    expect(api.declared).toEqual([]);
  });

  it('says why somebody may not, on the button and in the form', async () => {
    const api = new FakeIncidentsApi();
    api.policy.permits.declare = no('Ask the owners of the portal.');
    const { launcher } = renderPage(<DeclareButton hint={HINT} />, { api });
    const button = () =>
      screen.getByRole('button', { name: 'Declare an incident' });
    await waitFor(() =>
      expect(button()).toHaveAccessibleDescription(
        'Ask the owners of the portal.',
      ),
    );
    await userEvent.click(button());
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();

    act(() => launcher.open());
    const dialog = await screen.findByRole('dialog');
    expect(
      within(dialog).getAllByText('Ask the owners of the portal.')[0],
    ).toBeVisible();
    await userEvent.click(
      await within(dialog).findByRole('radio', { name: /SEV-1/ }),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Declare' }),
    );
    expect(api.declared).toEqual([]);
  });

  it('can be declared while the policy does not answer only after a retry', async () => {
    const api = new FakeIncidentsApi();
    jest
      .spyOn(api, 'getPolicy')
      .mockRejectedValueOnce(refusal(500, { message: 'Out of order' }));
    const { launcher } = renderPage(<p>page</p>, { api });
    await screen.findByText('page');
    act(() => launcher.open(HINT));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('Out of order')).toBeVisible();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Try again' }),
    );
    expect(
      await within(dialog).findByRole('radio', { name: /SEV-1/ }),
    ).toBeInTheDocument();
  });

  it('has no accessibility problems', async () => {
    renderPage(<DeclareButton hint={HINT} />);
    const dialog = await open();
    await within(dialog).findByText('The platform is down');
    expect(await axe(document.body)).toHaveNoViolations();
  });
});
