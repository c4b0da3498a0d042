/**
 * A herd: 5,000 runs of twelve steps that begin at one instant.
 *
 * `start`: they are started, as a schedule does. `wait`: they exist, their first
 * step waits until the instant, and one worker lets all of them go on. Beside as
 * many single rows of a journal row's size, by as many callers.
 */
import { createCeilingTable, insertRow } from './lib/ceiling';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { inParallel, print, round, sleep } from './lib/measure';
import { startRelease } from './lib/release';
import { startWaiting, startWorker } from './lib/waits';

const RUNS = Number(process.env.RUNS ?? 5000);
const CALLERS = 64;
const GOAL_SECONDS = 5;
const WARM_UP = 1000;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const store = await openStore(knex);
  await createCeilingTable(knex);
  const insert = () =>
    inParallel(RUNS, CALLERS, i => insertRow(knex, i % CALLERS));
  const report = (kind: string, took: number, ceiling: number) =>
    print({
      benchmark: 'herd',
      database: name,
      kind,
      runs: RUNS,
      seconds: round(took, 2),
      ceilingSeconds: round(ceiling, 2),
      ratio: round(took / ceiling, 2),
      goalSeconds: GOAL_SECONDS,
    });

  await inParallel(WARM_UP, CALLERS, () => startRelease(store));
  await inParallel(WARM_UP, CALLERS, i => insertRow(knex, i % CALLERS));
  const started = await seconds(() =>
    inParallel(RUNS, CALLERS, () => startRelease(store)),
  );
  report('start', started, await seconds(insert));

  const waits = async (count: number) => {
    // Twice what starting them took, so that all of them do wait.
    const lead = 2000 + (started / RUNS) * count * 2000;
    const at = new Date(Date.parse(store.now()) + lead).toISOString();
    await inParallel(count, CALLERS, () => startWaiting(store, at));
    let left = count;
    let last = 0;
    let over: () => void;
    const all = new Promise<void>(done => {
      over = done;
    });
    const stop = startWorker(store, late => {
      left -= 1;
      last = Math.max(last, late);
      if (left === 0) {
        over();
      }
    });
    await all;
    await stop();
    return last / 1000;
  };
  await waits(WARM_UP);
  await sleep(1000);
  const went = await waits(RUNS);
  report('wait', went, await seconds(insert));
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
