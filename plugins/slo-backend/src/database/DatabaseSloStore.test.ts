import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/harness';
import { DatabaseSloStore } from './DatabaseSloStore';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@handrail/plugin-slo-backend',
  'migrations',
);
const databases = TestDatabases.create({ ids: [...databaseIds] });
const DAY = 86_400;
const STEP = 300;

function open(knex: Knex) {
  return DatabaseSloStore.create({ database: { getClient: async () => knex } });
}

async function read(
  store: DatabaseSloStore,
  key: string,
  from: number,
  until: number,
) {
  return (await store.readBuckets([key], { from, until })).get(key);
}

describe.each(databases.eachSupportedId())('DatabaseSloStore on %p', id => {
  it('migrates up, down and up', async () => {
    const knex = await databases.init(id);
    const tables = ['slo', 'slo_bucket_day', 'slo_counts', 'slo_series'];
    const present = () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));
    await knex.migrate.latest({ directory });
    expect(await present()).toEqual([true, true, true, true]);
    await knex.migrate.down({ directory });
    expect(await present()).toEqual([false, false, false, false]);
    await knex.migrate.latest({ directory });
    expect(await present()).toEqual([true, true, true, true]);
  });

  it('replaces what is in the range and nothing else', async () => {
    const store = await open(await databases.init(id));
    const model = new Map<number, { bad: number; total: number }>();
    const bucket = fc.record({
      slot: fc.nat(3 * 288 - 1),
      bad: fc.nat(5),
      total: fc.integer({ min: 5, max: 50 }),
    });
    const command = fc.record({
      from: fc.nat(3 * 288 - 1),
      length: fc.integer({ min: 1, max: 400 }),
      buckets: fc.uniqueArray(bucket, {
        selector: one => one.slot,
        maxLength: 40,
      }),
    });
    for (const { from, length, buckets } of fc.sample(command, {
      numRuns: 25,
      seed: 7,
    })) {
      const range = { from: from * STEP, until: (from + length) * STEP };
      const rows = buckets.map(({ slot, bad, total }) => ({
        at: slot * STEP,
        bad,
        total,
      }));
      await store.replaceBuckets([
        { key: 'k', ...range, buckets: rows },
        { key: 'beside', ...range, buckets: [] },
      ]);
      [...model.keys()]
        .filter(at => at >= range.from && at < range.until)
        .forEach(at => model.delete(at));
      rows
        .filter(({ at }) => at >= range.from && at < range.until)
        .forEach(({ at, bad, total }) => model.set(at, { bad, total }));
      const expected = [...model]
        .sort(([a], [b]) => a - b)
        .map(([at, counts]) => ({ at, ...counts }));
      expect(await read(store, 'k', 0, 6 * DAY)).toEqual(expected);
    }
    expect(await read(store, 'other', 0, 6 * DAY)).toEqual([]);
  });

  it('loses no count when many are added at the same time', async () => {
    const store = await open(await databases.init(id));
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.addCounts([
          { key: 'a', at: 10 * DAY + 5, bad: 1, total: 2 },
          { key: 'b', at: 10 * DAY + 5 + STEP * (i % 2), bad: 0, total: 1 },
        ]),
      ),
    );
    expect(await read(store, 'a', 10 * DAY, 11 * DAY)).toEqual([
      { at: 10 * DAY, bad: 20, total: 40 },
    ]);
    expect(await read(store, 'b', 10 * DAY, 11 * DAY)).toEqual([
      { at: 10 * DAY, bad: 0, total: 10 },
      { at: 10 * DAY + STEP, bad: 0, total: 10 },
    ]);
  });

  it('stores a post once when it comes twice at the same time', async () => {
    const store = await open(await databases.init(id));
    const post = { sender: 's', id: 'i', digest: 'd', at: 5 };
    const results = await Promise.all(
      [1, 2, 3, 4].map(() =>
        store.addCounts([{ key: 'k', at: 600, bad: 1, total: 1 }], post),
      ),
    );
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await read(store, 'k', 0, DAY)).toEqual([
      { at: 600, bad: 1, total: 1 },
    ]);
    await expect(
      store.addCounts([{ key: 'k', at: 600, bad: 1, total: 1 }], {
        ...post,
        digest: 'other',
      }),
    ).rejects.toThrow('was used before for other counts');
    await expect(read(store, 'k', 0, DAY)).resolves.toHaveLength(1);
  });

  it('forgets what is too old', async () => {
    const store = await open(await databases.init(id));
    await store.addCounts([
      { key: 'k', at: 5 * DAY, bad: 0, total: 1 },
      { key: 'k', at: 9 * DAY, bad: 0, total: 1 },
    ]);
    await store.prune(9 * DAY);
    expect(await read(store, 'k', 0, 20 * DAY)).toEqual([
      { at: 9 * DAY, bad: 0, total: 1 },
    ]);
  });

  it('keeps evaluations of SLOs that stay and drops those that go', async () => {
    const store = await open(await databases.init(id));
    const slo = (name: string, title = name) => ({
      ref: `slo:default/${name}`,
      namespace: 'default',
      name,
      title,
      service: 's',
      budgetingMethod: 'Occurrences' as const,
      window: { duration: '28d', seconds: 28 * DAY, rolling: true },
      objectives: [{ name: 'a', target: 0.9 }],
    });
    const evaluation = { status: 'healthy' as const, worst: 0, objectives: [] };
    await store.syncDefinitions([slo('a'), slo('b')]);
    const outcome = (at: number) => ({
      ref: 'slo:default/a',
      evaluation,
      at,
      dataUntil: at,
    });
    expect(await store.saveOutcomes([outcome(100)])).toEqual([
      { ref: 'slo:default/a', from: 'unknown', to: 'healthy' },
    ]);
    expect(await store.saveOutcomes([outcome(101)])).toEqual([]);
    // A slower replica does not undo a later evaluation.
    await store.saveOutcomes([
      {
        ...outcome(50),
        evaluation: { ...evaluation, status: 'exhausted' as const },
      },
    ]);
    await store.saveOutcomes([
      { ref: 'slo:default/a', error: 'down', at: 102 },
    ]);
    await store.syncDefinitions([slo('a', 'New title')]);
    expect(await store.list()).toEqual([
      expect.objectContaining({
        definition: expect.objectContaining({ title: 'New title' }),
        status: 'healthy',
        evaluation,
        evaluatedAt: 101,
        error: 'down',
        errorAt: 102,
      }),
    ]);
  });
});
