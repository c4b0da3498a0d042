import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import App from './App';

const data = {
  app: { title: 'Handrail', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
};

describe('App', () => {
  const { env } = process;

  beforeEach(() => {
    process.env = { ...env };
    // The bundler of the app puts an array here, where Node knows only text.
    Object.defineProperty(process.env, 'APP_CONFIG', {
      value: [{ data, context: 'test' }],
    });
  });

  afterEach(() => {
    process.env = env;
    jest.restoreAllMocks();
  });

  it('asks who you are before it shows anything', async () => {
    jest.spyOn(global, 'fetch').mockResolvedValue({
      ok: true,
      status: 200,
      json: async () => ({
        items: [
          {
            entityRef: 'user:default/ana',
            name: 'Ana',
            initials: 'A',
            groups: [],
          },
        ],
      }),
    } as Response);

    render(App.createRoot());

    expect(
      await screen.findByRole(
        'heading',
        { name: 'Choose who you are' },
        { timeout: 20_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /Ana/ })).toBeInTheDocument();
    expect(screen.queryByTestId('sidebar-root')).not.toBeInTheDocument();
    await userEvent.type(screen.getByLabelText('Name, role or team'), 'x');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  }, 30_000);
});
