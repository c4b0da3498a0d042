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
import catalogModuleSop from '.';

jest.setTimeout(120_000);

/** Long enough for two rounds of processing and one stale list of procedures. */
const PATIENCE_MS = 30_000;

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop' },
  spec: { type: 'service', lifecycle: 'production', owner: 'ops' },
};

function procedure(changes: object = {}): object {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'SOP',
    metadata: { name: 'release', title: 'Release' },
    spec: {
      type: 'release',
      owner: 'group:default/ops',
      system: 'system:default/portal',
      lifecycle: 'effective',
      appliesTo: { kind: 'Component', 'spec.lifecycle': 'production' },
      steps: [
        { id: 'notes', type: 'manual', name: 'Notes', role: 'initiator' },
      ],
      ...changes,
    },
  };
}

describe('catalogModuleSop in a real catalog', () => {
  const files = new Map<string, object>();
  let fileServer: Server;
  let fileUrl: string;
  let backend: TestBackend;
  let apiUrl: string;

  beforeAll(async () => {
    fileServer = createServer((request, response) => {
      const content = files.get(request.url ?? '');
      response.writeHead(content ? 200 : 404).end(stringify(content));
    });
    await new Promise<void>(done => {
      fileServer.listen(0, '127.0.0.1', done);
    });
    const { port } = fileServer.address() as AddressInfo;
    fileUrl = `http://127.0.0.1:${port}`;
    files.set('/shop.yaml', component);
    files.set('/release.yaml', procedure());
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleSop,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost',
              reading: { allow: [{ host: `127.0.0.1:${port}` }] },
            },
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [{ allow: ['Component', 'SOP', 'SOPPolicy', 'Location'] }],
              locations: [{ type: 'url', target: `${fileUrl}/shop.yaml` }],
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

  function post(path: string, body: object) {
    return fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** @returns the id of the location */
  async function register(path: string): Promise<string> {
    const target = `${fileUrl}${path}`;
    const response = await post('/locations', { type: 'url', target });
    expect(response.status).toBe(201);
    return (await response.json()).location.id;
  }

  async function relationsOf(kind: string, name: string): Promise<string[]> {
    const entity = await read(kind, name);
    return (entity?.relations ?? [])
      .map(({ type, targetRef }) => `${type} ${targetRef}`)
      .sort();
  }

  async function read(kind: string, name: string): Promise<Entity | undefined> {
    const response = await fetch(
      `${apiUrl}/entities/by-name/${kind}/default/${name}`,
    );
    return response.ok ? response.json() : undefined;
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

  it('answers the import page with path and message', async () => {
    files.set(
      '/bad.yaml',
      procedure({ steps: [{ id: 'a', type: 'manul', name: 'A' }] }),
    );
    const response = await post('/locations?dryRun=true', {
      type: 'url',
      target: `${fileUrl}/bad.yaml`,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      'spec.steps[0].type: found \\"manul\\"; allowed: manual, approval, handoff, wait, check, action, parallel, switch, listen, forEach, run, tour (unknown type, did you mean \\"manual\\"?)',
    );
  });

  it('answers the import page with the entity when it is valid', async () => {
    const response = await post('/locations?dryRun=true', {
      type: 'url',
      target: `${fileUrl}/release.yaml`,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      entities: [{ kind: 'Location' }, { kind: 'SOP' }],
    });
  });

  it('answers the import page with what is wrong with a policy', async () => {
    files.set('/loose.yaml', {
      apiVersion: 'handrail.dev/v1alpha1',
      kind: 'SOPPolicy',
      metadata: { name: 'loose' },
      spec: { owner: 'ops', targets: { kind: 'API' }, quorum: 0 },
    });
    const response = await post('/locations?dryRun=true', {
      type: 'url',
      target: `${fileUrl}/loose.yaml`,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      'a policy can only tighten what a procedure asks for',
    );
  });

  it('answers a validation with path and message', async () => {
    const response = await post('/validate-entity', {
      entity: procedure({ owner: 'component:default/x' }),
      location: `url:${fileUrl}/other.yaml`,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(
      'spec.owner: found \\"component:default/x\\"; allowed: an entity ref of kind group or user',
    );
  });

  // Both at once, as each change takes as long as a list of them is used.
  it('keeps a procedure and a policy through their lives', async () => {
    files.set('/policy.yaml', {
      apiVersion: 'handrail.dev/v1alpha1',
      kind: 'SOPPolicy',
      metadata: { name: 'four-eyes' },
      spec: {
        owner: 'ops',
        targets: { kind: 'Component', 'spec.lifecycle': 'production' },
        minQuorum: 2,
      },
    });
    const policy = await register('/policy.yaml');
    await register('/release.yaml');

    // Registered: related to owner, system and the component in production.
    await eventually(async () => {
      expect(await relationsOf('soppolicy', 'four-eyes')).toEqual([
        'appliesTo component:default/shop',
        'ownedBy group:default/ops',
      ]);
      expect(await relationsOf('sop', 'release')).toEqual([
        'appliesTo component:default/shop',
        'ownedBy group:default/ops',
        'partOf system:default/portal',
      ]);
      expect(await relationsOf('component', 'shop')).toEqual([
        'governedBy sop:default/release',
        'governedBy soppolicy:default/four-eyes',
        'ownedBy group:default/ops',
      ]);
    });

    // Broken: the last good version stays, with the reason beside it.
    files.set('/release.yaml', procedure({ lifecycle: 'efective' }));
    await eventually(async () => {
      const entity = await read('sop', 'release');
      expect(entity?.spec?.lifecycle).toBe('effective');
      expect(entity).toMatchObject({
        status: {
          items: [
            {
              level: 'error',
              message: expect.stringContaining(
                'spec.lifecycle: found "efective"; allowed: draft, in-review, effective, superseded, retired (is not allowed, did you mean "effective"?)',
              ),
            },
          ],
        },
      });
      expect(await relationsOf('component', 'shop')).toContain(
        'governedBy sop:default/release',
      );
    });

    // Retired and gone: nothing is governed any more, nor is there a reason.
    await fetch(`${apiUrl}/locations/${policy}`, { method: 'DELETE' });
    files.set('/release.yaml', procedure({ lifecycle: 'retired' }));
    await eventually(async () => {
      const entity = await read('sop', 'release');
      expect(entity?.spec?.lifecycle).toBe('retired');
      expect(entity).not.toHaveProperty('status');
      expect(await relationsOf('component', 'shop')).toEqual([
        'ownedBy group:default/ops',
      ]);
      expect(await relationsOf('sop', 'release')).toEqual([
        'ownedBy group:default/ops',
        'partOf system:default/portal',
      ]);
    });
  });
});
