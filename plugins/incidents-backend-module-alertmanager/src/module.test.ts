import { gzipSync } from 'node:zlib';
import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import alertmanagerModule from '.';
import {
  component,
  startHarness,
} from '@handrail/plugin-incidents-backend/testUtils';
import { firing, resolved, SentAlert, webhook } from './__testUtils__/alerts';

jest.setTimeout(120_000);

const TOKEN = 'a-token-for-the-tests';
const config = {
  incidents: {
    alertmanager: {
      sources: [
        { name: 'main', token: TOKEN },
        { name: 'other', token: 'another-token-for-tests' },
      ],
    },
  },
};

async function start(options: Parameters<typeof startHarness>[0] = {}) {
  const harness = await startHarness({
    ...options,
    config,
    features: [alertmanagerModule],
  });
  const post = (body: string | Buffer | object, token = TOKEN) =>
    request(harness.backend.server)
      .post('/api/incidents/alertmanager/main')
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'application/json')
      .send(body);
  const deliver = async (...alerts: SentAlert[]) => {
    const response = await post(webhook(alerts));
    expect(response.status).toBe(202);
    return response.body;
  };
  return { ...harness, post, deliver, ana: harness.as('ana') };
}

describe('deliveries', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  it.each(ids)('propose one incident per system on %p', async id => {
    const { deliver, ana, stop } = await start({
      knex: await databases.init(id),
    });
    const first = await deliver(firing());
    expect(first).toMatchObject({
      verdict: 'accepted',
      counts: { alerts: 1, opened: 1, proposed: 1, unmatched: 0 },
    });
    await deliver(
      firing({
        fingerprint: 'beef',
        labels: {
          alertname: 'LedgerSlow',
          service: 'ledger',
          severity: 'warning',
        },
      }),
    );
    const page = await ana.read('/incidents?open=true');
    expect(page.items).toHaveLength(1);
    const [proposed] = page.items;
    expect(proposed).toMatchObject({
      status: 'proposed',
      severity: 'SEV-2',
      title: 'checkout: Payments fail',
      entityRefs: ['component:default/checkout', 'component:default/ledger'],
      owners: ['group:default/payments'],
    });
    const view = await ana.do(proposed.reference, {
      type: 'confirm',
      severity: 'SEV-1',
      takeCommand: true,
    });
    expect(view).toMatchObject({
      status: 'investigating',
      commander: 'user:default/ana',
      alerts: { open: 2, total: 2 },
    });
    // More of the same joins what people work on, and says so sparingly.
    const more = Array.from({ length: 30 }, (_, n) =>
      firing({ fingerprint: `more-${n}` }),
    );
    expect((await deliver(...more)).counts).toMatchObject({
      opened: 30,
      proposed: 0,
      joined: 30,
    });
    const later = await ana.incident(proposed.incidentId);
    expect(later.alerts.total).toBe(32);
    expect(
      later.timeline.filter(one => one.type === 'alerts.joined').length,
    ).toBeLessThan(4);
    await stop();
  });

  it.each(ids)('collapse duplicates that come at once on %p', async id => {
    const knex = await databases.init(id);
    // Two back ends on one database, as two replicas.
    const one = await start({ knex });
    const two = await start({ knex });
    const body = webhook([firing()]);
    const responses = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        (n % 2 ? one : two).post({ ...body, groupKey: `{}:${n % 3}` }),
      ),
    );
    expect(new Set(responses.map(response => response.status))).toEqual(
      new Set([202]),
    );
    const sum = (key: string) =>
      responses.reduce((all, { body: view }) => all + view.counts[key], 0);
    expect(sum('opened')).toBe(1);
    expect(sum('duplicate')).toBe(99);
    expect(sum('proposed')).toBe(1);
    const alerts = await one.ana.read('/alerts');
    expect(alerts.items).toHaveLength(1);
    expect(alerts.items[0]).toMatchObject({ open: true, deliveries: 100 });
    expect((await one.ana.read('/incidents')).total).toBe(1);
    expect((await one.ana.read('/deliveries?limit=200')).items).toHaveLength(
      100,
    );
    await one.stop();
    await two.stop();
  });

  it.each(ids)('may come out of order on %p', async id => {
    const { deliver, ana, stop } = await start({
      knex: await databases.init(id),
    });
    // The end comes before the beginning: no open episode is left over.
    expect((await deliver(resolved())).counts.opened).toBe(1);
    expect(await deliver(firing())).toMatchObject({
      verdict: 'stale',
      counts: { stale: 1, opened: 0 },
    });
    expect((await deliver(resolved())).verdict).toBe('duplicate');
    expect((await ana.read('/alerts?open=true')).items).toEqual([]);
    expect((await ana.read('/incidents')).total).toBe(0);

    // Flapping: a later begin is a new episode of the same alert.
    const again = firing({ startsAt: '2026-11-20T11:00:00.000Z' });
    expect((await deliver(again)).counts).toMatchObject({
      opened: 1,
      proposed: 1,
    });
    // A late end of the first episode does not end the second.
    expect((await deliver(resolved())).verdict).toBe('stale');
    expect((await ana.read('/alerts?open=true')).items).toHaveLength(1);
    // A restart of Prometheus moves the begin; the earliest stays.
    await deliver(firing({ startsAt: '2026-11-20T11:20:00.000Z' }));
    expect((await ana.read('/alerts?open=true')).items[0].startsAt).toBe(
      '2026-11-20T11:00:00.000Z',
    );
    const end = resolved({
      startsAt: '2026-11-20T11:00:00.000Z',
      endsAt: '2026-11-20T11:40:00.000Z',
    });
    expect((await deliver(end)).counts.resolved).toBe(1);
    const flap = firing({ startsAt: '2026-11-20T11:45:00.000Z' });
    expect((await deliver(flap)).counts).toMatchObject({
      opened: 1,
      proposed: 0,
    });
    // From open to over and open again in one body.
    const both = await deliver(
      resolved({
        startsAt: flap.startsAt,
        endsAt: '2026-11-20T11:50:00.000Z',
      }),
      firing({ startsAt: '2026-11-20T11:55:00.000Z' }),
    );
    expect(both.counts).toMatchObject({ resolved: 1, opened: 1 });
    const all = (await ana.read('/alerts')).items;
    expect(all).toHaveLength(4);
    expect(all.filter((one: { open: boolean }) => one.open)).toHaveLength(1);
    await stop();
  });

  it.each(ids)('join what a person declares later on %p', async id => {
    const { deliver, ana, stop } = await start({
      knex: await databases.init(id),
    });
    const info = {
      alertname: 'DiskFull',
      component: 'checkout',
      severity: 'info',
    };
    // One that proposes nothing, one of another entity of the same proposal.
    await deliver(firing({ fingerprint: 'info', labels: info }));
    const ledger = { ...info, component: 'ledger', severity: 'critical' };
    await deliver(firing(), firing({ fingerprint: 'l', labels: ledger }));
    const [proposal] = (await ana.read('/incidents')).items;
    expect(proposal.status).toBe('proposed');
    const drill = await ana.declare({ drill: true });
    expect(drill.alerts.total).toBe(0);
    expect((await ana.declare({ entityRefs: [] })).alerts.total).toBe(0);

    const body = { commandId: 'declare-once' };
    const declared = await ana.declare(body);
    expect(declared.alerts).toEqual({ open: 3, total: 3 });
    expect(declared.entityRefs.sort()).toEqual([
      'component:default/checkout',
      'component:default/ledger',
    ]);
    expect(declared.timeline.map(one => one.text)).toEqual(
      expect.arrayContaining([
        `merged ${proposal.reference} into this incident`,
        '3 alerts have joined by now',
      ]),
    );
    expect((await ana.declare(body)).version).toBe(declared.version);
    expect(await ana.incident(proposal.incidentId)).toMatchObject({
      status: 'merged',
      mergedInto: declared.reference,
      alerts: { total: 0 },
    });
    // What comes later joins it, too; what people confirmed stays apart.
    const later = await deliver(firing({ fingerprint: 'later' }));
    expect(later.counts).toMatchObject({ proposed: 0, joined: 1 });
    const second = await ana.declare();
    expect(second.alerts.total).toBe(0);
    expect((await ana.incident(declared.incidentId)).alerts.total).toBe(4);
    for (const { incidentId } of [proposal, declared]) {
      const verdict = await ana.post(`/incidents/${incidentId}/verify`);
      expect(verdict.body.ok).toBe(true);
    }
    await stop();
  });

  it.each(ids)('of a storm propose one incident on %p', async id => {
    const { post, ana, stop } = await start({ knex: await databases.init(id) });
    const storm = Array.from({ length: 10_000 }, (_, n) =>
      firing({
        fingerprint: `storm-${n}`,
        annotations: { summary: 'Down', description: 'x'.repeat(60) },
        labels: {
          alertname: `Storm${n % 7}`,
          component: n % 2 ? 'checkout' : 'ledger',
          instance: `10.0.0.${n}`,
          severity: 'page',
        },
      }),
    );
    const text = JSON.stringify(webhook(storm));
    expect(text.length).toBeGreaterThan(3_000_000);
    const delivering = post(text).then(response => response);
    // Nobody waits for a storm to declare an incident.
    const declared = await ana.declare({
      entityRefs: ['component:default/search'],
    });
    expect(declared.status).toBe('investigating');
    const { body } = await delivering;
    expect(body.counts).toMatchObject({ opened: 10_000, proposed: 1 });
    const page = await ana.read('/incidents?status=proposed');
    expect(page.total).toBe(1);
    expect((await ana.incident(page.items[0].incidentId)).alerts.total).toBe(
      10_000,
    );
    const repeat = await post(text);
    expect(repeat.body).toMatchObject({ verdict: 'duplicate' });
    const verdict = await ana.post(
      `/incidents/${page.items[0].incidentId}/verify`,
    );
    expect(verdict.body.ok).toBe(true);
    await stop();
  });
});

