import { TestDatabases } from '@backstage/backend-test-utils';
import { RunStatus } from '@handrail/plugin-sop-common';
import {
  act,
  CLAIM_SPEC,
  createStore,
  databaseIds,
  start,
} from '../__testUtils__/fixtures';
import { Page, PageOptions, RunFilter, RunRow, RunStore } from '../RunStore';

jest.setTimeout(120_000);

const SHOP = 'component:default/shop';
const CART = 'component:default/cart';

async function all(
  store: RunStore,
  filter: RunFilter,
  limit: number,
  between: (page: Page<RunRow>) => Promise<unknown> = async () => {},
): Promise<RunRow[]> {
  const rows: RunRow[] = [];
  const options: PageOptions = { limit };
  do {
    const page = await store.listRuns(filter, options);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    rows.push(...page.items);
    options.cursor = page.nextCursor;
    await between(page);
  } while (options.cursor);
  return rows;
}

describe('lists of runs', () => {
  const databases = TestDatabases.create({ ids: [...databaseIds] });

  describe.each(databases.eachSupportedId())('%p', id => {
    async function filled() {
      const { store, knex } = await createStore(
        databases,
        id as (typeof databaseIds)[number],
      );
      for (let i = 0; i < 36; i++) {
        const { runId } = await start(store, {
          spec: CLAIM_SPEC,
          runId: `run-${String(i).padStart(2, '0')}`,
          sopRef: i % 3 ? 'sop:default/a' : 'sop:default/b',
          target: i % 2 ? SHOP : CART,
          by: i % 5 ? 'dev' : 'ana',
          // Several begin in the same millisecond.
          at: `2026-11-02T09:00:00.00${i % 4}Z`,
        });
        if (i % 6 === 0) {
          await act(store, runId, 'dev', { type: 'complete', stepId: 'work' });
        } else if (i % 7 === 0) {
          await act(store, runId, 'dev', {
            type: 'report-failure',
            stepId: 'work',
            reason: 'no',
          });
        }
      }
      return { store, knex };
    }

    it('have every run once, newest first, for every filter', async () => {
      const { store } = await filled();
      const everything = await all(store, {}, 200);
      expect(everything).toHaveLength(36);
      const expected = [...everything].sort((a, b) =>
        `${b.startedAt}${b.runId}` > `${a.startedAt}${a.runId}` ? 1 : -1,
      );
      expect(everything.map(run => run.runId)).toEqual(
        expected.map(run => run.runId),
      );

      const open: RunStatus[] = ['running', 'held', 'compensating'];
      const choices = {
        sopRef: [undefined, 'sop:default/a', 'sop:default/none'],
        targetRef: [undefined, SHOP],
        initiator: [undefined, 'user:default/ana'],
        status: [undefined, [], open, ['completed'], ['held', 'held']],
      };
      for (const sopRef of choices.sopRef) {
        for (const targetRef of choices.targetRef) {
          for (const initiator of choices.initiator) {
            for (const status of choices.status as Array<
              RunStatus[] | undefined
            >) {
              const found = await all(
                store,
                { sopRef, targetRef, initiator, status },
                5,
              );
              expect(found).toEqual(
                everything.filter(
                  run =>
                    (!sopRef || run.sopRef === sopRef) &&
                    (!targetRef || run.targetRef === targetRef) &&
                    (!initiator || run.initiator === initiator) &&
                    (!status?.length || status.includes(run.status)),
                ),
              );
            }
          }
        }
      }
    });

    it('have neither gaps nor repeats while runs are started', async () => {
      const { store } = await filled();
      const before = await all(store, {}, 200);
      let extra = 0;
      const paged = await all(store, {}, 7, async () => {
        extra += 1;
        await start(store, { spec: CLAIM_SPEC, runId: `extra-${extra}` });
      });
      expect(paged).toEqual(before);
    });

    it('refuse what is not a cursor, a limit or a status', async () => {
      const { store } = await filled();
      const { nextCursor } = await store.listRuns({}, { limit: 1 });
      const { nextCursor: done } = await store.listTasks(
        {
          userRef: 'user:default/dev',
          groupRefs: [],
          scope: 'done',
        },
        { limit: 1 },
      );
      const ofJson = (value: unknown) =>
        Buffer.from(JSON.stringify(value)).toString('base64url');
      for (const cursor of [
        '',
        'x',
        `${nextCursor}x!`.slice(4),
        done!,
        ofJson(null),
        ofJson(['runs', 'yesterday', 'a']),
        ofJson(['runs', "2026-11-02T09:00:00.000Z'; --", 'a']),
        ofJson(['runs', '2026-11-02T09:00:00.000Z']),
        ofJson(['runs', '2026-11-02T09:00:00.000Z', 4]),
      ]) {
        await expect(store.listRuns({}, { cursor })).rejects.toMatchObject({
          name: 'InputError',
          message: expect.stringMatching(
            /^cursor (is|holds) .*; allowed is the nextCursor of an earlier page of the same list$/,
          ),
        });
      }
      for (const limit of [0, -1, 1.5, 201, Number.NaN]) {
        await expect(store.listRuns({}, { limit })).rejects.toThrow(
          `limit is ${limit}; allowed are whole numbers from 1 to 200`,
        );
      }
      await expect(
        store.listRuns({ status: ['done' as RunStatus] }, {}),
      ).rejects.toThrow('status is "done"; allowed are running, held,');
    });

    it('tell the latest run of each procedure on a target', async () => {
      const { store } = await filled();
      const procedures = ['sop:default/a', 'sop:default/b', 'sop:default/none'];
      const found = await store.latestRuns(SHOP, procedures);
      const runs = await all(store, { targetRef: SHOP }, 200);
      expect(found).toEqual(
        procedures.slice(0, 2).map(sopRef => {
          const own = runs.filter(run => run.sopRef === sopRef);
          return {
            sopRef,
            latest: own[0],
            openRuns: own.filter(run => !run.closedAt).length,
          };
        }),
      );
      expect(found.some(one => one.openRuns > 0)).toBe(true);
      expect(await store.latestRuns(SHOP, [])).toEqual([]);
      expect(await store.latestRuns('component:default/x', procedures)).toEqual(
        [],
      );
      await expect(
        store.latestRuns(
          SHOP,
          Array.from({ length: 401 }, (_, i) => `sop:default/${i}`),
        ),
      ).rejects.toThrow('at most 400 are allowed');
    });
  });
});
