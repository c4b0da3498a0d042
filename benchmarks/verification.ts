/**
 * How long it takes to verify a million events in the journals of runs: every
 * hash, link and number, and that each journal begins and ends where its run
 * says. Beside the same rows read and hashed, and nothing compared.
 *
 * The journals are copies of one of a real run, chained anew for each.
 */
import { AnyRunEvent, ENGINE_VERSION } from '@handrail/plugin-sop-common';
import {
  chainEvents,
  KnexJournal,
  KnownJournal,
  sha256Hex,
  toRow,
} from '@handrail/journal';
import type { Knex } from 'knex';
import { runGenesis } from '../plugins/sop-backend/src/database/hashing';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { print, round } from './lib/measure';
import { startRelease, work } from './lib/release';

const EVENTS = Number(process.env.EVENTS ?? 1_000_000);
const GOAL_SECONDS = 10;
/** Rows in one insert, and in one read of the ceiling. */
const BATCH = 100;
const READ = 2000;

const journal = KnexJournal.create({
  table: 'run_event',
  subjectColumn: 'run_id',
});

/** The events of a run from its start to its end. */
async function wholeRun(knex: Knex): Promise<AnyRunEvent[]> {
  const store = await openStore(knex);
  const runId = await startRelease(store);
  while (await work(store, runId)) {
    // On to the end.
  }
  const { items } = await store.readJournal(runId, { limit: 1000 });
  return items.map(
    ({ prevHash: _p, hash: _h, ...event }) => event as unknown as AnyRunEvent,
  );
}

/** Writes copies until there are enough. @returns what their runs' rows say */
async function fill(knex: Knex): Promise<KnownJournal[]> {
  const events = await wholeRun(knex);
  const journals: KnownJournal[] = [];
  let rows: Array<Record<string, unknown>> = [];
  while (journals.length * events.length < EVENTS) {
    const runId = `run-${String(journals.length).padStart(8, '0')}`;
    const genesis = runGenesis({
      runId,
      revisionHash: '0'.repeat(64),
      engineVersion: ENGINE_VERSION,
      sopRef: 'sop:default/release',
    });
    const chained = chainEvents(genesis, events);
    const { seq, hash } = chained[chained.length - 1];
    journals.push({
      subjectId: runId,
      genesis,
      head: { seq, hash, final: true },
    });
    rows.push(...chained.map(event => ({ run_id: runId, ...toRow(event) })));
    if (rows.length > 100 * BATCH) {
      await knex.batchInsert('run_event', rows, BATCH);
      rows = [];
    }
  }
  await knex.batchInsert('run_event', rows, BATCH);
  return journals;
}

async function seconds(work_: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work_();
  return (performance.now() - begin) / 1000;
}

/** Reads every row in the order of the key and hashes the text in it. */
async function readAndHash(knex: Knex): Promise<void> {
  let last: [string, number] = ['', 0];
  for (;;) {
    const rows: Array<Record<string, string | number>> = await knex('run_event')
      .whereRaw('(run_id, seq) > (?, ?)', last)
      .orderBy(['run_id', 'seq'])
      .limit(READ)
      .select(
        ...['run_id', 'seq', 'type', 'at', 'actor', 'data'],
        ...['prev_hash', 'hash', 'command_id'],
      );
    for (const { prev_hash: prev, actor, at, data, seq, type } of rows) {
      sha256Hex(`${prev}${actor}${at}${data}${seq}${type}`);
    }
    if (rows.length < READ) {
      return;
    }
    const { run_id: runId, seq } = rows[rows.length - 1];
    last = [String(runId), Number(seq)];
  }
}

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const journals = await fill(knex);
  await knex.raw(name === 'postgres' ? 'VACUUM ANALYZE run_event' : 'ANALYZE');
  await journal.verifyMany(knex, journals.slice(0, 2000));
  let events = 0;
  const took = await seconds(async () => {
    for (const verdict of await journal.verifyMany(knex, journals)) {
      if (!verdict.ok) {
        throw new Error(`A sound journal was found bad: ${verdict.message}`);
      }
      events += verdict.events;
    }
  });
  const ceiling = await seconds(() => readAndHash(knex));
  print({
    benchmark: 'verification',
    database: name,
    events,
    journals: journals.length,
    seconds: round(took, 2),
    ceilingSeconds: round(ceiling, 2),
    ratio: round(took / ceiling, 2),
    goalSeconds: round((GOAL_SECONDS * events) / 1_000_000, 2),
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
