import { SopClient } from './SopClient';

const discoveryApi = {
  getBaseUrl: async (id: string) => `http://portal.test/api/${id}`,
};

function answer(status: number, body: unknown) {
  return jest.fn(
    async (_input: unknown, _init?: RequestInit) =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
  );
}

describe('SopClient', () => {
  it('sends a body that a middleware may read again', async () => {
    const fetch = answer(201, { runId: 'r' });
    const client = new SopClient({ discoveryApi, fetchApi: { fetch } });
    await client.startRun(
      { commandId: 'command-1', sopRef: 'sop:default/x', inputs: { a: 1 } },
      { token: 'secret' },
    );
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe('http://portal.test/api/sop/runs');
    expect(init?.method).toBe('POST');
    expect(init?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
    });
    expect(JSON.parse(init?.body as string)).toEqual({
      commandId: 'command-1',
      sopRef: 'sop:default/x',
      inputs: { a: 1 },
    });
  });

  it('encodes what it puts into an address', async () => {
    const fetch = answer(200, { items: [] });
    const client = new SopClient({ discoveryApi, fetchApi: { fetch } });
    await client.listProceduresForEntity('component:default/pay & co');
    await client.listRuns({ status: ['held', 'running'], limit: 5 });
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://portal.test/api/sop/procedures/by-entity?entityRef=component%3Adefault%2Fpay%20%26%20co',
      'http://portal.test/api/sop/runs?status=held&status=running&limit=5',
    ]);
  });

  it('keeps what the server says about a refusal', async () => {
    const fetch = answer(409, {
      error: {
        name: 'ConflictError',
        message: 'It changed',
        changes: [{ seq: 3, type: 'vote.cast', text: 'approved' }],
      },
      response: { statusCode: 409 },
    });
    const client = new SopClient({ discoveryApi, fetchApi: { fetch } });
    await expect(client.getRun('r')).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode: 409,
      body: { error: { name: 'ConflictError', changes: [{ seq: 3 }] } },
    });
  });
});
