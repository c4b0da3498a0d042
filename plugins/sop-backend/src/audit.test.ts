import { spec } from './schema/generated/spec';
import { Harness, procedure, startHarness } from './__testUtils__/harness';

jest.setTimeout(60_000);

/** Every operation of the API's description. */
const operations = Object.entries(spec.paths).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter(method =>
      ['get', 'post', 'put', 'patch', 'delete'].includes(method),
    )
    .map(method => ({ method, path })),
);

describe('the audit log', () => {
  let harness: Harness;
  let runId: string;

  beforeAll(async () => {
    harness = await startHarness({
      entities: [
        procedure('plain', [
          { id: 'write', type: 'manual', name: 'Write', role: 'developer' },
        ]),
      ],
    });
    runId = (await harness.as('dev').start('plain')).body.runId;
  });

  afterAll(() => harness.stop());

  /** The request, and the audit events that came of it. */
  async function attempt(
    { method, path }: { method: string; path: string },
    query = '',
    body: object = {},
  ) {
    const before = harness.audits.length;
    const caller = harness.as('dev');
    const at = path.replace(/\{\w+\}/g, runId) + query;
    const response =
      method === 'get'
        ? await caller.get(at)
        : await caller.send(method, at, body);
    // What is put on record after the answer.
    for (let i = 0; i < 100; i++) {
      const since = harness.audits.slice(before);
      if (since.length && since.every(({ outcome }) => outcome !== 'open')) {
        break;
      }
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    return { response, audits: harness.audits.slice(before) };
  }

  it.each(operations)(
    'has exactly one event of a person at $method $path',
    async operation => {
      const { audits } = await attempt(operation);
      expect(audits).toHaveLength(1);
      expect(['open', undefined]).not.toContain(audits[0].outcome);
    },
  );

  it.each([
    ['get', '/runs', '', 'run', 'list'],
    ['get', '/runs/{runId}', '', 'run', 'get'],
    ['get', '/runs/{runId}/journal', '', 'run', 'read-journal'],
    ['post', '/runs/{runId}/verify', '', 'run', 'verify'],
    ['get', '/tasks', '?scope=me', 'task', 'list'],
    ['get', '/tasks/count', '', 'task', 'count'],
    ['get', '/events', '', 'event', 'list'],
    [
      'get',
      '/procedures/by-entity',
      '?entityRef=component%3Adefault%2Fcheckout',
      'procedure',
      'list',
    ],
    [
      'get',
      '/gate',
      '?entityRef=component%3Adefault%2Fcheckout',
      'gate',
      'check',
    ],
  ])(
    'names what %s %s%s is about',
    async (method, path, query, eventId, actionType) => {
      const { response, audits } = await attempt({ method, path }, query);
      expect(response.body).not.toHaveProperty('error');
      expect(audits).toEqual([
        {
          outcome: 'success',
          event: expect.objectContaining({
            eventId,
            meta: expect.objectContaining({ actionType }),
          }),
        },
      ]);
    },
  );

  it('has refusals by the policy', async () => {
    harness.denied.add('sop.run.read');
    const { audits } = await attempt({ method: 'get', path: '/runs' });
    harness.denied.clear();
    expect(audits[0]).toMatchObject({
      outcome: 'NotAllowedError',
      event: { eventId: 'run', meta: { actionType: 'list' } },
    });
  });
});