describe('what is refused', () => {
  let portal: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    portal = await start({ entities: [component('shop')] });
  });
  afterAll(() => portal.stop());

  async function expectNothing(outcome: string) {
    expect(portal.audits.at(-1)).toMatchObject({
      event: { eventId: 'alert-delivery', meta: { source: 'main' } },
      outcome,
    });
    expect((await portal.ana.read('/alerts')).items).toEqual([]);
    expect((await portal.ana.read('/incidents')).total).toBe(0);
  }

  it.each([
    ['a wrong token', 'wrong'],
    ['the token of another source', 'another-token-for-tests'],
    ['no token', ''],
  ])('%s', async (_, token) => {
    const response = await portal.post(webhook([firing()]), token);
    expect(response.status).toBe(401);
    await expectNothing('AuthenticationError');
  });

  it('an unknown source', async () => {
    const response = await request(portal.backend.server)
      .post('/api/incidents/alertmanager/nobody')
      .set('Authorization', `Bearer ${TOKEN}`)
      .send(webhook([firing()]));
    expect(response.status).toBe(401);
  });

  it('the token of a sender at the rest of the API', async () => {
    const response = await request(portal.backend.server)
      .get('/api/incidents/incidents')
      .set('Authorization', `Bearer ${TOKEN}`);
    expect(response.status).toBe(401);
  });

  it.each([
    ['broken JSON', '{"version":"4","alerts":[{', /The body is not JSON/],
    ['no JSON at all', 'hello', /The body is not JSON/],
    ['an empty body', '', /The body is not JSON/],
    ['a list', '[]', /the body is \[\]; an object is needed/],
    [
      'another version',
      JSON.stringify({ version: '5', alerts: [] }),
      /version is "5"; allowed is "4"/,
    ],
    [
      'no alerts',
      JSON.stringify({ version: '4' }),
      /alerts is missing; a list is needed/,
    ],
    [
      'an unknown status',
      JSON.stringify(webhook([firing({ status: 'odd' as 'firing' })])),
      /alerts\[0\].status is "odd"; allowed are "firing" and "resolved"/,
    ],
    [
      'a begin that is no time',
      JSON.stringify(webhook([firing(), firing({ startsAt: 'soon' })])),
      /alerts\[1\].startsAt is "soon"/,
    ],
    [
      'an end that is none',
      JSON.stringify(webhook([resolved({ endsAt: '0001-01-01T00:00:00Z' })])),
      /alerts\[0\].endsAt is "0001-01-01T00:00:00Z"/,
    ],
    [
      'a label that is no text',
      JSON.stringify(
        webhook([firing({ labels: { a: 1 as unknown as string } })]),
      ),
      /alerts\[0\].labels.a is 1; a text is needed/,
    ],
  ])('%s', async (_, body, message) => {
    const response = await portal.post(body);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(response.body.error.message).toMatch(message);
    await expectNothing('InputError');
    const [latest] = (await portal.ana.read('/deliveries')).items;
    expect(latest).toMatchObject({ verdict: 'rejected', source: 'main' });
    expect(latest.message).toMatch(message);
  });

  it.each([
    ['as it is', (text: string) => text, undefined],
    ['when unpacked', (text: string) => gzipSync(text), 'gzip'],
  ])('a body above 8 MB %s', async (_, pack, encoding) => {
    const body = pack(
      JSON.stringify(
        webhook([firing({ annotations: { summary: 'x'.repeat(9e6) } })]),
      ),
    );
    const sending = portal.post(body);
    const response = await (encoding
      ? sending
          .set('Content-Type', 'application/octet-stream')
          .set('Content-Encoding', encoding)
      : sending);
    expect(response.status).toBe(413);
    await expectNothing('PayloadTooLargeError');
  });
});

