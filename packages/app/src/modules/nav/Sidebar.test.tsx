import {
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import incidentsPlugin, { DeclareLauncher } from '@handrail/plugin-incidents';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { rememberedPerson } from '../signIn/rememberedPerson';
import { navModule } from './index';

const page = (path: string, title: string, name?: string) =>
  PageBlueprint.make({
    name,
    params: {
      path,
      title,
      icon: <span />,
      routeRef: createRouteRef(),
      loader: async () => <p>{title} page</p>,
    },
  });

const plugin = (pluginId: string, extensions: ReturnType<typeof page>[]) =>
  createFrontendPlugin({ pluginId, extensions });

// Not in the order of the sidebar.
const plugins = [
  plugin('user-settings', [page('/settings', 'Settings')]),
  plugin('search', [page('/search', 'Search')]),
  plugin('weather', [page('/weather', 'Weather')]),
  plugin('api-docs', [page('/api-docs', 'APIs')]),
  plugin('app-visualizer', [page('/visualizer', 'Visualizer')]),
  plugin('techdocs', [page('/docs', 'Docs')]),
  plugin('scaffolder', [page('/create', 'Create')]),
  plugin('sop', [page('/tasks', 'My tasks', 'tasks'), page('/sops', 'SOPs')]),
  plugin('slo', [page('/slos', 'SLOs')]),
  plugin('catalog', [page('/catalog', 'Catalog')]),
  plugin('home', [page('/', 'Home')]),
  notificationsPlugin,
  signalsPlugin,
];

const renderSidebar = (options?: {
  without?: string;
  extra?: typeof incidentsPlugin;
  identity?: ReturnType<typeof mockApis.identity>;
}) =>
  renderTestApp({
    features: [
      ...plugins.filter(p => p.id !== options?.without),
      ...(options?.extra ? [options.extra] : []),
      navModule,
    ],
    apis: [options?.identity ?? mockApis.identity()],
    config: {
      app: { title: 'Handrail', baseUrl: 'http://localhost:3000' },
      backend: { baseUrl: 'http://localhost:7007' },
    },
  });

async function entries() {
  const sidebar = await screen.findByTestId('sidebar-root');
  return within(sidebar)
    .getAllByRole('link')
    .map(link => link.textContent);
}

describe('sidebar', () => {
  beforeEach(() => {
    jest.spyOn(global, 'fetch').mockResolvedValue({
      ok: true,
      status: 200,
      json: async () => ({ unread: 0, read: 0 }),
    } as Response);
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rememberedPerson.forget();
  });

  it('keeps its order, shows unknown plugins, and hides what is reached from elsewhere', async () => {
    renderSidebar();

    expect(await entries()).toEqual([
      'Handrail',
      'Home',
      'Catalog',
      'SOPs',
      'My tasks',
      'SLOs',
      'Create',
      'Docs',
      'Weather',
      'Search',
      'Notifications',
      'Settings',
    ]);
  });

  it('gives each page a stable id that tours point to', async () => {
    renderSidebar();
    const targets = (
      await screen.findByTestId('sidebar-root')
    ).querySelectorAll('a[data-tour]');
    expect(
      [...targets].map(link => [
        link.getAttribute('data-tour'),
        link.getAttribute('href'),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['nav.home', '/'],
        ['nav.catalog', '/catalog'],
        ['nav.sop', '/sops'],
        ['nav.sop.tasks', '/tasks'],
        ['nav.scaffolder', '/create'],
        ['nav.search', '/search'],
      ]),
    );
  });

  it('offers to declare an incident, on every page, with its plugin only', async () => {
    const { unmount } = renderSidebar();
    await entries();
    expect(screen.queryByText('Declare')).not.toBeInTheDocument();
    unmount();

    renderSidebar({ extra: incidentsPlugin });
    expect(await screen.findByText('Incidents')).toBeInTheDocument();
    const open = jest.spyOn(DeclareLauncher.prototype, 'open');
    open.mockImplementation(() => {});
    await userEvent.click(await screen.findByText('Declare'));
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('does without the procedures when their plugin is absent', async () => {
    renderSidebar({ without: 'sop' });

    const found = await entries();
    expect(found).not.toContain('SOPs');
    expect(found).toContain('Catalog');
  });

  it('offers to switch person only to demo people, and then signs out', async () => {
    const identity = mockApis.identity({ userEntityRef: 'user:default/ana' });
    const signOut = jest.spyOn(identity, 'signOut');
    const { unmount } = renderSidebar({ identity });
    await entries();
    expect(screen.queryByText('Switch person')).not.toBeInTheDocument();
    unmount();

    rememberedPerson.remember('user:default/ana');
    renderSidebar({ identity });
    await userEvent.click(await screen.findByText('Switch person'));
    await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
  });
});
