import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PlatformClient, retryAfter } from '../src/client.ts';
import { rejectsWith } from '../testkit/contract.ts';
import { FakePlatform } from '../testkit/fakePlatform.ts';

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  for (const [header, ms] of [
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ] as const) {
    it(`${header} is ${ms} ms`, () => {
      assert.equal(retryAfter(header, now), ms);
    });
  }
});

describe('the client', () => {
  it('wants to be signed in first', async () => {
    const client = new PlatformClient({ baseUrl: 'http://localhost:9' });
    await rejectsWith(client.get('/v1/schema'), 'unauthenticated');
  });

  it('does not go on for ever when a new token is refused too', async () => {
    const platform = new FakePlatform(1);
    const { wait, now } = platform;
    const client = new PlatformClient({
      baseUrl: await platform.start(),
      wait,
      now,
    });
    try {
      await client.signIn(platform.credentials);
      const refused = { status: 401, body: {} };
      const token = { status: 200, body: { ['access_token']: 'stale' } };
      platform.instead.push(refused, token, refused);
      await rejectsWith(client.get('/v1/schema'), 'unauthenticated', /schema/);
      assert.equal(platform.instead.length, 0);
    } finally {
      await platform.stop();
    }
  });

  it('waits by itself when the platform does not say how long', async () => {
    const platform = new FakePlatform(1);
    const waits: number[] = [];
    const client = new PlatformClient({
      baseUrl: await platform.start(),
      wait: async ms => {
        waits.push(ms);
      },
    });
    try {
      await client.signIn(platform.credentials);
      platform.instead.push(
        { status: 429, body: {} },
        { status: 429, body: {} },
      );
      await client.get('/v1/schema');
      assert.deepEqual(waits, [500, 1_000]);
    } finally {
      await platform.stop();
    }
  });
});
