/**
 * One evaluation of 500 SLOs from a real Prometheus: fetched, stored and
 * computed, with the number of queries, on both databases. The first one reads
 * the whole window, each later one what a new bucket brought. The ceiling is one
 * instant query over the raw series of the window, for a single SLO.
 *
 * `HANDRAIL_PROMETHEUS` and `HANDRAIL_PROMTOOL` name the programs.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  BAD_SERIES,
  BUCKET_SECONDS,
  SloDefinition,
  TOTAL_SERIES,
} from '../plugins/slo-common/src';
import { PrometheusSource } from '../plugins/slo-backend-module-prometheus/src/PrometheusSource';
import { RealPrometheus, Sample } from '../packages/test-servers/src';
import { DatabaseSloStore } from '../plugins/slo-backend/src/database';
import { Evaluator } from '../plugins/slo-backend/src/evaluation/Evaluator';
import { openDatabases } from './lib/databases';
import { median, print, round } from './lib/measure';

const SLOS = Number(process.env.SLOS ?? 500);
const DAYS = Number(process.env.DAYS ?? 7);
const REPEATS = Number(process.env.REPEATS ?? 5);
/** Series that one SLO's raw query reads. */
const RAW_SERIES = 50;

const DAY = 86_400;
const START = 1_760_000_100 - DAYS * DAY;
const END = START + DAYS * DAY;
/** What arrives while it is measured. */
const LATER = END + (REPEATS + 1) * BUCKET_SECONDS;

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

function definition(index: number): SloDefinition {
  const name = `slo-${index}`;
  return {
    ref: `slo:default/${name}`,
    namespace: 'default',
    name,
    title: name,
    service: name,
    budgetingMethod: 'Occurrences',
    window: { duration: `${DAYS}d`, seconds: DAYS * DAY, rolling: true },
    objectives: [{ name: 'good', target: 0.999 }],
    indicator: {
      sourceType: 'prometheus',
      sourceName: 'bench',
      counter: true,
      kind: 'bad-total',
      numerator: { query: `bad_total{service="${name}"}` },
      total: { query: `requests_total{service="${name}"}` },
    },
  };
}

/** Recorded series of every SLO each five minutes, raw ones of the first. */
function* history(): Generator<[string, Sample[]]> {
  const every = (step: number, value: (at: number) => number): Sample[] => {
    const samples: Sample[] = [];
    for (let at = START; at <= LATER + 300; at += step) {
      samples.push([at, value(at)]);
    }
    return samples;
  };
  for (let i = 0; i < SLOS; i++) {
    const label = `{slo="default/slo-${i}"}`;
    const ratio = (i % 20) / 10_000;
    yield [`${BAD_SERIES}${label}`, every(300, () => 10 * ratio)];
    yield [`${TOTAL_SERIES}${label}`, every(300, () => 10)];
  }
  for (let i = 0; i < RAW_SERIES; i++) {
    const label = `{service="slo-0",pod="${i}"}`;
    yield [`requests_total${label}`, every(60, at => (at - START) / 5)];
    yield [`bad_total${label}`, every(60, at => (at - START) / 5000)];
  }
}

/** Milliseconds of an instant query. */
async function ceiling(url: string): Promise<number> {
  const query = `sum(increase(bad_total{service="slo-0"}[${DAYS}d])) / sum(increase(requests_total{service="slo-0"}[${DAYS}d]))`;
  const times: number[] = [];
  for (let i = 0; i < REPEATS + 1; i++) {
    const begin = performance.now();
    const response = await fetch(
      `${url}/api/v1/query?${new URLSearchParams({
        query,
        time: String(END),
      })}`,
    );
    const body = await response.json();
    if (body.data?.result?.length !== 1) {
      throw new Error(`The ceiling has no result: ${JSON.stringify(body)}`);
    }
    times.push(performance.now() - begin);
  }
  // The first one warms up.
  return median(times.slice(1));
}

async function main(): Promise<void> {
  const prometheus = await RealPrometheus.start(history());
  try {
    const definitions = Array.from({ length: SLOS }, (_, i) => definition(i));
    for (const { name, knex, close } of await openDatabases()) {
      try {
        const store = await DatabaseSloStore.create({
          database: { getClient: async () => knex },
        });
        await store.syncDefinitions(definitions);
        const server = { name: 'bench', url: prometheus.url, headers: {} };
        const source = new PrometheusSource({
          servers: new Map([['bench', server]]),
        });
        const evaluator = new Evaluator({
          store,
          sources: new Map([[source.type, source]]),
          logger,
          cautionBelow: 0.25,
        });
        const evaluate = async (now: number) => {
          const before = source.queries;
          const begin = performance.now();
          await evaluator.evaluate(definitions, now);
          const milliseconds = performance.now() - begin;
          return { milliseconds, queries: source.queries - before };
        };
        const first = await evaluate(END + 180);
        const later: Array<{ milliseconds: number; queries: number }> = [];
        for (let i = 1; i <= REPEATS; i++) {
          later.push(await evaluate(END + 180 + i * BUCKET_SECONDS));
        }
        const beginList = performance.now();
        const known = (await store.list()).filter(
          slo => slo.evaluation && !slo.error,
        ).length;
        const listMs = performance.now() - beginList;
        if (known !== SLOS) {
          throw new Error(`${known} of ${SLOS} SLOs were evaluated`);
        }
        const ceilingMs = await ceiling(prometheus.url);
        const laterMs = median(later.map(one => one.milliseconds));
        print({
          benchmark: 'slo-evaluation',
          database: name,
          slos: SLOS,
          days: DAYS,
          firstMs: round(first.milliseconds),
          firstQueries: first.queries,
          roundMs: round(laterMs),
          roundQueries: Math.max(...later.map(one => one.queries)),
          goalQueries: 10,
          listMs: round(listMs, 1),
          ceilingMs: round(ceilingMs, 1),
          ratio: round(laterMs / ceilingMs, 1),
          perSloRatio: round(laterMs / SLOS / ceilingMs, 3),
          goal: 1,
        });
      } finally {
        await close();
      }
    }
  } finally {
    await prometheus.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
