import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import templateKind from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import giteaActions from '@backstage/plugin-scaffolder-backend-module-gitea';
import request from 'supertest';
import {
  git,
  Harness,
  PASSWORD,
  startHarness,
  temporary,
  USERNAME,
} from './__testUtils__/harness';

const steps = [
  {
    id: 'catalog-info',
    name: 'Describe',
    action: 'catalog:write',
    input: {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: '${{ parameters.name }}' },
        spec: { type: 'service', lifecycle: 'experimental', owner: 'team-a' },
      },
    },
  },
  {
    id: 'publish-gitea',
    name: 'Publish',
    if: "${{ environment.parameters.repositoryType == 'gitea' }}",
    action: 'publish:gitea',
    input: {
      repoUrl:
        '${{ environment.parameters.repositoryHost }}?owner=${{ environment.parameters.repositoryOwner }}&repo=${{ parameters.name }}',
      description: 'Made by a test',
      defaultBranch: 'main',
    },
  },
  {
    id: 'publish-github',
    name: 'Publish',
    if: "${{ environment.parameters.repositoryType == 'github' }}",
    action: 'publish:github',
    input: { repoUrl: 'github.com?owner=x&repo=${{ parameters.name }}' },
  },
  {
    id: 'register',
    name: 'Register',
    action: 'catalog:register',
    input: {
      repoContentsUrl:
        "${{ (steps['publish-gitea'] or steps['publish-github']).output.repoContentsUrl }}",
      catalogInfoPath: 'catalog-info.yaml',
    },
  },
];

const template: Entity = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'service', namespace: 'default' },
  spec: {
    type: 'service',
    owner: 'group:default/team-a',
    parameters: [{ title: 'Name', properties: { name: { type: 'string' } } }],
    steps,
    output: {
      repository: "${{ steps['publish-gitea'].output.repoContentsUrl }}",
      remote: "${{ steps['publish-gitea'].output.remoteUrl }}",
      entityRef: '${{ steps.register.output.entityRef }}',
    },
  },
};

/** Puts the template into the catalog. */
const templates = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-templates',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addEntityProvider({
          getProviderName: () => 'test-templates',
          connect: async connection =>
            connection.applyMutation({
              type: 'full',
              entities: [
                {
                  entity: {
                    ...template,
                    metadata: {
                      ...template.metadata,
                      annotations: {
                        'backstage.io/managed-by-location': 'url:http://t/t',
                        'backstage.io/managed-by-origin-location':
                          'url:http://t/t',
                      },
                    },
                  },
                },
              ],
            }),
        });
      },
    });
  },
});

