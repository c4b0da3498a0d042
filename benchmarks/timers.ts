/**
 * How late timers are, with a million others waiting: runs wait until instants
 * spread over half a minute, and one worker lets them go on. Late is the time
 * from the instant until what follows is committed. Beside the runtime's own
 * timer followed by one single row of a journal row's size.
 */
import { createCeilingTable, insertRow } from './lib/ceiling';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import {
  inParallel,
  median,
  print,
  quantile,
  round,
  sleep,
} from './lib/measure';
import { fillTimers } from './lib/waiting';
import { startWaiting, startWorker } from './lib/waits';

const WAITING = Number(process.env.WAITING ?? 1_000_000);
const PER_SECOND = Number(process.env.PER_SECOND ?? 100);
const SECONDS = Number(process.env.SECONDS ?? 30);
const CALLERS = 16;
const GOAL_MS = 2000;
/** For starting each of the runs beforehand, in milliseconds. */
const LEAD = 10;

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const store = await openStore(knex);
  await createCeilingTable(knex);
  await fillTimers(knex, name, WAITING);

  const count = PER_SECOND * SECONDS;
  const instants = (from: number) =>
    Array.from({ length: count }, (_, i) => from + (i * 1000) / PER_SECOND);

  const dueFrom = Date.parse(store.now()) + 5000 + count * LEAD;
  const due = instants(dueFrom).map(ms => new Date(ms).toISOString());
  await inParallel(count, CALLERS, i => startWaiting(store, due[i]));
  if (Date.parse(store.now()) > dueFrom) {
    throw new Error('Starting the runs took longer than they wait');
  }
  const late: number[] = [];
  const stop = startWorker(store, ms => late.push(ms));
  while (late.length < count) {
    await sleep(200);
  }
  await stop();

  const lateRows: number[] = [];
  const from = Date.now() + 100;
  await Promise.all(
    instants(from).map(async (at, i) => {
      await sleep(at - Date.now());
      await insertRow(knex, i % CALLERS);
      lateRows.push(Date.now() - at);
    }),
  );
  const p99 = quantile(late, 0.99);
  const ceilingP99 = quantile(lateRows, 0.99);
  print({
    benchmark: 'timers',
    database: name,
    waiting: WAITING,
    perSecond: PER_SECOND,
    p50Ms: round(median(late)),
    p99Ms: round(p99),
    ceilingP50Ms: round(median(lateRows)),
    ceilingP99Ms: round(ceilingP99),
    ratio: round(p99 / Math.max(1, ceilingP99), 1),
    goalP99Ms: GOAL_MS,
  });
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