it('keeps what names no entity, and proposes nothing for it', async () => {
  const { deliver, ana, post, stop } = await start();
  const hostile = JSON.parse(
    `{"__proto__":"polluted","constructor":"x","alertname":"Bad \\u0000 \\"quotes\\"","component":"<img src=x onerror=alert(1)>","severity":"critical"}`,
  );
  const view = await deliver(
    firing({ fingerprint: '1', labels: hostile }),
    firing({
      fingerprint: '2',
      labels: { alertname: 'Gone', component: 'nowhere', severity: 'page' },
    }),
    firing({
      fingerprint: '3',
      labels: { alertname: 'Watchdog', severity: 'none' },
    }),
  );
  expect(view.counts).toMatchObject({ opened: 3, unmatched: 3, proposed: 0 });
  expect((await ana.read('/incidents')).total).toBe(0);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  // What is only worth knowing proposes nothing either.
  const info = await deliver(
    firing({
      fingerprint: '4',
      labels: { alertname: 'Info', component: 'checkout', severity: 'info' },
    }),
  );
  expect(info.counts).toMatchObject({ opened: 1, unmatched: 0, proposed: 0 });
  const empty = await post(webhook([]));
  expect(empty.body).toMatchObject({
    verdict: 'accepted',
    message: 'No alerts in it',
  });
  await stop();
});

it('takes what newer senders add, cut lists and clocks ahead of ours', async () => {
  const { post, ana, stop } = await start();
  const startsAt = new Date(Date.now() + 3600_000).toISOString();
  const { body } = await post(
    webhook([firing({ startsAt })], {
      truncatedAlerts: 7,
      notification_reason: 'new alerts',
      routeLabels: { team: 'payments' },
      somethingNew: { nested: [1, null] },
    }),
  );
  expect(body).toMatchObject({
    verdict: 'accepted',
    counts: { opened: 1, proposed: 1 },
  });
  expect((await ana.read('/alerts')).items[0].startsAt).toBe(startsAt);
  const [{ incidentId, createdAt }] = (await ana.read('/incidents')).items;
  const { timeline } = await ana.incident(incidentId);
  // An incident is not detected before it can have been.
  const { detectedAt } = timeline.at(-1)?.data as { detectedAt: string };
  expect(detectedAt <= createdAt).toBe(true);
  await stop();
});
