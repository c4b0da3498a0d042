import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { renderText } from '@handrail/plugin-sop-common';
import { RealPrometheus } from '@handrail/test-servers';
import { checksOf, verdict } from './__testUtils__/checks';
import { prometheusQuery } from './prometheusQuery';

const CHECKS = [
  ...checksOf('queue-001-queue-monitoring.yaml'),
  ...checksOf('mon-001-system-monitoring.yaml'),
  ...checksOf('backup-001-backup-age.yaml'),
  ...checksOf('sop-007-snapshot-check.yaml', 'commerce'),
];

const target = { name: 'orders-db' };

/** Values at the limit that still pass, and the nearest that do not. */
const SERIES: Array<[name: string, good: number, bad: number]> = [
  ['liberation_job_age_seconds{queue="export"}', 7200, 7201],
  ['liberation_job_age_seconds{queue="mail"}', 3, 3],
  ['liberation_jobs_failed_ratio', 0.049, 0.05],
  ['liberation_queue_length', 999, 1000],
  ['up{job="liberation-api",instance="a"}', 1, 1],
  ['up{job="liberation-api",instance="b"}', 1, 0],
  ['liberation_error_ratio', 0.049, 0.05],
  ['liberation_db_pool_used_percent', 80, 80.1],
  ...[
    ['liberation_backup_age_seconds', 'incremental', 21_600],
    ['liberation_backup_age_seconds', 'full', 86_400],
    ['database_snapshot_age_seconds', 'nightly', 86_400],
    ['database_snapshot_age_seconds', 'monthly', 2_678_400],
  ].flatMap(
    ([name, kind, limit]): Array<[string, number, number]> => [
      [`${name}{kind="${kind}",database="orders-db"}`, +limit, +limit + 1],
      // Of another database, which says nothing about this one.
      [`${name}{kind="${kind}",database="other-db"}`, +limit + 1, 1],
    ],
  ),
];

jest.setTimeout(120_000);

describe.each([
  ['on the good side of each threshold', 1],
  ['on the bad side of each threshold', 2],
] as const)('a real Prometheus %s', (_, column) => {
  let prometheus: RealPrometheus;

  beforeAll(async () => {
    const now = Math.floor(Date.now() / 1000);
    prometheus = await RealPrometheus.start(
      SERIES.map(series => [
        series[0],
        [180, 120, 60, 0].map(ago => [now - ago, series[column]]),
      ]),
    );
  });

  afterAll(() => prometheus.stop());

  it.each(CHECKS.map(step => [step.name, step] as const))(
    '%s',
    async (_name, step) => {
      expect(step.action).toBe('sop:prometheus-query');
      const query = renderText((step.input as { query: string }).query, {
        target,
      });
      const server = { name: 'liberation', url: prometheus.url, headers: {} };
      const value = await prometheusQuery(server, query);
      const said = verdict(step, { value });
      expect(said === '').toBe(column === 1);
    },
  );

  it.each([
    ['nothing_like_it', 'has no data for nothing_like_it'],
    ['up', 'has 2 series for up; aggregate them to one'],
    ['vector(0) / 0', 'answered NaN to vector(0) / 0'],
    ['sum(', 'answered 400: '],
  ])('refuses %s', async (query, message) => {
    const server = { name: 'liberation', url: prometheus.url, headers: {} };
    await expect(prometheusQuery(server, query)).rejects.toThrow(
      `Prometheus “liberation” ${message}`,
    );
  });
});

describe('a server that is none', () => {
  let server: Server;
  const answers: Record<string, (url: string) => string> = {};

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = answers[request.url ?? ''];
      if (answer) {
        response.end(answer(request.url ?? ''));
      }
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = () => {
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    return prometheusQuery({ name: 'x', url, headers: {} }, 'up', 200);
  };

  it.each([
    [
      '{"status":"success","data":{"resultType":"matrix","result":{}}}',
      'answered something that is not the result of an instant query',
    ],
    ['<html>', 'answered 200'],
  ])('says what is wrong with %s', async (text, message) => {
    answers['/api/v1/query'] = () => text;
    await expect(ask()).rejects.toThrow(`Prometheus “x” ${message}`);
  });

  it('does not wait for ever', async () => {
    delete answers['/api/v1/query'];
    await expect(ask()).rejects.toThrow('did not answer within 0.2 s');
  });

  it('says when it is not there', async () => {
    const gone = { name: 'x', url: 'http://127.0.0.1:1', headers: {} };
    await expect(prometheusQuery(gone, 'up')).rejects.toThrow(
      'Prometheus “x” cannot be reached',
    );
  });
});
