import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { BUCKET_SECONDS, SloDefinition } from '@handrail/plugin-slo-common';
import { SloSeriesResult, SloSource } from '@handrail/plugin-slo-node';
import {
  databaseIds,
  Harness,
  sloEntity,
  startHarness,
} from './__testUtils__/harness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: [...databaseIds] });

/** A source whose answers a test sets. */
class FakeSource implements SloSource {
  readonly type = 'fake';
  readonly asked: string[][] = [];
  answer: (key: string, now: number) => SloSeriesResult = key => ({
    key,
    error: 'The source is down.',
  });

  seriesKey({ name }: SloDefinition): string {
    return `fake:${name}`;
  }

  async fetch(requests: Array<{ key: string }>, { now }: { now: number }) {
    this.asked.push(requests.map(({ key }) => key));
    return requests.map(({ key }) => this.answer(key, now));
  }
}

const entities: Entity[] = [
  sloEntity('checkout', {
    entityRef: 'component:default/checkout',
    owner: 'group:default/shop',
  }),
  sloEntity('search', {
    entityRef: 'component:default/search',
    owner: 'group:default/shop',
  }),
  sloEntity('far', { type: 'fake', owner: 'group:default/sre' }),
  sloEntity('strange', { type: 'unheard-of' }),
  sloEntity('calendar', {
    spec: {
      timeWindow: [
        {
          duration: '1M',
          calendar: { startTime: '2026-01-01 00:00:00', timeZone: 'UTC' },
        },
      ],
    },
  }),
];

let id = 0;
const nextId = () => `post-${(id += 1)}-of-test`;
const count = (bad: number, total: number, more: object = {}) => ({
  id: nextId(),
  counts: [{ stream: 'checkout', bad, total, ...more }],
});

