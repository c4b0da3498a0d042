/**
 * How long the program that knows no portal takes to verify the bundle of a
 * period: the digests, the log, every chain, every entry, and each run played
 * again by its procedure. Beside the same bundle unpacked, and the digests of
 * its files alone.
 *
 * The runs are copies of one, written and exported as a portal does.
 */
import { hash } from 'node:crypto';
import type { AuditorService } from '@backstage/backend-plugin-api';
import { generateSigner } from '@handrail/journal';
import { AnyRunEvent } from '@handrail/plugin-sop-common';
import { verifyBundle } from '@handrail/sop-verify';
import { unzipSync } from 'fflate';
import type { DatabaseRunStore } from '../plugins/sop-backend/src/database';
import { Exporter } from '../plugins/sop-backend/src/proof/Exporter';
import { LogKeeper } from '../plugins/sop-backend/src/proof/LogKeeper';
import {
  BenchDatabase,
  logger,
  openDatabases,
  openStore,
} from './lib/databases';
import { print, round } from './lib/measure';
import { startRelease, work } from './lib/release';

const EVENTS = Number(process.env.EVENTS ?? 100_000);
const REPEATS = Number(process.env.REPEATS ?? 5);
const GOAL_SECONDS = 10;

const AUDITOR: AuditorService = {
  createEvent: async () => ({ success: async () => {}, fail: async () => {} }),
};

/** Runs to their end, as many as hold so many events. */
async function fill(store: DatabaseRunStore): Promise<void> {
  const first = await startRelease(store);
  while (await work(store, first)) {
    // On to the end.
  }
  const { items } = await store.readJournal(first, { limit: 1000 });
  const events = items.map(({ prevHash: _p, hash: _h, ...event }) => event);
  const text = JSON.stringify(events);
  const { revisionHash, sopRef } = (events[0] as any).data;
  for (let n = 1; n * events.length < EVENTS; n++) {
    const runId = `copy-${n}`;
    await store.startRun({
      runId,
      startKey: runId,
      sopRef,
      sopTitle: 'Release',
      revisionHash,
      events: JSON.parse(text.replaceAll(first, runId)) as AnyRunEvent[],
    });
  }
}

async function exported({ knex }: BenchDatabase): Promise<Buffer> {
  const store = await openStore(knex);
  await fill(store);
  const keeper = new LogKeeper({
    knex,
    config: {
      origin: 'portal.example.com/sop',
      signers: [generateSigner('portal.example.com/sop')],
      every: 60_000,
      entries: 1000,
      witnesses: [],
    },
    witnesses: () => [],
    auditor: AUDITOR,
    logger,
    now: () => store.now(),
  });
  const exporter = new Exporter({
    knex,
    keeper,
    nameOf: async () => ref => ref,
  });
  const chunks: Uint8Array[] = [];
  const period = ['2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'] as const;
  for await (const chunk of exporter.exportPeriod(...period)) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The shortest of a few times, as others may be at work on the machine. */
function seconds(work_: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const begin = performance.now();
    work_();
    return (performance.now() - begin) / 1000;
  });
  return Math.min(...times);
}

async function main(): Promise<void> {
  const databases = await openDatabases();
  // What is verified is a file; where it came from makes no difference.
  const database = databases[databases.length - 1];
  try {
    const bundle = await exported(database);
    let events = 0;
    let runs = 0;
    const verify = () => {
      const report = verifyBundle(bundle);
      if (!report.ok) {
        throw new Error(JSON.stringify(report.findings[0]));
      }
      ({ events, runs } = report);
    };
    verify();
    const took = seconds(verify);
    const ceiling = seconds(() => {
      for (const file of Object.values(unzipSync(bundle))) {
        hash('sha256', file);
      }
    });
    print({
      benchmark: 'offline-verification',
      events,
      runs,
      megabytes: round(bundle.length / 1e6, 1),
      seconds: round(took, 2),
      ceilingSeconds: round(ceiling, 2),
      ratio: round(took / ceiling, 2),
      goalSeconds: round((GOAL_SECONDS * events) / 1_000_000, 2),
    });
  } finally {
    await Promise.all(databases.map(one => one.close()));
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
