import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import sopPlugin from '@handrail/plugin-sop-backend';
import { SopClient } from '@handrail/plugin-sop-common';
import { DemoSigners } from './DemoSigners';
import sopModuleDemo from '.';

jest.setTimeout(60_000);

const LEADS = ['user:default/priya', 'user:default/henrik'];

function procedure(revision: string, stepName = 'Do it'): Entity {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name: 'shipped', namespace: 'default', title: 'Shipped' },
    spec: {
      type: 'test',
      owner: 'group:default/ops',
      lifecycle: 'effective',
      document: { number: 'SOP-1', revision, approvers: LEADS },
      steps: [{ id: 'do', type: 'manual', name: stepName, role: 'initiator' }],
    },
  };
}

describe('the signatures of the demo organisation', () => {
  let backend: TestBackend;
  let catalog: CatalogService;
  let api: SopClient;
  let signers: DemoSigners;
  const signedIn: string[] = [];
  const token = mockCredentials.user.token('user:default/somebody');
  const control = () => api.getControl('sop:default/shipped', { token });

  beforeAll(async () => {
    catalog = catalogServiceMock({ entities: [procedure('1')] });
    backend = await startTestBackend({
      features: [
        sopPlugin,
        createServiceFactory({
          service: catalogServiceRef,
          deps: {},
          factory: () =>
            new Proxy({} as CatalogService, {
              get: (_, method: keyof CatalogService) =>
                catalog[method]?.bind(catalog),
            }),
        }),
      ],
    });
    api = new SopClient({
      discoveryApi: {
        getBaseUrl: async plugin =>
          `http://localhost:${backend.server.port()}/api/${plugin}`,
      },
    });
    signers = new DemoSigners({
      api,
      logger: mockServices.logger.mock(),
      signers: LEADS,
      signIn: async userRef => {
        signedIn.push(userRef);
        return mockCredentials.user.token(userRef);
      },
      listProcedures: async () => ['sop:default/shipped', 'sop:default/gone'],
    });
  });

  afterAll(() => backend.stop());

  it('bring what is shipped into force, by the API that people use', async () => {
    await signers.signAll();
    const view = await control();
    expect(view.effectiveHash).toBe(view.currentHash);
    expect(view.revisions[0].signatures.map(one => one.by)).toEqual(LEADS);
  });

  it('leave a changed file to people', async () => {
    await signers.signAll();
    catalog = catalogServiceMock({
      entities: [procedure('2', 'Do it otherwise')],
    });
    // As after a restart, when nothing is remembered.
    const again = new DemoSigners({
      api,
      logger: mockServices.logger.mock(),
      signers: LEADS,
      signIn: async userRef => mockCredentials.user.token(userRef),
      listProcedures: async () => ['sop:default/shipped'],
    });
    await signers.signAll();
    await again.signAll();
    const view = await control();
    expect(view.effectiveHash).not.toBe(view.currentHash);
    expect(view.revisions[0]).toMatchObject({
      status: 'in-review',
      signatures: [],
    });
  });
});

describe('the module', () => {
  const { NODE_ENV } = process.env;
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV });
  });

  const start = (data: object) =>
    startTestBackend({
      features: [
        sopPlugin,
        sopModuleDemo,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data }),
      ],
    });

  it('keeps a production back end from starting', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(start({ sop: { demo: { signers: LEADS } } })).rejects.toThrow(
      /sop\.demo is configured and NODE_ENV is "production"/,
    );
  });

  it('does nothing where it is not configured', async () => {
    Object.assign(process.env, { NODE_ENV: 'production' });
    await expect(
      start({}).then(backend => backend.stop()),
    ).resolves.toBeUndefined();
  });
});
