import { createHmac } from 'node:crypto';
import { SopStep } from '@handrail/plugin-sop-common';
import request from 'supertest';
import { Harness, procedure, startHarness } from '../__testUtils__/harness';

jest.setTimeout(60_000);

const SECRET = 'a-secret-of-the-repository-0123456789';
const listen = {
  id: 'branch',
  type: 'listen',
  name: 'A branch is created',
  topic: 'github.create',
  correlate: 'inputs.ticket in event.payload.tickets',
} as SopStep;
const config = {
  sop: {
    webhooks: [
      {
        source: 'repository',
        format: 'github',
        secret: SECRET,
        topics: ['github.create', 'github.pull_request'],
      },
    ],
  },
};

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness({
    entities: [
      procedure('follow', [listen], {
        inputs: { type: 'object', properties: { ticket: { type: 'string' } } },
      }),
    ],
    config,
  });
});

afterAll(() => harness.stop());

interface Sent {
  event?: string;
  body?: object | string;
  secret?: string;
  headers?: Record<string, string>;
}

const created = (ref: string, more: object = {}) => ({
  ref,
  ref_type: 'branch',
  repository: {
    full_name: 'hollowbrook/identity-wallet',
    html_url: 'https://github.com/hollowbrook/identity-wallet',
    keys_url: 'https://api.github.com/…/keys{/key_id}',
  },
  ...more,
});

let deliveries = 0;

function send({ event = 'create', body = {}, secret = SECRET, headers }: Sent) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const hmac = createHmac('sha256', secret).update(text).digest('hex');
  deliveries += 1;
  return request(harness.backend.server)
    .post('/api/sop/webhooks/repository')
    .set('content-type', 'application/json')
    .set('x-github-event', event)
    .set('x-github-delivery', `delivery-${deliveries}`)
    .set('x-hub-signature-256', `sha256=${hmac}`)
    .set(headers ?? {})
    .send(text);
}

it('brings an event to the run of the ticket, without what nobody needs', async () => {
  const dev = harness.as('dev');
  const start = async (ticket: string) =>
    (await dev.start('follow', { inputs: { ticket } })).body.runId as string;
  const mine = await start('SSIM-14');
  const other = await start('SSIM-1');
  const response = await send({ body: created('SSIM-14-slug') });
  expect(response.status).toBe(202);
  const run = await dev.until(mine, one => one.status === 'completed');
  expect(run.steps[0].output).toEqual({
    type: 'github.create',
    delivery: expect.stringMatching(/^delivery-/),
    tickets: ['SSIM-14'],
    data: {
      ref: 'SSIM-14-slug',
      ref_type: 'branch',
      repository: {
        full_name: 'hollowbrook/identity-wallet',
        html_url: 'https://github.com/hollowbrook/identity-wallet',
      },
    },
  });
  expect((await dev.run(other)).steps[0].status).toBe('running');
});

it('takes a body once, whatever the delivery is called', async () => {
  const body = created('SSIM-20-slug');
  expect((await send({ body })).status).toBe(202);
  const again = await send({ body });
  expect(again.status).toBe(200);
  expect(again.body).toEqual({ accepted: true, duplicate: true });
});

it('takes an event that is larger than what is kept of it', async () => {
  const long = { text: 'x'.repeat(200_000), a_url: 'y'.repeat(200_000) };
  const response = await send({ body: created('SSIM-30', { long }) });
  expect(response.status).toBe(202);
});

it('answers the question whether anybody is there, and keeps nothing', async () => {
  const response = await send({ event: 'ping', body: { zen: 'x' } });
  expect(response.status).toBe(200);
  expect(response.body).toEqual({ accepted: false, duplicate: false });
});

it.each<[string, Sent, number, string]>([
  [
    'a wrong signature',
    { secret: 'another-secret-0123456789012345' },
    401,
    'x-hub-signature-256: is not one of this source',
  ],
  [
    'a ping with a wrong signature',
    { event: 'ping', secret: 'another-secret-0123456789012345' },
    401,
    'x-hub-signature-256: is not one of this source',
  ],
  [
    'the older signature alone',
    { headers: { 'x-hub-signature-256': '', 'x-hub-signature': 'sha1=00' } },
    400,
    'x-hub-signature-256: found nothing',
  ],
  [
    'a signature that is none',
    { headers: { 'x-hub-signature-256': 'sha256=abc' } },
    401,
    'x-hub-signature-256: is not one of this source',
  ],
  [
    'no event',
    { headers: { 'x-github-event': '' } },
    400,
    'x-github-event: found nothing',
  ],
  [
    'an event that is not the source’s',
    { event: 'star' },
    400,
    'x-github-event: found "github.star"; allowed: github.create, github.pull_request',
  ],
  [
    'a form',
    {
      body: 'payload=%7B%7D',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    },
    400,
    'content-type: found application/x-www-form-urlencoded; allowed: application/json',
  ],
  ['no JSON', { body: '{' }, 400, 'The body is not JSON'],
  [
    'too much to keep',
    { body: { list: Array.from({ length: 50 }, () => 'x'.repeat(1900)) } },
    400,
    'without addresses and long texts; allowed: at most 65536',
  ],
])('refuses %s', async (_, sent, status, message) => {
  const before = harness.audits.length;
  const response = await send(sent);
  expect(response.status).toBe(status);
  expect(response.body.error.message).toContain(message);
  expect(harness.audits[before]).toMatchObject({
    event: { eventId: 'webhook' },
    outcome: response.body.error.name,
  });
});

it('refuses a body that is too large before it is read', async () => {
  const response = await send({ body: { x: 'x'.repeat(5_100_000) } });
  expect(response.status).toBe(413);
});
