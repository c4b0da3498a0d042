import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import techdocsPlugin from '@backstage/plugin-techdocs-backend';
import {
  TechdocsGenerator,
  techdocsGeneratorExtensionPoint,
} from '@backstage/plugin-techdocs-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DocsPublisher } from './DocsPublisher';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'handrail-docs-'));
const source = join(folder, 'source');
const ref = 'component:default/wallet';

let backend: TestBackend;
let publisher: DocsPublisher;

/** Writes a page of the repository. */
function write(path: string, text: string): void {
  mkdirSync(join(source, 'docs'), { recursive: true });
  writeFileSync(join(source, 'docs', path), text);
}

/** Stands for MkDocs, which need not be on this machine: a page of each text. */
const generator = {
  async run({ inputDir, outputDir }: { inputDir: string; outputDir: string }) {
    const text = readFileSync(join(inputDir, 'docs/log-in.md'), 'utf8');
    if (text.includes('BROKEN')) {
      throw new Error('The docs are broken');
    }
    const html = `<h1>${text.replace(/&/g, '&amp;')}</h1>`;
    mkdirSync(join(outputDir, 'log-in'), { recursive: true });
    writeFileSync(join(outputDir, 'log-in/index.html'), html);
    writeFileSync(join(outputDir, 'index.html'), '<h1>Wallet</h1>');
    writeFileSync(join(outputDir, 'techdocs_metadata.json'), '{}');
  },
} as unknown as TechdocsGenerator;

beforeAll(async () => {
  write('log-in.md', 'Log in & out');
  const entity = (name: string) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      uid: `uid-of-${name}`,
      annotations: {
        'backstage.io/techdocs-ref': 'dir:.',
        'backstage.io/managed-by-location': `file:${source}/catalog-info.yaml`,
      },
    },
  });
  backend = await startTestBackend({
    features: [
      techdocsPlugin,
      createBackendModule({
        pluginId: 'techdocs',
        moduleId: 'generator',
        register: env =>
          env.registerInit({
            deps: { docs: techdocsGeneratorExtensionPoint },
            init: async ({ docs }) => docs.setTechdocsGenerator(generator),
          }),
      }),
      catalogServiceMock.factory({
        entities: ['wallet', 'other', 'broken'].map(entity),
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://portal.example' },
          techdocs: {
            builder: 'local',
            publisher: {
              type: 'local',
              local: { publishDirectory: join(folder, 'published') },
            },
          },
        },
      }),
      createBackendPlugin({
        pluginId: 'sop',
        register: env =>
          env.registerInit({
            deps: {
              auth: coreServices.auth,
              discovery: coreServices.discovery,
            },
            async init(deps) {
              publisher = new DocsPublisher({
                ...deps,
                appBaseUrl: 'http://portal.example',
              });
            },
          }),
      }),
    ],
  });
});

afterAll(async () => {
  await backend.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('builds the docs, and says where the page is', async () => {
  const page = { entityRef: ref, path: 'log-in', contains: 'Log in & out' };
  expect(await publisher.publish(page)).toEqual({
    url: 'http://portal.example/docs/default/component/wallet/log-in/',
    updated: true,
  });
  // It is there, and nothing is new.
  expect(await publisher.publish({ ...page, path: '/log-in.md' })).toEqual({
    url: 'http://portal.example/docs/default/component/wallet/log-in/',
    updated: false,
  });
});

it.each<[string, object, string, string]>([
  [
    'a page that does not say what it should',
    { entityRef: 'component:default/other', contains: 'Sign up' },
    'ServiceUnavailableError',
    'The page log-in of component:default/other does not say “Sign up” yet',
  ],
  [
    'a page that is not there',
    { path: 'sign-up' },
    'ServiceUnavailableError',
    'There is no page default/component/wallet/sign-up/index.html in the docs of component:default/wallet yet',
  ],
  [
    'an entity that is not there',
    { entityRef: 'component:default/nobody' },
    'NotFoundError',
    'component:default/nobody is not in the catalog',
  ],
  ['no ref', { entityRef: 'wallet' }, 'InputError', 'entityRef: '],
  [
    'a way out of the docs',
    { path: '../../secret' },
    'InputError',
    'path: found "../../secret"; allowed: a path in the docs',
  ],
])('refuses %s', async (_, more, name, message) => {
  const page = { entityRef: ref, path: 'log-in', ...more };
  await expect(publisher.publish(page)).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

it('says why docs cannot be built', async () => {
  write('log-in.md', 'BROKEN');
  await expect(
    publisher.publish({ entityRef: 'component:default/broken', path: '' }),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('The docs are broken'),
  });
});
