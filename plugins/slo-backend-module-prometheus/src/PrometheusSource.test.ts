import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import {
  BAD_SERIES,
  budgetRemaining,
  Bucket,
  burnDown,
  errorRatio,
  IndicatorDefinition,
  SloDefinition,
  toSeries,
  TOTAL_SERIES,
  WindowSums,
} from '@handrail/plugin-slo-common';
import { SloSeriesResult } from '@handrail/plugin-slo-node';
import { RealPrometheus, Sample } from '@handrail/test-servers';
import { readServers } from './config';
import { PrometheusSource } from './PrometheusSource';

jest.setTimeout(180_000);

const DAY = 86_400;
const DAYS = 28;
/** A multiple of five minutes. */
const END = 1_760_000_100;
const START = END - DAYS * DAY;

function definition(
  name: string,
  indicator: Partial<IndicatorDefinition> = {},
): SloDefinition {
  return {
    ref: `slo:default/${name}`,
    namespace: 'default',
    name,
    title: name,
    service: name,
    budgetingMethod: 'Occurrences',
    window: { duration: '28d', seconds: DAYS * DAY, rolling: true },
    objectives: [{ name: 'a', target: 0.999 }],
    indicator: {
      sourceType: 'prometheus',
      sourceName: 'main',
      counter: true,
      kind: 'bad-total',
      numerator: { query: 'bad_total' },
      total: { query: 'requests_total' },
      ...indicator,
    },
  };
}

const sourceOf = (url: string, timeoutMs?: number) =>
  new PrometheusSource({
    servers: readServers(
      new ConfigReader({
        slo: { prometheus: { sources: [{ name: 'main', url: `${url}/` }] } },
      }),
    ),
    timeoutMs,
  });

function bucketsOf(result: SloSeriesResult): Bucket[] {
  if ('error' in result || !result.buckets) {
    throw new Error(JSON.stringify(result));
  }
  return result.buckets;
}

/** Events of each minute: traffic 1:100, an incident, noisy nights, a stop. */
function minute(i: number): { bad: number; total: number } {
  const ofDay = (i % 1440) / 1440;
  const total = Math.round(60 + 5940 * Math.sin(Math.PI * ofDay) ** 4);
  const day = Math.floor(i / 1440);
  if (day === 9 && ofDay > 0.3 && ofDay < 0.3 + 29 / 1440) {
    return { bad: 0, total: 0 };
  }
  let ratio = 0.0001;
  if (day === 14 && ofDay > 0.5 && ofDay <= 0.5 + 60 / 1440) {
    ratio = 0.1;
  } else if ([3, 7, 18, 22].includes(day) && ofDay < 3 / 24) {
    ratio = 0.05;
  }
  return { bad: Math.round(total * ratio), total };
}

