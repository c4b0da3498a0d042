/**
 * The first page of a list of runs, of 100,000 runs beside 1,000: for every
 * filter the pages offer. The smaller table is the ceiling: no list of the same
 * rows can be quicker than one that has little else to look at.
 *
 * Rows are written straight into the table: reading is what is measured.
 */
import type { Knex } from 'knex';
import type { RunFilter, RunStore } from '../plugins/sop-backend/src/database';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { median, print, quantile, round } from './lib/measure';
import { RELEASE } from './lib/release';

const SMALL = 1_000;
const LARGE = Number(process.env.RUNS ?? 100_000);
const REPEATS = Number(process.env.REPEATS ?? 200);
const LIMIT = 25;
const BATCH = 200;

const OPEN: RunFilter['status'] = ['running', 'held', 'compensating'];

/** One in fifty is open, one in a thousand is held. */
function statusOf(i: number): string {
  if (i % 1000 === 7) {
    return 'held';
  }
  if (i % 50 === 3) {
    return 'running';
  }
  return i % 20 === 5 ? 'failed' : 'completed';
}

const waiting = JSON.stringify([
  {
    stepId: 'review',
    stepName: 'Peer review',
    type: 'approval',
    since: '2026-11-02T09:00:00.000Z',
    owners: ['group:default/reviewers'],
    role: 'reviewer',
  },
]);

async function fill(knex: Knex, hash: string, from: number, to: number) {
  for (let start = from; start < to; start += BATCH) {
    const rows = [];
    for (let i = start; i < Math.min(start + BATCH, to); i++) {
      const at = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
      const status = statusOf(i);
      const open = OPEN?.includes(status as never);
      rows.push({
        run_id: `run-${i}`,
        start_key: `start-${i}`,
        sop_ref: `sop:default/sop-${i % 20}`,
        sop_title: 'Release',
        revision_hash: hash,
        engine_version: 1,
        genesis: '0'.repeat(64),
        version: 20,
        head: '1'.repeat(64),
        title: `Release ${i} of shop`,
        status,
        target_ref: `component:default/service-${i % 40}`,
        initiator: `user:default/person-${i % 30}`,
        started_at: at,
        updated_at: at,
        closed_at: open ? null : at,
        done: open ? 5 : 12,
        total: 12,
        waiting: open ? waiting : '[]',
      });
    }
    await knex('run').insert(rows);
  }
}

const FILTERS: Record<string, RunFilter> = {
  all: {},
  open: { status: OPEN },
  held: { status: ['held'] },
  'status=completed': { status: ['completed'] },
  procedure: { sopRef: 'sop:default/sop-3' },
  'procedure, open': { sopRef: 'sop:default/sop-3', status: OPEN },
  target: { targetRef: 'component:default/service-3' },
  'target, open': { targetRef: 'component:default/service-3', status: OPEN },
  'target, procedure': {
    targetRef: 'component:default/service-3',
    sopRef: 'sop:default/sop-3',
  },
  initiator: { initiator: 'user:default/person-3' },
  'initiator, open': { initiator: 'user:default/person-3', status: OPEN },
};

/** Milliseconds of each repeat of each filter. */
async function read(store: RunStore, repeats: number) {
  const times: Record<string, number[]> = {};
  for (let i = 0; i < repeats; i++) {
    for (const [name, filter] of Object.entries(FILTERS)) {
      const begin = performance.now();
      await store.listRuns(filter, { limit: LIMIT });
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
  const analyze = name === 'postgres' ? 'VACUUM ANALYZE run' : 'ANALYZE';
  await fill(knex, hash, 0, SMALL);
  await knex.raw(analyze);
  await read(store, 20);
  const small = await read(store, REPEATS);
  await fill(knex, hash, SMALL, LARGE);
  await knex.raw(analyze);
  await read(store, 20);
  const large = await read(store, REPEATS);
  for (const filter of Object.keys(FILTERS)) {
    print({
      benchmark: 'run-lists',
      database: name,
      filter,
      runs: LARGE,
      p50Ms: round(median(large[filter]), 2),
      p99Ms: round(quantile(large[filter], 0.99), 2),
      ceilingRuns: SMALL,
      ceilingP50Ms: round(median(small[filter]), 2),
      ratio: round(median(large[filter]) / median(small[filter]), 2),
      goal: 1.5,
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
