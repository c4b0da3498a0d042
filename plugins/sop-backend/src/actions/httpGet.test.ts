import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { SopEndpoint } from '../config';
import { httpGet, MAX_BODY_SIZE } from './httpGet';

describe('httpGet', () => {
  let server: Server;
  let port: number;
  const requests: Array<{ url?: string; key?: string | string[] }> = [];

  beforeAll(async () => {
    server = createServer((req, res) => {
      requests.push({ url: req.url, key: req.headers['x-key'] });
      const path = new URL(req.url ?? '/', 'http://x').pathname;
      if (path === '/base/json') {
        res.setHeader('content-type', 'application/json; charset=utf-8');
        res.end('{"status":"green"}');
      } else if (path === '/base/broken') {
        res.setHeader('content-type', 'application/json');
        res.end('{');
      } else if (path === '/base/large') {
        res.end('x'.repeat(MAX_BODY_SIZE + 1));
      } else if (path === '/base/near') {
        res.writeHead(302, { location: '/base/json' }).end();
      } else if (path === '/base/far') {
        res
          .writeHead(302, { location: `http://127.0.0.1:${port}/base/json` })
          .end();
      } else if (path === '/base/round') {
        res.writeHead(302, { location: '/base/round' }).end();
      } else if (path === '/base/slow') {
        res.write('a');
      } else if (path === '/base/error') {
        res.writeHead(503).end('down');
      } else {
        res.end('text');
      }
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
    port = (server.address() as AddressInfo).port;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  function get(path?: string, endpoint = 'monitor') {
    const url = new URL(`http://localhost:${port}/base/`);
    return httpGet(
      { endpoint, path },
      {
        endpoints: new Map<string, SopEndpoint>([
          ['monitor', { name: 'monitor', url, headers: { 'X-Key': 'k' } }],
          [
            'gone',
            { name: 'gone', url: new URL('http://localhost:1/'), headers: {} },
          ],
        ]),
        timeoutMs: 300,
      },
    );
  }

  it.each([
    [undefined, 200, true, 'text'],
    ['/json?a=1', 200, true, { status: 'green' }],
    ['/broken', 200, true, '{'],
    ['/near', 200, true, { status: 'green' }],
    ['/error', 503, false, 'down'],
  ])('reads %s', async (path, status, ok, body) => {
    const result = await get(path);
    expect(result).toEqual({
      status,
      ok,
      body,
      durationMs: expect.any(Number),
    });
    expect(requests[requests.length - 1].key).toBe('k');
  });

  it.each([
    ['/large', 'monitor', 'answered with more than 60000 bytes'],
    ['/far', 'monitor', 'redirects to other hosts are not followed'],
    ['/round', 'monitor', 'redirects more than 3 times'],
    ['/slow', 'monitor', 'did not answer within 0.3 s'],
    ['/json', 'none', 'endpoint: found "none"; allowed: gone, monitor'],
    ['/json', 'gone', 'Endpoint "gone" cannot be reached'],
  ])('refuses %s of %s', async (path, endpoint, message) => {
    await expect(get(path, endpoint)).rejects.toThrow(message);
  });

  it.each([
    'json',
    '//evil.test/x',
    '/../admin',
    '/%2e%2e/admin',
    '/\\evil.test',
    'http://evil.test/',
    '@evil.test/',
    '/a#b',
    '',
  ])('does not leave the endpoint by %j', async path => {
    const before = requests.length;
    await expect(get(path)).rejects.toThrow('a path below the endpoint');
    expect(requests).toHaveLength(before);
  });
});
