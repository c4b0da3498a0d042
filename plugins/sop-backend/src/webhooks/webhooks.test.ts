import { createHmac } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { SopStep } from '@handrail/plugin-sop-common';
import request from 'supertest';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';
import { TOLERANCE_SECONDS } from './signature';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const SECRET = 'a-secret-of-the-registry-0123456789';
const listen = {
  id: 'listen',
  type: 'listen',
  name: 'Listen',
  topic: 'registry.confirmed',
  source: 'registry',
  correlate: 'event.payload.data.ticket == inputs.ticket',
} as SopStep;
const inputs = {
  inputs: {
    type: 'object' as const,
    properties: { ticket: { type: 'string' as const } },
  },
};
const entities = [
  procedure('listen', [listen], inputs),
  procedure(
    'listen-later',
    [{ id: 'first', type: 'manual', name: 'First', role: 'developer' }, listen],
    inputs,
  ),
];
const config = {
  sop: {
    actions: { allow: ['test:*'] },
    webhooks: [
      { source: 'registry', secret: SECRET, topics: ['registry.confirmed'] },
      { source: 'other', secret: `${SECRET}!`, topics: ['registry.confirmed'] },
    ],
  },
};

interface Sent {
  source?: string;
  id?: string;
  body?: string;
  /** Seconds that the sender's clock is behind. */
  age?: number;
  secret?: string;
  headers?: Record<string, string>;
}

const bodyOf = (ticket: string, type = 'registry.confirmed') =>
  JSON.stringify({ type, data: { ticket } });

let ids = 0;
function freshId(): string {
  ids += 1;
  return `msg_${ids}`;
}

function send(harness: Harness, sent: Sent) {
  const { source = 'registry', id = freshId(), age = 0 } = sent;
  const { body = bodyOf('T0'), secret = SECRET } = sent;
  const timestamp = String(Math.round(Date.now() / 1000) - age);
  const signature = createHmac('sha256', secret)
    .update(`${id}.${timestamp}.${body}`)
    .digest('base64');
  return request(harness.backend.server)
    .post(`/api/sop/webhooks/${source}`)
    .set('content-type', 'application/json')
    .set('webhook-id', id)
    .set('webhook-timestamp', timestamp)
    .set('webhook-signature', `v1,${signature}`)
    .set(sent.headers ?? {})
    .send(body);
}

describe.each(databases.eachSupportedId())('webhooks, %s', databaseId => {
  let first: Harness;
  /** A replica; the same process where there can be only one. */
  let second: Harness;

  beforeAll(async () => {
    const knex = await databases.init(databaseId);
    first = await startHarness({ entities, knex, config });
    second =
      databaseId === 'SQLITE_3'
        ? first
        : await startHarness({ entities, knex, config });
  });

  afterAll(async () => {
    await first.stop();
    if (second !== first) {
      await second.stop();
    }
  });

  async function start(sop: string, ticket: string): Promise<string> {
    const { body } = await first.as('dev').start(sop, { inputs: { ticket } });
    expect(body.error).toBeUndefined();
    return body.runId;
  }

  it('brings an event to the run that it is about, and to no other', async () => {
    const mine = await start('listen', 'A1');
    const other = await start('listen', 'A2');
    const response = await send(first, { body: bodyOf('A1') });
    expect(response.status).toBe(202);
    expect(response.body).toEqual({ accepted: true, duplicate: false });
    const run = await first
      .as('dev')
      .until(mine, one => one.status === 'completed');
    expect(run.steps[0].output).toMatchObject({ data: { ticket: 'A1' } });
    expect((await first.as('dev').run(other)).steps[0].status).toBe('running');
  });

  it('brings an event that came before the step listened', async () => {
    const dev = first.as('dev');
    const runId = await start('listen-later', 'B1');
    await send(first, { body: bodyOf('B1') });
    await dev.act(runId, 'first', { type: 'complete' });
    const run = await dev.until(runId, one => one.status === 'completed');
    expect(run.steps[1].output).toMatchObject({ data: { ticket: 'B1' } });
  });

  it('takes a delivery once, also when two replicas get it at the same time', async () => {
    const runId = await start('listen', 'C1');
    const same = { id: freshId(), body: bodyOf('C1') };
    const responses = await Promise.all([
      send(first, same),
      send(second, same),
    ]);
    expect(responses.map(one => one.status).sort()).toEqual([200, 202]);
    await first.as('dev').until(runId, one => one.status === 'completed');
    // Sent again later, it ends no other run that waits for the same.
    const again = await start('listen', 'C1');
    expect((await send(first, same)).body).toEqual({
      accepted: true,
      duplicate: true,
    });
    const run = await first.as('dev').run(again);
    expect(run.steps[0].status).toBe('running');
  });

  it.each<[string, Sent, number, string]>([
    ['an unknown source', { source: 'nobody' }, 404, 'There is no source'],
    [
      'a wrong signature',
      { secret: 'another-secret-0123456789012345' },
      401,
      'webhook-signature: is not one of this source',
    ],
    [
      'the signature of another source',
      { source: 'other' },
      401,
      'webhook-signature: is not one of this source',
    ],
    [
      'a signature of another id',
      { headers: { 'webhook-id': 'msg_other' } },
      401,
      'webhook-signature: is not one of this source',
    ],
    [
      'no signature',
      { headers: { 'webhook-signature': '' } },
      400,
      'webhook-signature: found nothing',
    ],
    [
      'a time that is none',
      { headers: { 'webhook-timestamp': 'yesterday' } },
      400,
      'webhook-timestamp: found "yesterday"; allowed: seconds since 1970',
    ],
    [
      'a delivery that is too old',
      { age: TOLERANCE_SECONDS + 60 },
      401,
      's old; allowed are 300 s',
    ],
    [
      'a clock that is ahead',
      { age: -TOLERANCE_SECONDS - 60 },
      401,
      's in the future; allowed are 300 s',
    ],
    [
      'a topic that is not the source’s',
      { body: bodyOf('T0', 'registry.refused') },
      400,
      'type: found "registry.refused"; allowed: registry.confirmed',
    ],
    ['no topic', { body: '{}' }, 400, 'type: found nothing'],
    ['no object', { body: '[]' }, 400, 'not a JSON object'],
    ['no JSON', { body: '{' }, 400, 'The body is not JSON'],
  ])('refuses %s', async (_, sent, status, message) => {
    const before = first.audits.length;
    const response = await send(first, sent);
    expect(response.status).toBe(status);
    expect(response.body.error.message).toContain(message);
    expect(first.audits[before]).toMatchObject({
      event: { eventId: 'webhook' },
      outcome: response.body.error.name,
    });
  });

  it('refuses a body that is too large before it is read', async () => {
    const response = await send(first, { body: bodyOf('x'.repeat(70_000)) });
    expect(response.status).toBe(413);
  });

  it('takes a clock that is a little off', async () => {
    const off = await send(first, { age: TOLERANCE_SECONDS - 30 });
    expect(off.status).toBe(202);
  });
});