describe('publish:gitea, catalog:register and the URL reader', () => {
  let folder: Awaited<ReturnType<typeof temporary>>;
  let host: Harness;
  let portal: TestBackend;

  const integrations = () => ({
    integrations: {
      gitea: [
        {
          host: host.host,
          baseUrl: host.baseUrl,
          username: USERNAME,
          password: PASSWORD,
        },
      ],
    },
  });

  const as = (test: request.Test) =>
    test.set('Authorization', mockCredentials.user.header());

  beforeAll(async () => {
    folder = await temporary();
    host = await startHarness(join(folder.path, 'repositories'));
    await mkdir(join(folder.path, 'work'));
    portal = await startTestBackend({
      features: [
        catalogPlugin,
        templateKind,
        scaffolderPlugin,
        giteaActions,
        templates,
        mockServices.rootConfig.factory({
          data: {
            backend: { workingDirectory: join(folder.path, 'work') },
            catalog: { rules: [{ allow: ['Component', 'Template'] }] },
            ...integrations(),
            scaffolder: {
              defaultEnvironment: {
                parameters: {
                  repositoryType: 'gitea',
                  repositoryHost: host.host,
                  repositoryOwner: 'hollowbrook',
                },
              },
            },
          },
        }),
      ],
    });
    await until(async () => {
      const { status } = await as(
        request(portal.server).get(
          '/api/catalog/entities/by-name/template/default/service',
        ),
      );
      return status === 200 ? true : undefined;
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await host?.stop();
    await folder.remove();
  });

  async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const value = await look();
      if (value !== undefined) return value;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  async function runTemplate(name: string) {
    const { body } = await as(
      request(portal.server).post('/api/scaffolder/v2/tasks'),
    )
      .send({ templateRef: 'template:default/service', values: { name } })
      .expect(201);
    const status = await until<string>(async () => {
      const task = await as(
        request(portal.server).get(`/api/scaffolder/v2/tasks/${body.id}`),
      );
      return ['completed', 'failed'].includes(task.body.status)
        ? task.body.status
        : undefined;
    });
    const events = await as(
      request(portal.server).get(`/api/scaffolder/v2/tasks/${body.id}/events`),
    );
    const log = JSON.stringify(events.body);
    const last = events.body.find(
      (event: { type: string }) => event.type === 'completion',
    );
    return { status, log, output: last?.body.output };
  }

  it('publishes a repository with the parameters of the environment', async () => {
    const { status, log, output } = await runTemplate('checkout');
    expect({ status, log }).toMatchObject({ status: 'completed' });
    const source = `${host.baseUrl}/hollowbrook/checkout/src/branch/main/`;
    expect(output).toEqual({
      repository: source,
      remote: `${host.baseUrl}/hollowbrook/checkout.git`,
      entityRef: 'component:default/checkout',
    });

    const clone = join(folder.path, 'clone');
    await git(folder.path, 'clone', '--quiet', output.remote, clone);
    expect(await git(clone, 'ls-files')).toBe('catalog-info.yaml\n');

    // The catalog has read the file by its address.
    const entity = await until<Entity>(async () => {
      const { body, statusCode } = await as(
        request(portal.server).get(
          '/api/catalog/entities/by-name/component/default/checkout',
        ),
      );
      return statusCode === 200 ? body : undefined;
    });
    expect(entity.metadata.annotations).toMatchObject({
      'backstage.io/source-location': `url:${source}`,
      'backstage.io/view-url': `${source}catalog-info.yaml`,
    });

    // What stands in the catalog opens: a browser comes to the page.
    for (const key of ['view-url', 'edit-url']) {
      const address = entity.metadata.annotations![`backstage.io/${key}`];
      const response = await fetch(address, {
        redirect: 'manual',
        headers: { Accept: 'text/html,*/*;q=0.8' },
      });
      expect([response.status, response.headers.get('location')]).toEqual([
        302,
        'http://portal.example/repositories/hollowbrook/checkout?branch=main&path=catalog-info.yaml',
      ]);
    }
  });

  it('fails at the name that is taken and leaves that repository as it was', async () => {
    await host.create('taken', { description: 'First' });
    const { status, log } = await runTemplate('taken');
    expect(status).toBe('failed');
    expect(log).toMatch(/409.*already exists: hollowbrook\/taken/);
    const response = await host.call('/api/v1/repos/hollowbrook/taken');
    expect(await response.json()).toMatchObject({
      description: 'First',
      empty: true,
    });
  });

  it('fails at a name that is not allowed, in words', async () => {
    const { status, log } = await runTemplate('Has-Upper-Case');
    expect(status).toBe('failed');
    expect(log).toMatch(/422.*lower-case letters/);
  });

  it('is read as a file and as a tree by the unmodified URL reader', async () => {
    await host.create('read-me');
    const clone = join(folder.path, 'read-me');
    await git(folder.path, 'clone', '--quiet', host.remote('read-me'), clone);
    await mkdir(join(clone, 'docs'));
    await writeFile(join(clone, 'docs/index.md'), '# Docs with ü\n');
    await writeFile(join(clone, 'other.txt'), 'x');
    await git(clone, 'checkout', '--quiet', '-B', 'main');
    await git(clone, 'add', '.');
    await git(clone, 'commit', '--quiet', '-m', 'First');
    await git(clone, 'push', '--quiet', 'origin', 'main');
    const sha = (await git(clone, 'rev-parse', 'HEAD')).trim();

    const reader = UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({ data: integrations() }),
    });
    const source = `${host.baseUrl}/hollowbrook/read-me/src/branch/main`;
    const file = await reader.readUrl(`${source}/docs/index.md`);
    expect((await file.buffer()).toString()).toBe('# Docs with ü\n');
    const tree = await reader.readTree(`${source}/docs`);
    expect(tree.etag).toBe(sha);
    expect((await tree.files()).map(one => one.path)).toEqual(['index.md']);
    await expect(
      reader.readTree(`${source}/docs`, { etag: sha }),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotModifiedError' }));
    await expect(reader.readUrl(`${source}/gone.md`)).rejects.toThrow(
      expect.objectContaining({ name: 'NotFoundError' }),
    );
    await expect(
      reader.readTree(`${host.baseUrl}/hollowbrook/read-me/src/branch/gone`),
    ).rejects.toThrow(expect.objectContaining({ name: 'NotFoundError' }));
  });
});
