/**
 * Transitions per second of the run store beside the same machine's ceiling:
 * single rows of the size of a journal row, inserted through knex. Both at
 * the same concurrency, in turns, and the medians count. The goal is for 8.
 *
 * A transition is a command on one of many runs of a procedure with twelve
 * steps: decided, chained, and committed with everything derived from it.
 */
import type { Knex } from 'knex';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { median, print, round, Throughput, throughput } from './lib/measure';
import { startRelease, work } from './lib/release';

/** Callers at a time; the first is the one with a goal. */
const CONCURRENCY = [8, 1];
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const MILLISECONDS = Number(process.env.MILLISECONDS ?? 3000);
const WARM_UP = 1500;
const RUNS_PER_CALLER = 40;

const DATA = JSON.stringify({
  stepId: 'watch',
  basis: 'group:default/developers',
  evidence: {
    link: 'https://tickets.example.org/browse/REL-1234',
    notes: 'Done as described, nothing out of the ordinary.',
  },
});

async function createCeilingTable(knex: Knex): Promise<void> {
  await knex.schema.createTable('ceiling', table => {
    table.text('run_id').notNullable();
    table.integer('seq').notNullable();
    for (const column of ['type', 'at', 'actor', 'data', 'prev_hash', 'hash']) {
      table.text(column);
    }
    table.primary(['run_id', 'seq']);
  });
}

let rows = 0;

async function insertRow(knex: Knex, caller: number): Promise<void> {
  rows += 1;
  await knex('ceiling').insert({
    run_id: `run-${caller}`,
    seq: rows,
    type: 'step.completed',
    at: '2026-11-02T09:00:00.000Z',
    actor: 'user:default/dev',
    data: DATA,
    prev_hash: '0'.repeat(64),
    hash: '1'.repeat(64),
  });
}

/** Takes turns, so that what else the machine does hits both alike. */
async function compare(
  options: { concurrency: number; milliseconds: number },
  insert: (caller: number) => Promise<unknown>,
  transition: (caller: number) => Promise<unknown>,
) {
  const ceilings: Throughput[] = [];
  const figures: Throughput[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    ceilings.push(await throughput(options, insert));
    figures.push(await throughput(options, transition));
  }
  const ceiling = median(ceilings.map(one => one.perSecond));
  const figure = median(figures.map(one => one.perSecond));
  return {
    concurrency: options.concurrency,
    transitionsPerSecond: round(figure),
    p50Ms: round(median(figures.map(one => one.p50)), 2),
    p99Ms: round(median(figures.map(one => one.p99)), 2),
    ceilingInsertsPerSecond: round(ceiling),
    ratio: round(figure / ceiling, 2),
  };
}

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const store = await openStore(knex);
  await createCeilingTable(knex);
  const pools = await Promise.all(
    Array.from({ length: Math.max(...CONCURRENCY) }, async () => {
      const runs: string[] = [];
      for (let i = 0; i < RUNS_PER_CALLER; i++) {
        runs.push(await startRelease(store));
      }
      return runs;
    }),
  );
  let turn = 0;
  const transition = async (caller: number) => {
    turn += 1;
    const pool = pools[caller];
    const place = turn % pool.length;
    if (!(await work(store, pool[place]))) {
      pool[place] = await startRelease(store);
    }
  };
  const insert = (caller: number) => insertRow(knex, caller);
  // Compilers and caches first.
  const [concurrency] = CONCURRENCY;
  await throughput({ concurrency, milliseconds: WARM_UP }, transition);
  await throughput({ concurrency, milliseconds: WARM_UP }, insert);
  for (const callers of CONCURRENCY) {
    const options = { concurrency: callers, milliseconds: MILLISECONDS };
    print({
      benchmark: 'transitions',
      database: name,
      ...(await compare(options, insert, transition)),
      ...(callers === concurrency ? { goal: 0.5 } : {}),
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
