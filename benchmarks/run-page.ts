/**
 * The answer that the page of a run of 200 steps is made of, beside one entity
 * of the catalog in the same process: both by HTTP, in turns, one at a time.
 */
import { randomUUID } from 'node:crypto';
import type { RunView } from '@handrail/plugin-sop-common';
import { BenchDatabase, openDatabases } from './lib/databases';
import { print, quantile, round } from './lib/measure';
import { BenchPortal, startPortal } from './lib/portal';
import {
  nextInView,
  peopleProcedure,
  REVIEWER,
  startOf,
  WORKER,
} from './lib/procedures';

const STEPS = 200;
/** Steps that are over when the page is read. */
const DONE = 180;
const REPEATS = Number(process.env.REPEATS ?? 500);
const WARM_UP = 100;
const PROCEDURE = 'bench-long';

/** Starts a run and does most of it. @returns its id */
async function prepareRun({ http, tokenOf }: BenchPortal): Promise<string> {
  const tokens = new Map<string, string>();
  for (const name of [WORKER, REVIEWER]) {
    tokens.set(name, await tokenOf(name));
  }
  const post = async (by: string, path: string, data: object) => {
    const { body } = await http.send('POST', `/api/sop/runs${path}`, {
      token: tokens.get(by),
      data: { commandId: randomUUID(), ...data },
    });
    return JSON.parse(body) as RunView;
  };
  let view = await post(WORKER, '', startOf(PROCEDURE));
  while (view.done < DONE) {
    const next = nextInView(view);
    if (!next) {
      throw new Error(`The run came to an end: ${view.headline}`);
    }
    view = await post(next.by, `/${view.runId}/commands`, {
      command: next.command,
    });
  }
  return view.runId;
}

async function measure(database: BenchDatabase): Promise<void> {
  const portal = await startPortal({
    database: database.config,
    procedures: [peopleProcedure(PROCEDURE, STEPS)],
  });
  try {
    const runId = await prepareRun(portal);
    const token = await portal.tokenOf(WORKER);
    const timed = async (path: string) => {
      const begin = performance.now();
      const { body } = await portal.http.send('GET', path, { token });
      return { millis: performance.now() - begin, size: body.length };
    };
    const pages = {
      run: `/api/sop/runs/${runId}`,
      entity: '/api/catalog/entities/by-name/component/default/payments-api',
    };
    const run: number[] = [];
    const entity: number[] = [];
    let bytes = 0;
    for (let i = 0; i < WARM_UP + REPEATS; i++) {
      const one = await timed(pages.run);
      const other = await timed(pages.entity);
      if (i >= WARM_UP) {
        run.push(one.millis);
        entity.push(other.millis);
      }
      bytes = one.size;
    }
    const p50 = quantile(run, 0.5);
    const entityP50 = quantile(entity, 0.5);
    print({
      benchmark: 'run-page',
      database: database.name,
      steps: STEPS,
      done: DONE,
      answerBytes: bytes,
      p50Ms: round(p50, 2),
      p95Ms: round(quantile(run, 0.95), 2),
      catalogEntityP50Ms: round(entityP50, 2),
      catalogEntityP95Ms: round(quantile(entity, 0.95), 2),
      ratio: round(p50 / entityP50, 2),
      goal: 3,
    });
  } finally {
    await portal.stop();
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

main().then(
  // The portal leaves timers behind.
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  },
);
