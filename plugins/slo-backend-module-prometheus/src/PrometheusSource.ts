import { createHash } from 'node:crypto';
import { InputError, toError } from '@backstage/errors';
import {
  BAD_SERIES,
  Bucket,
  BUCKET_SECONDS,
  counterExpressions,
  PROMETHEUS_SOURCE,
  SLO_LABEL,
  SloDefinition,
  sloLabel,
  TOTAL_SERIES,
} from '@handrail/plugin-slo-common';
import {
  SloSeriesRequest,
  SloSeriesResult,
  SloSource,
} from '@handrail/plugin-slo-node';
import { PrometheusServer } from './config';
import { PrometheusClient, RangeSeries } from './PrometheusClient';

/** Prometheus refuses more points in a series. */
const MAX_POINTS = 11_000;
/** Points of one answer with recorded series: about 40 MB of JSON. */
const MAX_ANSWER_POINTS = 1_100_000;
/** Raw queries at the same time, per server. */
const CONCURRENCY = 4;
/** Rules of the newest bucket run until two minutes after it. */
const SETTLE_SECONDS = 180;

/** Values by the end of their bucket. */
type Values = Map<number, number>;

interface Found {
  bad: Values;
  total: Values;
}

/**
 * Reads the series that the generated rules record, for all SLOs of a server
 * at once. For SLOs without, it runs their own queries, two for each.
 */
export class PrometheusSource implements SloSource {
  readonly type = PROMETHEUS_SOURCE;
  readonly #servers: Map<string, PrometheusServer>;
  readonly #timeoutMs: number | undefined;
  /** Queries since the start. */
  queries = 0;

  constructor(options: {
    servers: Map<string, PrometheusServer>;
    timeoutMs?: number;
  }) {
    this.#servers = options.servers;
    this.#timeoutMs = options.timeoutMs;
  }

  seriesKey(definition: SloDefinition): string {
    const server = this.#serverOf(definition);
    const { indicator } = definition;
    if (!indicator) {
      throw new InputError('It has no indicator');
    }
    // Fails for queries that no window fits in.
    const { bad, total } = counterExpressions(indicator, BUCKET_SECONDS);
    const digest = createHash('sha256')
      .update(JSON.stringify([bad, total]))
      .digest('hex');
    return [this.type, server.name, sloLabel(definition), digest].join(':');
  }

