import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { RestClient, RestRequest } from './RestClient';
import { retryAfter } from './retryAfter';

let server: Server;
let answers: Array<(response: ServerResponse) => void>;
let arrived: number;

beforeEach(async () => {
  answers = [];
  arrived = 0;
  server = createServer((_, response) => {
    arrived += 1;
    answers.shift()?.(response);
  });
  await new Promise<void>(done => {
    server.listen(0, '127.0.0.1', done);
  });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const says =
  (status: number, body: string = '', headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(body);

const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function ask(more: Partial<RestRequest> = {}, baseUrl?: string) {
  const client = new RestClient({
    who: 'Desk',
    baseUrl: baseUrl ?? `${url()}/base`,
    headers: async () => ({ Authorization: 'Bearer secret' }),
    timeoutMs: 300,
    patienceMs: 2500,
  });
  return client.request({ method: 'POST', path: '/x', body: {}, ...more });
}

it.each<[number, string, string, string]>([
  [
    400,
    '{"errorMessages":["A"],"errors":{"f":"B"}}',
    'InputError',
    '400: A; f: B',
  ],
  [401, 'secret', 'AuthenticationError', 'does not take the credentials'],
  [403, '{"message":"No"}', 'NotAllowedError', '403: No'],
  [404, '<html>', 'NotFoundError', 'Desk answered 404'],
  [
    409,
    '{"errors":[{"title":"T","detail":"D"}]}',
    'ConflictError',
    '409: T: D',
  ],
  [
    422,
    '{"message":"M","errors":[{"field":"f","code":"c"}]}',
    'InputError',
    '422: M; f: c',
  ],
  [500, '', 'ServiceUnavailableError', 'Desk answered 500'],
  [200, '<html>', 'ServiceUnavailableError', 'something that is no JSON'],
  [200, `"${'x'.repeat(2_100_000)}"`, 'ServiceUnavailableError', 'larger than'],
])('%i %s is a %s', async (status, body, name, message) => {
  answers = [says(status, body)];
  await expect(ask()).rejects.toMatchObject({
    name,
    message: expect.stringContaining(message),
  });
});

it.each<[string, (response: ServerResponse) => void]>([
  ['500', says(500)],
  ['no answer', () => undefined],
  ['a broken connection', response => response.socket?.destroy()],
  [
    'half an answer',
    response => {
      response.writeHead(200, { 'Content-Length': '10' }).write('{');
      setTimeout(() => response.socket?.destroy(), 20);
    },
  ],
  ['no JSON', says(200, 'x')],
])('does not know what came of a request after %s', async (_, answer) => {
  answers = [answer];
  await expect(ask({ once: true })).rejects.toMatchObject({
    name: 'OutcomeUnknownError',
    message: expect.stringContaining('whether it took effect is not known'),
  });
  expect(arrived).toBe(1);
});

it('knows that nothing came of what never arrived, or was refused', async () => {
  answers = [says(400)];
  await expect(ask({ once: true })).rejects.toMatchObject({
    name: 'InputError',
  });
  const gone = url();
  await new Promise(done => {
    server.close(done);
    server.closeAllConnections();
  });
  await expect(ask({ once: true }, gone)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: 'Desk cannot be reached (ECONNREFUSED)',
  });
});

it('does not wait for ever', async () => {
  await expect(ask()).rejects.toThrow('Desk did not answer within 0.3 s');
});

it('waits as long as it is asked to, and then goes on', async () => {
  const isSaid = { 'Retry-After': '0' };
  answers = [
    says(429, '', isSaid),
    says(403, '', { ...isSaid, 'X-RateLimit-Remaining': '0' }),
    says(200, '{"a":1}'),
  ];
  expect(await ask({ once: true })).toEqual({ a: 1 });
  expect(arrived).toBe(3);
});

it.each([
  [{ 'Retry-After': '120' }, '; again in 120 s'],
  [{}, ''],
])('does not wait for longer than it may: %j', async (headers, message) => {
  answers = [says(429, '', headers as Record<string, string>)];
  await expect(ask({ once: true })).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: `Desk limits how often it may be asked${message}`,
  });
});

it('loses patience', async () => {
  answers = Array.from({ length: 9 }, () =>
    says(429, '', { 'Retry-After': '1' }),
  );
  await expect(ask()).rejects.toThrow('limits how often');
  expect(arrived).toBe(3);
});

it('does not carry credentials along a redirect', async () => {
  answers = [says(302, '', { Location: 'https://elsewhere.example/' })];
  await expect(ask()).rejects.toThrow(
    'Desk answered with a redirect to https://elsewhere.example/',
  );
  expect(arrived).toBe(1);
});

it('takes an answer without a body', async () => {
  answers = [says(204)];
  expect(await ask()).toBeNull();
});

describe('retryAfter', () => {
  const now = Date.parse('2026-11-21T10:00:00Z');
  it.each<[Record<string, string>, number | undefined]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'x-ratelimit-reset': String(now / 1000 + 5) }, 5000],
    [{}, undefined],
  ])('%j: %s ms', (headers, millis) => {
    expect(retryAfter(new Headers(headers), now)).toBe(millis);
  });
});