describe('PrometheusSource on a real Prometheus', () => {
  let prometheus: RealPrometheus;
  const truth = { bad: 0, total: 0 };

  beforeAll(async () => {
    const minutes = DAYS * 1440;
    const bad: Sample[] = [];
    const total: Sample[] = [];
    // Cumulative from the first minute on; recorded series as the rules would.
    const sums = { bad: [0], total: [0] };
    for (let i = 0; i < minutes; i++) {
      const events = minute(i);
      truth.bad += events.bad;
      truth.total += events.total;
      sums.bad.push(truth.bad);
      sums.total.push(truth.total);
    }
    const recorded: Record<'bad' | 'total', Sample[]> = { bad: [], total: [] };
    for (let i = 0; i <= minutes; i++) {
      const at = START + i * 60;
      bad.push([at, sums.bad[i]]);
      total.push([at, sums.total[i]]);
    }
    for (let i = 1; i <= minutes + 5; i++) {
      for (const part of ['bad', 'total'] as const) {
        const all = sums[part];
        const last = all[Math.min(i, minutes)];
        recorded[part].push([
          START + i * 60,
          (last - all[Math.max(0, Math.min(minutes, i - 5))]) / 300,
        ]);
      }
    }
    prometheus = await RealPrometheus.start([
      ['bad_total', bad],
      ['requests_total', total],
      [`${BAD_SERIES}{slo="default/recorded"}`, recorded.bad],
      [`${TOTAL_SERIES}{slo="default/recorded"}`, recorded.total],
      ['error_share', bad.map(([at], i) => [at, i % 2 ? 0.02 : 0])],
      ['not_a_number', total.map(([at]): Sample => [at, NaN])],
    ]);
  });

  afterAll(() => prometheus?.stop());

  async function read(slo: SloDefinition) {
    const source = sourceOf(prometheus.url);
    const key = source.seriesKey(slo);
    const [result] = await source.fetch(
      [{ key, definition: slo, from: START }],
      {
        now: END + 180,
      },
    );
    return { result, source };
  }

  it.each(['recorded', 'raw'])(
    'gives the known error ratio of 28 days from %s series',
    async name => {
      const { result, source } = await read(definition(name));
      const buckets = bucketsOf(result);
      expect(result).toMatchObject({ until: END });
      expect(source.queries).toBe(name === 'raw' ? 4 : 2);
      const series = toSeries(buckets, { from: START, to: END, step: 300 });
      const counts = new WindowSums(series).between(START, END);
      const expected = truth.bad / truth.total;
      const deviation = Math.abs((errorRatio(counts) ?? NaN) / expected - 1);
      expect(deviation).toBeLessThan(0.0002);
      expect(Math.abs(counts.total / truth.total - 1)).toBeLessThan(0.001);
      // The stop is a gap and not a number that is none.
      const stop = START + 9 * DAY + 0.3 * DAY;
      const gap = buckets.filter(({ at }) => at > stop && at < stop + 1200);
      expect(gap).toEqual([]);
      expect(
        buckets.every(
          ({ bad, total }) => bad >= 0 && bad <= total && total > 0,
        ),
      ).toBe(true);
      // What is drawn is what is computed.
      const { points } = burnDown(series, 0.999, 300);
      expect(points.at(-1)?.remaining).toBeCloseTo(
        budgetRemaining(counts, 0.999) ?? NaN,
        9,
      );
      expect(points.at(-1)?.remaining).toBeCloseTo(1 - expected / 0.001, 2);
    },
  );

  it('reads good events, rates, gauges and ratios', async () => {
    const total = { query: 'sum(rate(requests_total[5m]))' };
    const ratioOf = async (indicator: Partial<IndicatorDefinition>) => {
      const { result } = await read(definition('kinds', indicator));
      const counts = bucketsOf(result).reduce(
        (sum, one) => ({
          bad: sum.bad + one.bad,
          total: sum.total + one.total,
        }),
        { bad: 0, total: 0 },
      );
      return errorRatio(counts) ?? NaN;
    };
    const expected = truth.bad / truth.total;
    const rates = await ratioOf({
      numerator: { query: 'sum(rate(bad_total[1m]))' },
      total,
    });
    expect(rates / expected).toBeCloseTo(1, 2);
    const good = await ratioOf({
      kind: 'good-total',
      numerator: {
        query: 'sum(rate(requests_total[5m])) - sum(rate(bad_total[5m]))',
      },
      total,
    });
    expect(good / expected).toBeCloseTo(1, 2);
    const share = { numerator: { query: 'error_share' }, total: undefined };
    expect(await ratioOf({ ...share, kind: 'raw-failure' })).toBeCloseTo(
      0.01,
      3,
    );
    expect(await ratioOf({ ...share, kind: 'raw-success' })).toBeCloseTo(
      0.99,
      3,
    );
  });

  it.each([
    ['nothing', 'there_is_no_such_series'],
    ['NaN', 'not_a_number'],
  ])('has no events where Prometheus answers %s', async (_name, query) => {
    const { result } = await read(
      definition('empty', { numerator: { query }, total: { query } }),
    );
    expect(result).toMatchObject({ until: END, buckets: [] });
  });

  it('says what Prometheus said of a broken query', async () => {
    const { result } = await read(
      definition('broken', { numerator: { query: 'sum(rate(x[5m])' } }),
    );
    expect(result).toMatchObject({
      error: expect.stringMatching(
        /^Prometheus “main” answered 400: .*parse error/,
      ),
    });
  });
});

