import { render, screen, waitFor } from '@testing-library/react';
import App from './App';

const data = {
  app: { title: 'Handrail', baseUrl: 'http://localhost:3000' },
  backend: { baseUrl: 'http://localhost:7007' },
  techdocs: {
    storageUrl: 'http://localhost:7007/api/techdocs/static/docs',
  },
};

describe('App', () => {
  const { env } = process;

  beforeEach(() => {
    process.env = {
      ...env,
      NODE_ENV: 'test',
      APP_CONFIG: JSON.stringify([{ data, context: 'test' }]),
    };
    Object.assign(process.env, { APP_CONFIG: [{ data, context: 'test' }] });
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

    await waitFor(
      () =>
        expect(
          screen.getByRole('heading', { name: 'Choose who you are' }),
        ).toBeInTheDocument(),
      { timeout: 20_000 },
    );
    expect(screen.getByRole('button', { name: /Ana/ })).toBeInTheDocument();
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
  }, 30_000);
});
