import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { ClientOptions } from '../src/client.ts';
import type { ErrorCode, IConnector, INormalizer } from '../src/types.ts';
import { FakePlatform } from './fakePlatform.ts';

const LARGE = 12_345;
const WITHOUT_ID = {
  type: 'task',
  updatedAt: '2026-01-01T00:00:00Z',
  properties: {},
  links: [],
};

/** Fails unless the promise is rejected with a ConnectorError of this code. */
export async function rejectsWith(
  promise: Promise<unknown>,
  code: ErrorCode,
  message: RegExp = /./,
): Promise<void> {
  await assert.rejects(promise, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.stack);
    assert.match(error.message, message);
    return true;
  });
}

/**
 * What every connector has to keep to, whatever the platform: the checklist in
 * `docs/testing.md`.
 */
export function describeContract(
  name: string,
  create: (options: ClientOptions) => {
    connector: IConnector;
    normalizer: INormalizer;
  },
): void {
  describe(`${name} keeps the contract`, () => {
    let platform: FakePlatform;
    let connector: IConnector;
    let normalizer: INormalizer;

    beforeEach(async () => {
      platform = new FakePlatform(LARGE);
      const { now, wait } = platform;
      const baseUrl = await platform.start();
      ({ connector, normalizer } = create({ baseUrl, now, wait }));
      await connector.authenticate(platform.credentials);
    });
    afterEach(() => platform.stop());

    describe('sign-in', () => {
      it('refuses wrong credentials, and says whose', async () => {
        const wrong = { clientId: 'somebody', clientSecret: 'else' };
        await rejectsWith(
          connector.authenticate(wrong),
          'unauthenticated',
          /somebody/,
        );
      });

      it('never tells the secret', async () => {
        const clientSecret = 'a-value-nobody-may-read';
        const wrong = { clientId: 'somebody', clientSecret };
        const error = await connector.authenticate(wrong).catch(String);
        assert.ok(!String(error).includes(clientSecret));
      });

      it('signs in again when the token has expired', async () => {
        platform.expireTokens();
        assert.equal((await connector.extractEntity('task-7')).id, 'task-7');
        assert.equal(platform.signIns, 2);
      });

      it('does so once, however many requests found out', async () => {
        platform.expireTokens();
        const ids = ['task-1', 'task-2', 'task-3', 'task-4'];
        await Promise.all(ids.map(id => connector.extractEntity(id)));
        assert.equal(platform.signIns, 2);
      });

      it('survives it in the middle of an export', async () => {
        let count = 0;
        for await (const entity of connector.extractBatch()) {
          assert.ok(entity.id);
          count += 1;
          if (count % 5_000 === 0) {
            platform.expireTokens();
          }
        }
        assert.equal(count, LARGE);
      });
    });

    describe('schema', () => {
      it('describes every property that entities have', async () => {
        const { types } = await connector.discoverSchema();
        const raw = await connector.extractEntity('task-1');
        const type = types.find(candidate => candidate.type === raw.type);
        const described = type?.properties.map(property => property.name);
        for (const { name: property } of raw.properties) {
          assert.ok(described?.includes(property), property);
        }
      });
    });

    describe('export', () => {
      it('brings one entity, and says when there is none', async () => {
        assert.equal((await connector.extractEntity('task-0')).id, 'task-0');
        await rejectsWith(
          connector.extractEntity('task-99999'),
          'not-found',
          /task-99999/,
        );
      });

      it('cannot be led to another path by an id', async () => {
        await rejectsWith(connector.extractEntity('../schema'), 'not-found');
      });

      it('brings those asked for in their order', async () => {
        const ids = ['task-500', 'task-2', 'task-2', 'task-12344'];
        const found = [];
        for await (const { id } of connector.extractBatch(ids)) {
          found.push(id);
        }
        assert.deepEqual(found, ids);
      });

      it('takes ids as they come, and names those that are missing', async () => {
        async function* ids() {
          yield 'task-1';
          yield 'task-nowhere';
          yield 'task-2';
        }
        const found: string[] = [];
        const reading = (async () => {
          for await (const { id } of connector.extractBatch(ids())) {
            found.push(id);
          }
        })();
        await rejectsWith(reading, 'not-found', /task-nowhere$/);
        assert.deepEqual(found, ['task-1', 'task-2']);
      });

      it('asks for nothing when no ids come', async () => {
        const before = platform.answered;
        for await (const entity of connector.extractBatch([])) {
          assert.fail(entity.id);
        }
        assert.equal(platform.answered, before);
      });

      it(`brings ${LARGE} entities, each once, without collecting them`, async () => {
        const { pageSize } = connector.getCapabilities();
        let expected = 0;
        for await (const { id } of connector.extractBatch()) {
          assert.equal(id, `task-${expected}`);
          expected += 1;
          const ahead = platform.served - expected;
          assert.ok(ahead < pageSize, `${ahead} were asked for ahead of time`);
        }
        assert.equal(expected, LARGE);
      });

      it('stops asking when the reader stops', async () => {
        const { pageSize } = connector.getCapabilities();
        for await (const entity of connector.extractBatch()) {
          assert.ok(entity);
          break;
        }
        assert.ok(platform.served <= pageSize, String(platform.served));
      });
    });

    describe('rate limits', () => {
      it('knows them', async () => {
        const { limit, remaining } = connector.getRateLimits();
        assert.equal(limit, 600);
        assert.equal(remaining, 599);
      });

      it('waits as long as the platform says', async () => {
        const before = platform.now();
        platform.throttle(17);
        await connector.extractEntity('task-1');
        assert.equal(platform.now() - before, 17_000);
        // The request that found out, and no other.
        assert.equal(platform.impatient, 1);
      });

      it('exports everything in spite of them, once and in patience', async () => {
        platform.throttleEvery = 7;
        let count = 0;
        for await (const { id } of connector.extractBatch()) {
          assert.equal(id, `task-${count}`);
          count += 1;
        }
        assert.equal(count, LARGE);
        assert.ok(platform.throttled > 0);
        assert.equal(platform.impatient, 0);
      });

      it('says so when it would have to wait too long', async () => {
        platform.throttle(86_400);
        await rejectsWith(
          connector.extractEntity('task-1'),
          'rate-limited',
          /86400 s/,
        );
      });
    });

    describe('failures', () => {
      it('tries again when the platform fails for a moment', async () => {
        platform.instead.push(
          { status: 503, body: {} },
          { status: 500, body: {} },
        );
        assert.equal((await connector.extractEntity('task-3')).id, 'task-3');
      });

      it('gives up when it goes on', async () => {
        for (let index = 0; index < 20; index++) {
          platform.instead.push({ status: 503, body: {} });
        }
        await rejectsWith(connector.discoverSchema(), 'unavailable', /503/);
        assert.ok(platform.instead.length > 0, 'it would try for ever');
      });

      it('says so when nobody answers', async () => {
        await platform.stop();
        await rejectsWith(connector.extractEntity('task-1'), 'unavailable');
        platform = new FakePlatform(0);
        await platform.start();
      });

      it('does not try again what is refused', async () => {
        const before = platform.answered;
        platform.instead.push({ status: 403, body: {} });
        await rejectsWith(connector.discoverSchema(), 'refused', /403/);
        assert.equal(platform.answered, before + 1);
      });

      for (const [what, body] of [
        ['no JSON', '<html>'],
        ['something else', { items: {} }],
        ['an entity without id', { items: [WITHOUT_ID], next: null }],
      ] as const) {
        it(`notices ${what}`, async () => {
          platform.instead.push({ status: 200, body });
          const first = connector.extractBatch().next();
          await rejectsWith(first, 'invalid-answer', /items|JSON/);
        });
      }

      it('notices a page that leads to itself', async () => {
        const body = { items: [], next: '5' };
        platform.instead.push({ status: 200, body }, { status: 200, body });
        const first = connector.extractBatch().next();
        await rejectsWith(first, 'invalid-answer', /never end/);
      });
    });

    describe('normaliser', () => {
      it('gives each entity a key of its own, and loses none', async () => {
        const keys = new Set<string>();
        for await (const raw of connector.extractBatch()) {
          const entity = normalizer.normalizeEntity(raw);
          keys.add(entity.key);
          assert.equal(entity.source.id, raw.id);
          assert.equal(entity.properties.length, raw.properties.length);
          assert.equal(entity.relations.length, raw.relations.length);
        }
        assert.equal(keys.size, LARGE);
      });

      it('gives the same for the same', async () => {
        const raw = await connector.extractEntity('task-15');
        assert.deepEqual(
          normalizer.normalizeEntity(raw),
          normalizer.normalizeEntity(structuredClone(raw)),
        );
      });
    });
  });
}