  async fetch(
    requests: SloSeriesRequest[],
    { now }: { now: number },
  ): Promise<SloSeriesResult[]> {
    const until = floor(now - SETTLE_SECONDS);
    const byServer = new Map<PrometheusServer, SloSeriesRequest[]>();
    for (const request of requests) {
      const server = this.#serverOf(request.definition);
      byServer.set(server, [...(byServer.get(server) ?? []), request]);
    }
    const results = await Promise.all(
      [...byServer].map(async ([server, own]) => {
        const client = new PrometheusClient(server, this.#timeoutMs);
        try {
          return await fetchServer(client, own, until);
        } catch (error) {
          const { message } = toError(error);
          return own.map(({ key }) => ({ key, error: message }));
        } finally {
          this.queries += client.queries;
        }
      }),
    );
    return results.flat();
  }

  /** @throws InputError when the document names a server that is not allowed */
  #serverOf({ indicator }: SloDefinition): PrometheusServer {
    const names = [...this.#servers.keys()];
    const name = indicator?.sourceName ?? (names.length === 1 ? names[0] : '');
    const server = this.#servers.get(name);
    if (!server) {
      throw new InputError(
        `The data source: found ${
          name ? JSON.stringify(name) : 'no metricSourceRef'
        }; allowed: ${
          names.join(', ') || 'none, as slo.prometheus.sources is empty'
        }`,
      );
    }
    return server;
  }
}

async function fetchServer(
  client: PrometheusClient,
  requests: SloSeriesRequest[],
  until: number,
): Promise<SloSeriesResult[]> {
  // With the next bucket there is something to read.
  const due = requests.filter(({ from }) => from < until);
  const idle = requests.filter(({ from }) => from >= until);
  const recorded = await fetchRecorded(client, due, until);
  const results: SloSeriesResult[] = idle.map(({ key, from }) => ({
    key,
    until: from,
    buckets: [],
  }));
  const queue: SloSeriesRequest[] = [];
  for (const request of due) {
    const found = recorded.get(sloLabel(request.definition));
    if (found && reachesBack(found, request.from)) {
      results.push(toResult(request, found, until));
    } else {
      queue.push(request);
    }
  }
  const work = async () => {
    for (let request = queue.shift(); request; request = queue.shift()) {
      results.push(await fetchRaw(client, request, until));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return results;
}

/**
 * Rules know nothing of the time before they were loaded: with less than the
 * first hour that is wanted, the raw series are asked.
 */
function reachesBack(found: Found, from: number): boolean {
  const [first = Infinity] = found.total.keys();
  return first <= from + 3600;
}

/** What is recorded, by the label that names the SLO. */
async function fetchRecorded(
  client: PrometheusClient,
  requests: SloSeriesRequest[],
  until: number,
): Promise<Map<string, Found>> {
  const recorded = new Map<string, Found>();
  if (requests.length === 0) {
    return recorded;
  }
  const start = Math.min(...requests.map(({ from }) => from)) + BUCKET_SECONDS;
  const points = Math.max(
    1,
    Math.min(MAX_POINTS - 1, Math.floor(MAX_ANSWER_POINTS / requests.length)),
  );
  // A sample stands for the five minutes before it, so those of a bucket lie two
  // minutes later. The mean of all of them keeps every event: what has left one
  // is in the next. A millisecond less, as a range may hold both of its ends.
  const query = (name: string) =>
    `avg_over_time(${name}{${SLO_LABEL}!=""}[4m59s999ms] offset -2m) * ${BUCKET_SECONDS}`;
  for (const [low, high] of chunks(start, until, points)) {
    const range = { start: low, end: high, step: BUCKET_SECONDS };
    for (const part of ['bad', 'total'] as const) {
      const name = part === 'bad' ? BAD_SERIES : TOTAL_SERIES;
      for (const series of await client.queryRange(query(name), range)) {
        const label = series.labels[SLO_LABEL];
        const found = recorded.get(label) ?? {
          bad: new Map(),
          total: new Map(),
        };
        addValues(found[part], series);
        recorded.set(label, found);
      }
    }
  }
  return recorded;
}

async function fetchRaw(
  client: PrometheusClient,
  request: SloSeriesRequest,
  until: number,
): Promise<SloSeriesResult> {
  const { key, definition, from } = request;
  try {
    const { indicator } = definition;
    if (!indicator) {
      throw new InputError('It has no indicator');
    }
    const expressions = counterExpressions(indicator, BUCKET_SECONDS);
    const found: Found = { bad: new Map(), total: new Map() };
    const start = from + BUCKET_SECONDS;
    for (const [low, high] of chunks(start, until, MAX_POINTS - 1)) {
      const range = { start: low, end: high, step: BUCKET_SECONDS };
      for (const part of ['bad', 'total'] as const) {
        const answer = await client.queryRange(expressions[part], range);
        answer.forEach(series => addValues(found[part], series));
      }
    }
    return toResult(request, found, until);
  } catch (error) {
    return { key, error: toError(error).message };
  }
}

function* chunks(
  start: number,
  end: number,
  points: number,
): Generator<[number, number]> {
  for (let low = start; low <= end; low += points * BUCKET_SECONDS) {
    yield [low, Math.min(end, low + (points - 1) * BUCKET_SECONDS)];
  }
}

function addValues(values: Values, series: RangeSeries) {
  for (const [at, value] of series.values) {
    values.set(at, (values.get(at) ?? 0) + value);
  }
}

/** Buckets without events, or whose numbers are none, are left out. */
function toResult(
  request: SloSeriesRequest,
  { bad, total }: Found,
  until: number,
): SloSeriesResult {
  const buckets: Bucket[] = [];
  for (const [end, all] of total) {
    const at = end - BUCKET_SECONDS;
    const failed = bad.get(end) ?? 0;
    if (!Number.isFinite(all) || !Number.isFinite(failed) || all <= 0) {
      continue;
    }
    if (at >= request.from && at < until) {
      // Extrapolation may make a little more bad of them than there are.
      buckets.push({ at, bad: Math.min(Math.max(0, failed), all), total: all });
    }
  }
  return { key: request.key, buckets, until };
}

function floor(at: number): number {
  return Math.floor(at / BUCKET_SECONDS) * BUCKET_SECONDS;
}
