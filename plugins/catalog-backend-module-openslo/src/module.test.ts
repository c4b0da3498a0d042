import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { Entity } from '@backstage/catalog-model';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { stringify } from 'yaml';
import catalogModuleOpenSlo from '.';

jest.setTimeout(120_000);

/** Long enough for a few rounds of processing. */
const PATIENCE_MS = 40_000;

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
  spec: { type: 'service', lifecycle: 'production', owner: 'ops' },
};

function slo(metadata: object = {}, spec: object = {}): object {
  const metric = (query: string) => ({
    metricSource: { type: 'Prometheus', spec: { query } },
  });
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: {
      name: 'shop-works',
      displayName: 'The shop works',
      labels: { team: ['a', 'b'], tier: '1', odd: ['not a label!'] },
      ...metadata,
    },
    spec: {
      service: 'shop',
      indicator: {
        metadata: { name: 'requests' },
        spec: {
          ratioMetric: {
            counter: true,
            bad: metric('bad_total'),
            total: metric('all_total'),
          },
        },
      },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99 }],
      ...spec,
    },
  };
}

const others = [
  {
    apiVersion: 'openslo/v1',
    kind: 'Service',
    metadata: { name: 'shop', displayName: 'Shop' },
  },
  {
    apiVersion: 'openslo/v1',
    kind: 'DataSource',
    metadata: { name: 'prom' },
    spec: { type: 'Prometheus', connectionDetails: { url: 'http://x' } },
  },
  {
    apiVersion: 'openslo/v1',
    kind: 'SLI',
    metadata: { name: 'requests' },
    spec: (slo() as { spec: { indicator: { spec: object } } }).spec.indicator
      .spec,
  },
];

describe('catalogModuleOpenSlo in a real catalog', () => {
  const files = new Map<string, string>();
  let fileServer: Server;
  let fileUrl: string;
  let backend: TestBackend;
  let apiUrl: string;

  beforeAll(async () => {
    fileServer = createServer((request, response) => {
      const content = files.get(request.url ?? '');
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    await new Promise<void>(done => {
      fileServer.listen(0, '127.0.0.1', done);
    });
    const { port } = fileServer.address() as AddressInfo;
    fileUrl = `http://127.0.0.1:${port}`;
    files.set(
      '/all.yaml',
      [
        component,
        slo(),
        slo({
          name: 'by-annotation',
          annotations: {
            'handrail.dev/component': 'gone',
            'handrail.dev/owner': 'user:default/dev',
          },
        }),
        slo({ name: 'elsewhere' }, { service: 'not-a-component' }),
        ...others,
      ]
        .map(document => stringify(document))
        .join('---\n'),
    );
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleOpenSlo,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost',
              reading: { allow: [{ host: `127.0.0.1:${port}` }] },
            },
            slo: { defaultOwner: 'group:default/sre' },
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [
                {
                  allow: [
                    'Component',
                    'Location',
                    'SLO',
                    'SLI',
                    'Service',
                    'DataSource',
                  ],
                },
              ],
              locations: [{ type: 'url', target: `${fileUrl}/all.yaml` }],
            },
          },
        }),
      ],
    });
    apiUrl = `http://localhost:${backend.server.port()}/api/catalog`;
  });

  afterAll(async () => {
    await backend?.stop();
    await new Promise(done => {
      fileServer.close(done);
    });
  });

  async function read(kind: string, name: string): Promise<Entity | undefined> {
    const response = await fetch(
      `${apiUrl}/entities/by-name/${kind}/default/${name}`,
    );
    return response.ok ? response.json() : undefined;
  }

  async function relationsOf(kind: string, name: string): Promise<string[]> {
    const entity = await read(kind, name);
    return (entity?.relations ?? [])
      .map(({ type, targetRef }) => `${type} ${targetRef}`)
      .sort();
  }

  async function eventually(check: () => Promise<void>) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > end) {
          throw error;
        }
        await new Promise(next => {
          setTimeout(next, 250);
        });
      }
    }
  }

  function dryRun(name: string, content: string) {
    files.set(name, content);
    return fetch(`${apiUrl}/locations?dryRun=true`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'url', target: `${fileUrl}${name}` }),
    });
  }

  it('registers documents as they are on disk, owned and related', async () => {
    await eventually(async () => {
      expect(await relationsOf('slo', 'shop-works')).toEqual([
        'measures component:default/shop',
        'ownedBy group:default/ops',
      ]);
      expect(await relationsOf('component', 'shop')).toEqual([
        'measuredBy slo:default/shop-works',
        'ownedBy group:default/ops',
      ]);
    });
    const entity = await read('slo', 'shop-works');
    expect(entity?.metadata).toMatchObject({
      title: 'The shop works',
      labels: { team: 'a_b', tier: '1' },
    });
    expect(
      JSON.parse(
        entity?.metadata.annotations?.['handrail.dev/openslo-labels'] ?? '',
      ),
    ).toEqual({ team: ['a', 'b'], tier: '1', odd: ['not a label!'] });
    await eventually(async () => {
      for (const { kind, metadata } of others) {
        expect(await read(kind, metadata.name)).toBeDefined();
        expect(await relationsOf(kind, metadata.name)).toEqual([
          'ownedBy group:default/sre',
        ]);
      }
    });
  });

  it('follows annotations, also to what is not there', async () => {
    await eventually(async () => {
      expect(await relationsOf('slo', 'by-annotation')).toEqual([
        'measures component:default/gone',
        'ownedBy user:default/dev',
      ]);
      expect(await relationsOf('slo', 'elsewhere')).toEqual([
        'ownedBy group:default/sre',
      ]);
    });
  });

  it('shows the import page where a document is wrong', async () => {
    const response = await dryRun(
      '/bad.yaml',
      stringify(slo({}, { objectives: [{ target: 99.9 }] })),
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      '/spec/objectives/0/target: is out of range; found 99.9; allowed: it must be < 1',
    );
  });

  it.each([
    [
      { apiVersion: 'openslo/v2alpha' },
      '/apiVersion: is not supported; found \\"openslo/v2alpha\\"; allowed: openslo/v1',
    ],
    [
      {
        metadata: {
          name: 'x',
          annotations: { 'handrail.dev/component': 'component:' },
        },
      },
      '/metadata/annotations/handrail.dev/component: is not an entity ref',
    ],
  ])('refuses %p', async (changes, words) => {
    const response = await dryRun(
      '/other.yaml',
      stringify({ ...slo(), ...changes }),
    );
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });

  it('accepts a good document in the import page', async () => {
    const response = await dryRun('/good.yaml', stringify(slo()));
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      entities: [{ kind: 'Location' }, { kind: 'SLO' }],
    });
  });
});
