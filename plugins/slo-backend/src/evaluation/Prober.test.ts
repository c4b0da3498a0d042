import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { ProbeConfig } from '../config';
import { SloStore, StreamCount } from '../database';
import { Prober } from './Prober';

describe('Prober', () => {
  let server: Server;
  let origin: string;
  let status = 503;
  const asked: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status).end();
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(
    () =>
      new Promise(done => {
        server.close(done);
      }),
  );

  function proberOf(target: ProbeConfig['target']) {
    const counts: StreamCount[] = [];
    const addCounts: SloStore['addCounts'] = async added => {
      counts.push(...added);
      return { repeated: false };
    };
    const prober = new Prober({
      probes: [{ stream: 's', target, timeoutMs: 2000 }],
      store: { addCounts } as SloStore,
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => `${origin}/api/slo`,
      }),
      logger: mockServices.logger.mock(),
    });
    return { prober, counts };
  }

  it('counts a path of the portal from its first good answer on', async () => {
    const { prober, counts } = proberOf({ path: '/ready' });
    status = 503;
    await prober.probe(1);
    expect(counts).toEqual([]);
    expect(asked).toEqual(['/ready']);
    status = 200;
    await prober.probe(2);
    status = 503;
    await prober.probe(3);
    expect(counts).toEqual([
      { key: 'embedded:s', at: 2, bad: 0, total: 1 },
      { key: 'embedded:s', at: 3, bad: 1, total: 1 },
    ]);
  });

  it('counts other addresses from the start, also those that are not there', async () => {
    status = 503;
    const bad = { key: 'embedded:s', at: 1, bad: 1, total: 1 };
    for (const url of [`${origin}/x`, 'http://127.0.0.1:1/']) {
      const { prober, counts } = proberOf({ url });
      await prober.probe(1);
      expect(counts).toEqual([bad]);
    }
  });
});
