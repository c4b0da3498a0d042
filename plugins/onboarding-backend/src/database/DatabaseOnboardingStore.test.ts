import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { TourProgress } from '@handrail/plugin-onboarding-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { DatabaseOnboardingStore } from '.';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@handrail/plugin-onboarding-backend',
  'migrations',
);
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ana = 'user:default/ana';
const look = 'tour:default/look';

const progress = (more: Partial<TourProgress> = {}): TourProgress => ({
  tourRef: look,
  version: 1,
  status: 'started',
  stepId: 'one',
  updatedAt: '2026-11-02T09:00:00.000Z',
  ...more,
});

describe.each(databases.eachSupportedId())('the store, %s', id => {
  let knex: Knex;
  let store: DatabaseOnboardingStore;

  beforeAll(async () => {
    knex = await databases.init(id);
    store = await DatabaseOnboardingStore.create({
      database: { getClient: async () => knex },
    });
  });

  it('goes up, down and up', async () => {
    const tables = ['tour_progress', 'milestone', 'missing_target'];
    const there = () =>
      Promise.all(tables.map(one => knex.schema.hasTable(one)));
    expect(await there()).toEqual([true, true, true]);
    await knex.migrate.down({ directory });
    expect(await there()).toEqual([false, false, false]);
    await knex.migrate.latest({ directory });
    expect(await there()).toEqual([true, true, true]);
  });

  it('keeps progress as it was written, of each person apart', async () => {
    const full = progress({
      status: 'finished',
      finishedVersion: 1,
      offeredAt: '2026-11-01T09:00:00.123Z',
      startedAt: '2026-11-01T10:00:00.000Z',
      finishedAt: '2026-11-01T11:00:00.000Z',
      dismissedAt: '2026-11-01T12:00:00.000Z',
    });
    await store.changeProgress(ana, look, () => full);
    expect(await store.listProgress(ana)).toEqual([full]);
    expect(await store.listProgress('user:default/an')).toEqual([]);
    expect(await store.listFinishers(look)).toEqual([
      { userRef: ana, version: 1, at: '2026-11-01T11:00:00.000Z' },
    ]);
    const unchanged = await store.changeProgress(ana, look, current => current);
    expect(unchanged).toEqual(full);
    expect(
      await store.changeProgress(ana, 'tour:default/x', () => undefined),
    ).toBeUndefined();
  });

  it('loses no change of writers that come at the same time', async () => {
    const tour = 'tour:default/count';
    // Eight writers in turn would be too easy, as the first round could win.
    await Promise.all(
      Array.from({ length: 6 }, () =>
        store.changeProgress(ana, tour, current =>
          progress({ tourRef: tour, version: (current?.version ?? 0) + 1 }),
        ),
      ),
    );
    const [row] = (await store.listProgress(ana)).filter(
      one => one.tourRef === tour,
    );
    expect(row.version).toBe(6);
  });

  it('writes nothing when the decision throws', async () => {
    await expect(
      store.changeProgress(ana, 'tour:default/bad', () => {
        throw new Error('No');
      }),
    ).rejects.toThrow('No');
    expect(
      (await store.listProgress(ana)).map(one => one.tourRef),
    ).not.toContain('tour:default/bad');
  });

  it('keeps the earliest of each milestone, whatever comes first', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async offsets => {
          run += 1;
          const userRef = `user:default/p${run}`;
          const times = offsets.map(one =>
            new Date(1_760_000_000_000 + one * 997).toISOString(),
          );
          for (const at of times) {
            await store.recordMilestone({
              userRef,
              kind: 'first-sop-run',
              at,
              evidence: at,
            });
          }
          const first = [...times].sort()[0];
          expect(await store.listMilestones({ userRef })).toEqual([
            { userRef, kind: 'first-sop-run', at: first, evidence: first },
          ]);
        },
      ),
      { numRuns: 15 },
    );
    expect(
      await store.listMilestones({ kinds: ['first-template-run'] }),
    ).toEqual([]);
  });

  it('counts people who did not find a target, each once', async () => {
    const report = {
      tourRef: look,
      version: 1,
      stepId: 'one',
      target: 'nav.one',
      userRef: ana,
      at: '2026-11-02T09:00:00.000Z',
    };
    expect(await store.reportMissingTarget(report)).toBe(true);
    expect(await store.reportMissingTarget(report)).toBe(false);
    const later = '2026-11-03T09:00:00.000Z';
    expect(
      await store.reportMissingTarget({
        ...report,
        userRef: 'user:default/ben',
        at: later,
      }),
    ).toBe(false);
    expect(await store.reportMissingTarget({ ...report, version: 2 })).toBe(
      true,
    );
    expect(await store.listBrokenSteps()).toEqual([
      {
        tourRef: look,
        version: 1,
        stepId: 'one',
        target: 'nav.one',
        reports: 2,
        firstSeenAt: report.at,
        lastSeenAt: later,
      },
      expect.objectContaining({ version: 2, reports: 1 }),
    ]);
  });
});
