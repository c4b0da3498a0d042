/**
 * The inbox of somebody in twelve groups, with 100,000 tasks open, beside the
 * same with 1,000: the first page of each list, a page in the middle, and the
 * two counts. Rows are written straight into the tables: reading is measured.
 */
import type { Knex } from 'knex';
import type { RunStore } from '../plugins/sop-backend/src/database';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { median, print, quantile, round } from './lib/measure';
import { RELEASE } from './lib/release';

const SMALL = 1_000;
const LARGE = Number(process.env.TASKS ?? 100_000);
const REPEATS = Number(process.env.REPEATS ?? 300);
const LIMIT = 25;
const BATCH = 200;
const GOAL_P99_MS = 20;

const USER = 'user:default/person-3';
const GROUPS = 40;
const QUERY = {
  userRef: USER,
  groupRefs: Array.from({ length: 12 }, (_, i) => `group:default/team-${i}`),
};

/** One in a thousand is claimed by the person, one in ten excludes the person. */
function inboxRow(i: number) {
  const since = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
  const due = new Date(Date.UTC(2026, 6, 1) + (i % 977) * 3_600_000);
  return {
    principal: i % 1000 === 1 ? USER : `group:default/team-${i % GROUPS}`,
    run_id: `run-${i}`,
    step_id: 'review',
    sort_due: i % 2 ? due.toISOString() : '9999-12-31T23:59:59.999Z',
    since,
    excluded: i % 10 === 4 ? `|${USER}|` : '',
  };
}

async function fill(knex: Knex, hash: string, from: number, to: number) {
  for (let start = from; start < to; start += BATCH) {
    const inbox = Array.from(
      { length: Math.min(BATCH, to - start) },
      (_, place) => inboxRow(start + place),
    );
    await knex.transaction(async tx => {
      await tx('run').insert(
        inbox.map(({ run_id: runId, since: at }) => ({
          run_id: runId,
          start_key: runId,
          sop_ref: 'sop:default/release',
          sop_title: 'Release',
          revision_hash: hash,
          engine_version: 1,
          genesis: '0'.repeat(64),
          version: 9,
          head: '1'.repeat(64),
          title: `Release of ${runId}`,
          status: 'running',
          target_ref: 'component:default/shop',
          initiator: 'user:default/dev',
          started_at: at,
          updated_at: at,
          done: 2,
          total: 12,
          waiting: '[]',
        })),
      );
      await tx('run_step').insert(
        inbox.map(({ run_id: runId, since }) => ({
          run_id: runId,
          step_id: 'review',
          type: 'approval',
          name: 'Peer review',
          role: 'reviewer',
          status: 'ready',
          attempt: 1,
          version: 9,
          since,
        })),
      );
      await tx('task_inbox').insert(inbox);
    });
  }
}

/** Milliseconds of each repeat of each read. */
async function read(store: RunStore, repeats: number) {
  const page = (scope: 'me' | 'groups', cursor?: string) =>
    store.listTasks({ ...QUERY, scope }, { limit: LIMIT, cursor });
  let { nextCursor: middle } = await page('groups');
  for (let i = 0; i < 8 && middle; i++) {
    middle = (await page('groups', middle)).nextCursor;
  }
  const reads: Record<string, () => Promise<unknown>> = {
    groups: () => page('groups'),
    'groups, tenth page': () => page('groups', middle),
    me: () => page('me'),
    counts: () => store.countTasks(QUERY),
  };
  const times: Record<string, number[]> = {};
  for (let i = 0; i < repeats; i++) {
    for (const [name, one] of Object.entries(reads)) {
      const begin = performance.now();
      await one();
      (times[name] ??= []).push(performance.now() - begin);
    }
  }
  return times;
}

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const store = await openStore(knex);
  const { hash } = await store.saveRevision({
    sopRef: 'sop:default/release',
    title: 'Release',
    spec: RELEASE,
  });
  const analyze = name === 'postgres' ? 'VACUUM ANALYZE' : 'ANALYZE';
  await fill(knex, hash, 0, SMALL);
  await knex.raw(analyze);
  await read(store, 20);
  const small = await read(store, REPEATS);
  await fill(knex, hash, SMALL, LARGE);
  await knex.raw(analyze);
  await read(store, 20);
  const large = await read(store, REPEATS);
  for (const list of Object.keys(large)) {
    print({
      benchmark: 'inbox',
      database: name,
      list,
      tasks: LARGE,
      p50Ms: round(median(large[list]), 2),
      p99Ms: round(quantile(large[list], 0.99), 2),
      ceilingTasks: SMALL,
      ceilingP50Ms: round(median(small[list]), 2),
      ceilingP99Ms: round(quantile(small[list], 0.99), 2),
      ratio: round(median(large[list]) / median(small[list]), 2),
      goalP99Ms: GOAL_P99_MS,
    });
  }
}

async function main(): Promise<void> {
  for (const database of await openDatabases()) {
    try {
      await measure(database);
    } finally {
      await database.close();
    }
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