describe('PrometheusSource on a server that misbehaves', () => {
  let server: Server;
  let answer: (response: ServerResponse) => void = () => {};
  let url: string;

  beforeAll(async () => {
    server = createServer((_request, response) => answer(response));
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(done => {
      server.close(done);
    });
  });

  async function read(address = url) {
    const source = sourceOf(address, 500);
    const slo = definition('x');
    const key = source.seriesKey(slo);
    const results = await source.fetch(
      [{ key, definition: slo, from: END - 3600 }],
      { now: END + 180 },
    );
    expect(results).toHaveLength(1);
    return results[0];
  }

  const json =
    (body: unknown, status = 200) =>
    (response: ServerResponse) =>
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(typeof body === 'string' ? body : JSON.stringify(body));

  it.each([
    ['500', json('oops', 500), 'Prometheus “main” answered 500.'],
    [
      '503 with a reason',
      json({ status: 'error', error: 'overloaded' }, 503),
      'Prometheus “main” answered 503: overloaded.',
    ],
    ['404', json('', 404), 'Prometheus “main” answered 404.'],
    ['text', json('<html>'), 'not the result of a range query'],
    ['null', json('null'), 'not the result of a range query'],
    [
      'a vector',
      json({ status: 'success', data: { resultType: 'vector', result: [] } }),
      'not the result of a range query',
    ],
    [
      'series without values',
      json({
        status: 'success',
        data: { resultType: 'matrix', result: [{ metric: {} }] },
      }),
      'not the result of a range query',
    ],
    [
      'something that is cut short',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '500' });
        response.write('{"status":');
        response.destroy();
      },
      'cannot be reached',
    ],
    ['nothing in time', () => {}, 'did not answer within 0.5 s'],
  ])('tells that it answered %s', async (_name, misbehave, words) => {
    answer = misbehave;
    expect(await read()).toEqual({
      key: expect.any(String),
      error: expect.stringContaining(words),
    });
  });

  it('tells that it is not there', async () => {
    expect(await read('http://127.0.0.1:1')).toMatchObject({
      error: 'Prometheus “main” cannot be reached.',
    });
  });

  it('leaves out values that are no numbers', async () => {
    answer = json({
      status: 'success',
      data: {
        resultType: 'matrix',
        result: [
          {
            metric: {},
            values: [
              [END - 1200, 'NaN'],
              [END - 900, '+Inf'],
              [END - 600, '-Inf'],
              [END - 300, '7'],
            ],
          },
        ],
      },
    });
    expect(await read()).toMatchObject({
      buckets: [{ at: END - 600, bad: 7, total: 7 }],
    });
  });
});

describe('data sources', () => {
  const source = sourceOf('http://prometheus.example');

  it.each(['other', 'http://elsewhere.example'])(
    'are only those of the configuration, not %p',
    sourceName => {
      expect(() => source.seriesKey(definition('x', { sourceName }))).toThrow(
        `found "${sourceName}"; allowed: main`,
      );
    },
  );

  it('may go unnamed when there is one', () => {
    const unnamed = definition('x', { sourceName: undefined });
    expect(source.seriesKey(unnamed)).toBe(source.seriesKey(definition('x')));
    expect(() =>
      new PrometheusSource({ servers: new Map() }).seriesKey(unnamed),
    ).toThrow('slo.prometheus.sources is empty');
  });

  it('give other counters to another query', () => {
    const other = definition('x', { numerator: { query: 'worse_total' } });
    expect(source.seriesKey(other)).not.toBe(source.seriesKey(definition('x')));
  });

  it.each([
    [[{ name: 'a', url: 'ftp://x' }], 'slo.prometheus.sources[0].url'],
    [
      [
        { name: 'a', url: 'http://x' },
        { name: 'a', url: 'http://y' },
      ],
      'slo.prometheus.sources[1].name',
    ],
  ])('are refused in the configuration: %#', (sources, words) => {
    expect(() =>
      readServers(new ConfigReader({ slo: { prometheus: { sources } } })),
    ).toThrow(words);
  });
});
