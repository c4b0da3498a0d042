/**
 * Transitions per second of the run store beside the same machine's ceiling:
 * single rows of the size of a journal row, inserted through knex. Both at
 * the same concurrency, in turns, and the medians count. The goal is for 8.
 *
 * A transition is a command on one of many runs of a procedure with twelve
 * steps: decided, chained, and committed with everything derived from it.
 */
import { createCeilingTable, insertRow } from './lib/ceiling';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import {
  inParallel,
  median,
  print,
  round,
  Throughput,
  throughput,
} from './lib/measure';
import { releaseWork } from './lib/release';

/** Callers at a time; the first is the one with a goal. */
const CONCURRENCY = [8, 1];
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const MILLISECONDS = Number(process.env.MILLISECONDS ?? 3000);
/** Of each kind: about when the compilers are done with the engine. */
const WARM_UP = 10_000;
/** A table of a few runs would be read whole, which is not what happens later. */
const RUNS_PER_CALLER = 250;

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
  const transition = await releaseWork(
    store,
    Math.max(...CONCURRENCY),
    RUNS_PER_CALLER,
  );
  const insert = (caller: number) => insertRow(knex, caller);
  // Compilers and caches first.
  const [concurrency] = CONCURRENCY;
  // Not by time: on a busy machine it would be over too soon.
  for (const warmUp of [transition, insert]) {
    await inParallel(WARM_UP, concurrency, i => warmUp(i % concurrency));
  }
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
