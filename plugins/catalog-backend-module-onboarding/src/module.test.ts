import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import {
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { stringify } from 'yaml';
import catalogModuleOnboarding from '.';

jest.setTimeout(120_000);

function tour(spec: object = {}): object {
  return {
    apiVersion: 'handrail.dev/v1alpha1',
    kind: 'Tour',
    metadata: { name: 'look', title: 'Look around' },
    spec: {
      owner: 'group:default/ops',
      version: 1,
      steps: [{ id: 'one', title: 'One', body: 'First' }],
      ...spec,
    },
  };
}

describe('catalogModuleOnboarding in a real catalog', () => {
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
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleOnboarding,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost',
              reading: { allow: [{ host: `127.0.0.1:${port}` }] },
            },
            catalog: {
              processingInterval: { seconds: 1 },
              rules: [{ allow: ['Component', 'Tour', 'Location'] }],
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

  function register(query = '') {
    return fetch(`${apiUrl}/locations${query}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ type: 'url', target: `${fileUrl}/tour.yaml` }),
    });
  }

  it('answers the import page with path and message', async () => {
    files.set(
      '/tour.yaml',
      tour({
        steps: [{ id: 'one', title: 'One', body: '<b>', advanceOn: 'click' }],
      }),
    );
    const response = await register('?dryRun=true');
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(text).toContain('The tour has 2 problems:');
    expect(text).toContain('spec.steps[0].body: found \\"<b>\\"');
    expect(text).toContain('spec.steps[0].target: found nothing');
  });

  it('relates a tour to its owner and keeps the last good version', async () => {
    files.set('/tour.yaml', tour());
    expect((await register()).status).toBe(201);
    await eventually(async () => {
      const entity = await read();
      expect(entity?.relations).toEqual([
        { type: 'ownedBy', targetRef: 'group:default/ops' },
      ]);
    });
    files.set('/tour.yaml', tour({ version: 'two' }));
    await eventually(async () => {
      const entity = await read();
      expect(entity.spec.version).toBe(1);
      expect(entity.status?.items[0].message).toContain(
        'spec.version: found "two"; allowed: integer',
      );
    });
  });

  async function read() {
    const response = await fetch(
      `${apiUrl}/entities/by-name/tour/default/look`,
    );
    expect(response.status).toBe(200);
    return response.json();
  }

  /** Long enough for several rounds of processing. */
  async function eventually(check: () => Promise<void>) {
    const end = Date.now() + 30_000;
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
});