describe.each(databases.eachSupportedId())('SLO back end on %p', databaseId => {
  let harness: Harness;
  let source: FakeSource;
  let probed: Server;
  let probeStatus = 200;

  beforeAll(async () => {
    source = new FakeSource();
    probed = createServer((_request, response) => {
      response.writeHead(probeStatus).end();
    });
    await new Promise<void>(done => {
      probed.listen(0, '127.0.0.1', done);
    });
    const { port } = probed.address() as AddressInfo;
    harness = await startHarness({
      entities,
      source,
      knex: await databases.init(databaseId),
      config: {
        slo: {
          embedded: {
            probes: [{ stream: 'search', url: `http://127.0.0.1:${port}/` }],
          },
        },
      },
    });
    await harness.round();
  });

  afterAll(async () => {
    await harness?.stop();
    await new Promise(done => {
      probed.close(done);
    });
  });

  const get = async (path: string) => (await harness.get(path)).body;

  it('knows nothing of an SLO without events, and says so', async () => {
    const slo = await get('/slos/default/checkout');
    expect(slo).toMatchObject({
      status: 'no-data',
      headline: 'No events in the last 28d.',
      figures: { sli: null, budgetRemaining: null, bad: null, burnRate: null },
      data: { source: 'embedded', stale: false },
      permits: { evaluate: { allowed: true } },
    });
    expect(slo.data.evaluatedAt).not.toBeNull();
  });

  it('says why one is unknown', async () => {
    expect(await get('/slos/default/far')).toMatchObject({
      status: 'unknown',
      headline: 'Not evaluated yet. The source is down.',
      data: { evaluatedAt: null, error: 'The source is down.' },
    });
    expect(await get('/slos/default/strange')).toMatchObject({
      status: 'unknown',
      data: {
        error: expect.stringContaining(
          '“unheard-of”; installed: embedded, fake',
        ),
      },
    });
    expect(await get('/slos/default/calendar')).toMatchObject({
      status: 'unknown',
      headline: expect.stringContaining('Calendar windows'),
    });
  });

  it('shows counters at once, once per id', async () => {
    const post = count(5, 1000);
    const first = await harness.post('/counters', post);
    expect(first.body).toEqual({ accepted: 1, repeated: false });
    const again = await harness.post('/counters', post);
    expect(again.body).toEqual({ accepted: 1, repeated: true });
    const { figures, status } = await get('/slos/default/checkout');
    expect(status).toBe('healthy');
    expect(figures).toMatchObject({ bad: 5, total: 1000, sli: 0.995 });
    expect(figures.budgetRemaining).toBeCloseTo(0.5, 9);

    const other = await harness.post('/counters', {
      ...post,
      counts: [{ stream: 'checkout', bad: 6, total: 1000 }],
    });
    expect(other.status).toBe(409);
    expect((await get('/slos/default/checkout')).figures.bad).toBe(5);
  });

  it('takes the same id of another sender, also of a service', async () => {
    const post = count(0, 10);
    const before = (await get('/slos/default/checkout')).figures.total;
    await harness.post('/counters', post).expect(200);
    const service = mockCredentials.service.header();
    const { body } = await harness.post('/counters', post, service);
    expect(body).toEqual({ accepted: 1, repeated: false });
    expect((await get('/slos/default/checkout')).figures.total).toBe(
      before + 20,
    );
  });

  const future = new Date(Date.now() + 3_600_000).toISOString();
  it.each([
    [count(-1, 5), 'bad'],
    [count(0.5, 5), 'bad'],
    [count(NaN, 5), 'bad'],
    [count(6, 5), '/counts/0/bad is more than total: found 6; allowed: 0 to 5'],
    [count(0, 5, { at: future }), '/counts/0/at is in the future'],
    [count(0, 5, { at: '2001-01-01T00:00:00Z' }), '/counts/0/at is too old'],
    [count(0, 5, { at: 'yesterday' }), 'at'],
    [
      count(0, 5, { stream: 'chekout' }),
      '/counts/0/stream is read by no SLO: found "chekout"; allowed: checkout, search',
    ],
    [{ ...count(0, 1), id: 'short' }, 'body/id must NOT have fewer'],
    [{ id: 'long-enough', counts: [] }, 'body/counts must NOT have fewer'],
    [{ id: nextId() }, 'counts'],
    [
      {
        id: nextId(),
        counts: [
          { stream: 'checkout', bad: 0, total: 77 },
          { stream: 'checkout', bad: 9, total: 1 },
        ],
      },
      '/counts/1/bad',
    ],
  ])('refuses %j and stores nothing of it', async (body, words) => {
    const before = (await get('/slos/default/checkout')).figures;
    const response = await harness.post('/counters', body);
    expect(response.status).toBe(400);
    expect(JSON.stringify(response.body.error)).toContain(
      JSON.stringify(words).slice(1, -1),
    );
    await harness.round();
    expect((await get('/slos/default/checkout')).figures.total).toBe(
      before.total,
    );
  });

  it('refuses bodies that are too large and broken ones', async () => {
    const large = await harness.post('/counters', {
      id: nextId(),
      more: 'x'.repeat(600_000),
    });
    expect(large.status).toBe(413);
    const broken = await harness
      .post('/counters')
      .set('Content-Type', 'application/json')
      .send('{"id": ');
    expect(broken.status).toBe(400);
  });

  it('refuses who is not signed in', async () => {
    const nobody = mockCredentials.none.header();
    expect((await harness.get('/slos', nobody)).status).toBe(401);
    expect((await harness.post('/counters', count(0, 1), nobody)).status).toBe(
      401,
    );
    const wrong = 'Bearer wrong.token.here';
    expect((await harness.get('/slos', wrong)).status).toBe(401);
  });

  it.each([
    ['slo.read', 'get', '/slos'],
    ['slo.read', 'get', '/slos/default/checkout'],
    ['slo.read', 'get', '/slos/default/checkout/burn-down'],
    ['slo.read', 'get', '/slos/default/checkout/rules'],
    ['slo.evaluate', 'post', '/slos/default/checkout/evaluate'],
    ['slo.read', 'post', '/slos/default/checkout/evaluate'],
    ['slo.counters.write', 'post', '/counters'],
  ] as const)('without %s refuses to %s %s', async (permission, verb, path) => {
    harness.denied.add(permission);
    try {
      const audits = harness.audits.length;
      const response =
        verb === 'get'
          ? await harness.get(path)
          : await harness.post(
              path,
              path === '/counters' ? count(1, 1) : undefined,
            );
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(`${permission} is denied`);
      // What was tried and refused is on record.
      expect(harness.audits.slice(audits).map(one => one.outcome)).toEqual(
        verb === 'post' ? ['NotAllowedError'] : [],
      );
    } finally {
      harness.denied.clear();
    }
  });

  it('does not offer what is denied', async () => {
    harness.denied.add('slo.evaluate');
    const { permits } = await get('/slos/default/checkout');
    harness.denied.clear();
    expect(permits.evaluate).toEqual({
      allowed: false,
      reason: expect.stringContaining('slo.evaluate'),
    });
  });

  it('announces a change of status once, and overspending', async () => {
    harness.events.length = 0;
    await harness.post('/counters', count(100, 100)).expect(200);
    const slo = await get('/slos/default/checkout');
    expect(slo.status).toBe('exhausted');
    expect(slo.figures.budgetRemaining).toBeLessThan(0);
    expect(slo.figures.secondsToExhaustion).toBe(0);
    expect(slo.headline).toMatch(/overspent by/);
    await harness.round();
    expect(harness.events).toEqual([
      {
        topic: 'slo.status',
        eventPayload: expect.objectContaining({
          type: 'dev.handrail.slo.status-changed',
          data: expect.objectContaining({
            sloRef: 'slo:default/checkout',
            entityRef: 'component:default/checkout',
            from: 'healthy',
            to: 'exhausted',
          }),
        }),
      },
    ]);
  });

  it('draws how the budget was spent', async () => {
    const { figures } = await get('/slos/default/checkout');
    const drawn = await get('/slos/default/checkout/burn-down?points=40');
    expect(drawn.points.length).toBeLessThanOrEqual(40);
    expect(drawn.points[0].remaining).toBe(1);
    expect(drawn.points.at(-1).remaining).toBeCloseTo(
      figures.budgetRemaining,
      9,
    );
    const none = await harness.get(
      '/slos/default/checkout/burn-down?objective=No',
    );
    expect(none.status).toBe(404);
    expect(none.body.error.message).toContain('it has Good');
  });

  it('counts each probe as one event', async () => {
    const before = (await get('/slos/default/search')).figures;
    probeStatus = 503;
    await harness.round();
    probeStatus = 200;
    await harness.round();
    expect((await get('/slos/default/search')).figures).toMatchObject({
      bad: (before.bad ?? 0) + 1,
      total: before.total + 2,
    });
  });

  it('keeps the last value with its age and the reason when a source fails', async () => {
    source.answer = (key, now) => {
      const until = Math.floor(now / BUCKET_SECONDS) * BUCKET_SECONDS;
      const buckets = [{ at: until - 3000, bad: 2, total: 1000 }];
      return { key, until, buckets };
    };
    const good = await harness.post('/slos/default/far/evaluate');
    expect(good.body).toMatchObject({ status: 'healthy', figures: { bad: 2 } });
    expect(good.body.data.error).toBeUndefined();

    // Nothing new to read: the source is left alone.
    const asked = source.asked.length;
    await harness.round();
    expect(source.asked.length).toBe(asked);

    const { evaluatedAt } = (await get('/slos/default/far')).data;
    source.answer = key => ({ key, error: 'It is gone.' });
    const failed = await harness.post('/slos/default/far/evaluate');
    expect(failed.status).toBe(200);
    expect(failed.body).toMatchObject({
      status: 'healthy',
      figures: { bad: 2, total: 1000 },
      data: {
        evaluatedAt,
        error: 'It is gone.',
      },
    });
    source.answer = () => {
      throw new Error('thrown');
    };
    const thrown = await harness.post('/slos/default/far/evaluate');
    expect(thrown.body.data.error).toBe('The source failed: thrown');
    expect(thrown.body.figures.bad).toBe(2);
  });

  it('lists by state, filters, counts and pages', async () => {
    const all = await get('/slos');
    expect(all.total).toBe(5);
    expect(all.items[0].name).toBe('checkout');
    expect(all.totals).toEqual({
      healthy: 1,
      caution: expect.any(Number),
      exhausted: expect.any(Number),
      'no-data': 0,
      unknown: 2,
    });
    const names = async (query: string) =>
      (await get(`/slos?${query}`)).items.map(
        (one: { name: string }) => one.name,
      );
    expect(await names('entityRef=Component%3Adefault%2Fcheckout')).toEqual([
      'checkout',
    ]);
    expect(await names('entityRef=component%3Adefault%2Fgone')).toEqual([]);
    expect(await names('owner=group%3Adefault%2Fsre')).toEqual(['far']);
    expect(await names('status=unknown')).toEqual(['calendar', 'strange']);
    expect(await names('q=SLO%20STRA')).toEqual(['strange']);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await get(`/slos?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items.map((one: { name: string }) => one.name));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(seen).toEqual(all.items.map((one: { name: string }) => one.name));

    for (const query of [
      'cursor=x',
      'entityRef=a%3A',
      'status=bad',
      'limit=0',
    ]) {
      expect((await harness.get(`/slos?${query}`)).status).toBe(400);
    }
  });

  it('tells what it does not have', async () => {
    const response = await harness.get('/slos/default/nothing');
    expect(response.status).toBe(404);
    expect(response.body.error.message).toContain(
      'There is no SLO default/nothing',
    );
    expect((await get('/slos/default/checkout/rules')).available).toBe(false);
  });

  it('checks documents', async () => {
    const { body } = await harness.post('/validate', {
      content: 'apiVersion: openslo/v1\nkind: SLO\nmetadata: {}\nspec: 5\n',
    });
    expect(body.documents).toBe(1);
    expect(body.problems.map((one: { path: string }) => one.path)).toEqual(
      expect.arrayContaining(['/metadata/name', '/spec']),
    );
  });

  it('gives agents the budget of an entity', async () => {
    const invoke = () =>
      harness.actions.invoke({
        id: 'test:get-budget',
        input: { entityRef: 'component:default/checkout' },
        credentials: mockCredentials.user('user:default/dev'),
      });
    expect((await invoke()).output).toEqual({
      slos: [
        expect.objectContaining({
          ref: 'slo:default/checkout',
          status: 'exhausted',
          target: 0.99,
        }),
      ],
    });
    harness.denied.add('slo.read');
    await expect(invoke()).rejects.toThrow('slo.read is denied');
    harness.denied.clear();
  });
});
