/**
 * Commands per second at three depths: the run store with the engine, the
 * service that routes and actions call, and HTTP; beside the same machine's
 * ceiling, single rows of the size of a journal row inserted through knex. All
 * by the same number of callers, in turns, and the medians count.
 *
 * A command is the next thing to be done in one of many runs of a procedure
 * with twelve steps for people.
 */
import { randomUUID } from 'node:crypto';
import type {
  CommandRequest,
  RunView,
  StartRunRequest,
} from '@handrail/plugin-sop-common';
import { createCeilingTable, insertRow } from './lib/ceiling';
import { BenchDatabase, openDatabases, openStore } from './lib/databases';
import { median, print, round, Throughput, throughput } from './lib/measure';
import { BenchPortal, startPortal } from './lib/portal';
import {
  nextInView,
  peopleProcedure,
  REVIEWER,
  startOf,
  WORKER,
} from './lib/procedures';
import { releaseWork } from './lib/release';

const CONCURRENCY = 8;
const ROUNDS = Number(process.env.ROUNDS ?? 5);
const MILLISECONDS = Number(process.env.MILLISECONDS ?? 3000);
const WARM_UP = 1500;
const RUNS_PER_CALLER = 5;
const PROCEDURE = 'bench-short';
const STEPS = 12;

/** The two calls that change runs, as one person makes them. */
interface Caller {
  start(by: string, request: StartRunRequest): Promise<RunView>;
  execute(
    by: string,
    request: CommandRequest & { runId: string },
  ): Promise<RunView>;
}

type Work = (caller: number) => Promise<unknown>;

async function throughService({
  auth,
  service,
  tokenOf,
}: BenchPortal): Promise<Caller> {
  const options = new Map(
    await Promise.all(
      [WORKER, REVIEWER].map(async name => {
        const credentials = await auth.authenticate(await tokenOf(name));
        return [name, { credentials, interactive: true }] as const;
      }),
    ),
  );
  const optionsOf = (by: string) => {
    const found = options.get(by);
    if (!found) {
      throw new Error(`${by} has not signed in`);
    }
    return found;
  };
  return {
    start: (by, request) => service.startRun(request, optionsOf(by)),
    execute: (by, request) => service.executeCommand(request, optionsOf(by)),
  };
}

async function throughHttp({ http, tokenOf }: BenchPortal): Promise<Caller> {
  const tokens = new Map(
    await Promise.all(
      [WORKER, REVIEWER].map(
        async name => [name, await tokenOf(name)] as const,
      ),
    ),
  );
  const post = async (by: string, path: string, data: object) => {
    const { body } = await http.send('POST', `/api/sop/runs${path}`, {
      token: tokens.get(by),
      data,
    });
    return JSON.parse(body) as RunView;
  };
  return {
    start: (by, request) => post(by, '', request),
    execute: (by, { runId, ...request }) =>
      post(by, `/${runId}/commands`, request),
  };
}

/** Does the next thing in one of the caller's runs, and starts runs anew. */
async function viewWork({ start, execute }: Caller): Promise<Work> {
  const begin = () =>
    start(WORKER, { commandId: randomUUID(), ...startOf(PROCEDURE) });
  const pools: RunView[][] = [];
  for (let caller = 0; caller < CONCURRENCY; caller++) {
    pools.push([]);
    for (let i = 0; i < RUNS_PER_CALLER; i++) {
      pools[caller].push(await begin());
    }
  }
  let turn = 0;
  return async caller => {
    turn += 1;
    const pool = pools[caller];
    const place = turn % pool.length;
    const view = pool[place];
    const next = nextInView(view);
    pool[place] = next
      ? await execute(next.by, {
          runId: view.runId,
          commandId: randomUUID(),
          command: next.command,
        })
      : await begin();
  };
}

async function measure(database: BenchDatabase): Promise<void> {
  const { knex, name } = database;
  const store = await openStore(knex);
  await createCeilingTable(knex);
  const portal = await startPortal({
    database: database.config,
    procedures: [peopleProcedure(PROCEDURE, STEPS)],
  });
  try {
    const ceiling: Work = caller => insertRow(knex, caller);
    const layers: Record<string, Work> = {
      store: await releaseWork(store, CONCURRENCY, RUNS_PER_CALLER),
      service: await viewWork(await throughService(portal)),
      http: await viewWork(await throughHttp(portal)),
    };
    const works = { ceiling, ...layers };
    const figures = new Map<string, Throughput[]>();
    for (let i = 0; i <= ROUNDS; i++) {
      for (const [layer, work] of Object.entries(works)) {
        // The first round is for compilers and caches.
        const milliseconds = i === 0 ? WARM_UP : MILLISECONDS;
        const options = { concurrency: CONCURRENCY, milliseconds };
        const figure = await throughput(options, work);
        if (i > 0) {
          figures.set(layer, [...(figures.get(layer) ?? []), figure]);
        }
      }
    }
    const medianOf = (layer: string, key: keyof Throughput) =>
      median((figures.get(layer) ?? []).map(one => one[key]));
    const ceilingPerSecond = medianOf('ceiling', 'perSecond');
    for (const layer of Object.keys(layers)) {
      const perSecond = medianOf(layer, 'perSecond');
      print({
        benchmark: 'service',
        database: name,
        layer,
        concurrency: CONCURRENCY,
        transitionsPerSecond: round(perSecond),
        p50Ms: round(medianOf(layer, 'p50'), 2),
        p99Ms: round(medianOf(layer, 'p99'), 2),
        ceilingInsertsPerSecond: round(ceilingPerSecond),
        ratio: round(perSecond / ceilingPerSecond, 3),
        ...(layer === 'store' && name === 'postgres' ? { goal: 0.5 } : {}),
      });
    }
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
