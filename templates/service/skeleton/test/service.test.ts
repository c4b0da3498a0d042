import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { routes, type Route } from '../src/routes.ts';
import { Service } from '../src/service.ts';

describe('the service', () => {
  let lines: string[];
  let service: Service;
  let base: string;
  let stopping: Promise<void> | undefined;
  let release: () => void;
  let drained: () => void;

  beforeEach(async () => {
    lines = [];
    stopping = undefined;
    const held = new Promise<void>(resolve => {
      release = resolve;
    });
    const failing: Route = {
      method: 'GET',
      path: '/v1/failing',
      handle: () => {
        throw new Error('the secret reason');
      },
    };
    const slow: Route = {
      method: 'GET',
      path: '/v1/slow',
      handle: async () => {
        lines.push('slow has begun');
        await held;
        return { slow: true };
      },
    };
    service = new Service({
      config: readConfig({ HOST: '127.0.0.1', PORT: '0' }),
      log: createLog('info', line => lines.push(line)),
      routes: [...routes, failing, slow],
      wait: ms => {
        lines.push(`drains for ${ms}`);
        return new Promise(resolve => {
          drained = resolve;
        });
      },
    });
    base = `http://127.0.0.1:${await service.start()}`;
  });

  afterEach(async () => {
    stopping ??= service.stop();
    drained();
    release();
    await stopping;
  });

  const metrics = async () => (await fetch(`${base}/metrics`)).text();

  async function count(labels: string): Promise<number> {
    const [, value] =
      new RegExp(`^http_requests_total\\{${labels}\\} (\\d+)$`, 'm').exec(
        await metrics(),
      ) ?? [];
    return Number(value);
  }

  it('is alive and ready', async () => {
    for (const path of ['/health', '/ready']) {
      assert.equal((await fetch(base + path)).status, 200, path);
    }
  });

  it('answers', async () => {
    const response = await fetch(`${base}/v1/greetings/J%C3%BCrgen`);
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { greeting: 'Hello, Jürgen' });
  });

  it('says what is wrong with a request', async () => {
    const tooLong = await fetch(`${base}/v1/greetings/${'a'.repeat(101)}`);
    assert.equal(tooLong.status, 400);
    assert.deepEqual(await tooLong.json(), {
      error: 'name: longer than 100 characters',
    });
    assert.equal((await fetch(`${base}/v1/greetings/%E0%A4%A`)).status, 400);
    assert.equal((await fetch(`${base}/v2`)).status, 404);
    const post = await fetch(`${base}/v1/greetings/you`, { method: 'POST' });
    assert.equal(post.status, 405);
    assert.equal(post.headers.get('allow'), 'GET');
  });

  it('keeps the reason of a failure inside, with the id that finds it', async () => {
    const response = await fetch(`${base}/v1/failing`, {
      headers: { 'x-request-id': 'r-1' },
    });
    assert.equal(response.status, 500);
    assert.equal(response.headers.get('x-request-id'), 'r-1');
    const body = await response.text();
    assert.ok(!body.includes('secret'), body);
    const logged = lines.find(line => line.includes('the secret reason'));
    assert.equal(JSON.parse(logged ?? '{}').requestId, 'r-1');
  });

  it('counts good and bad from zero, and measures the time', async () => {
    const good =
      'method="GET",route="/v1/greetings/{name}",status="200",outcome="good"';
    const bad = 'method="GET",route="/v1/failing",status="500",outcome="bad"';
    assert.equal(await count(good), 0);
    assert.equal(await count(bad), 0);

    await (await fetch(`${base}/v1/greetings/you`)).text();
    await (await fetch(`${base}/v1/failing`)).text();
    await (await fetch(`${base}/v1/failing`)).text();

    assert.equal(await count(good), 1);
    assert.equal(await count(bad), 2);
    assert.match(
      await metrics(),
      /http_request_duration_seconds_count\{method="GET",route="\/v1\/failing"\} 2/,
    );
  });

  it('does not blame itself for what callers do wrong', async () => {
    await (await fetch(`${base}/v1/nothing/there`)).text();
    assert.equal(
      await count('method="GET",route="unmatched",status="404",outcome="good"'),
      1,
    );
  });

  it('counts no probes', async () => {
    await (await fetch(`${base}/health`)).text();
    await (await fetch(`${base}/ready`)).text();
    assert.doesNotMatch(await metrics(), /route="\/(health|ready|metrics)"/);
  });

  it('finishes what is in flight before it stops', async () => {
    const slow = fetch(`${base}/v1/slow`);
    while (!lines.includes('slow has begun')) {
      await new Promise(resolve => setImmediate(resolve));
    }
    stopping = service.stop();
    drained();
    release();
    assert.deepEqual(await (await slow).json(), { slow: true });
    await stopping;
    await assert.rejects(fetch(`${base}/health`));
  });

  it('says that it is going, and serves until everybody knows', async () => {
    stopping = service.stop();
    assert.ok(lines.includes('drains for 2000'));
    assert.equal((await fetch(`${base}/ready`)).status, 503);
    assert.equal((await fetch(`${base}/health`)).status, 200);
    const response = await fetch(`${base}/v1/greetings/you`);
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('connection'), 'close');
    drained();
    await stopping;
    await assert.rejects(fetch(`${base}/health`));
  });

  it('refuses a port that is taken', async () => {
    const second = new Service({
      config: readConfig({ HOST: '127.0.0.1', PORT: new URL(base).port }),
      log: createLog('error'),
      routes,
    });
    await assert.rejects(second.start(), /EADDRINUSE/);
  });
});
