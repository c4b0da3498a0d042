/**
 * How fast 10,000 alerts are stored, with their episodes, the incident they
 * propose and the ledger, beside the same machine's ceiling: as many rows of
 * the same size inserted through knex in batches of 400, the size of the
 * ingestor's transactions.
 *
 * Once as one body of some 4 MB, once as 10,000 bodies by 16 callers.
 */
import { createHash } from 'node:crypto';
import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { DEFAULT_INCIDENT_POLICY } from '@handrail/plugin-incidents-common';
import type { Knex } from 'knex';
import { AlertIngestor } from '../plugins/incidents-backend/src/alerts/AlertIngestor';
import { EntityMatcher } from '../plugins/incidents-backend/src/alerts/EntityMatcher';
import { Proposer } from '../plugins/incidents-backend/src/alerts/Proposer';
import { IncidentStore } from '../plugins/incidents-backend/src/database/IncidentStore';
import { announce } from '../plugins/incidents-backend/src/service/announce';
import { readWebhook } from '../plugins/incidents-backend-module-alertmanager/src/webhook';
import { BenchDatabase, openDatabases } from './lib/databases';
import { print, round } from './lib/measure';

const ALERTS = Number(process.env.ALERTS ?? 10_000);
const BATCH = 400;
const CALLERS = 16;

function alert(prefix: string, n: number) {
  return {
    status: 'firing',
    labels: {
      alertname: `Storm${n % 7}`,
      component: n % 2 ? 'checkout' : 'ledger',
      instance: `checkout-${n}.shop.svc.cluster.local:8080`,
      namespace: 'shop',
      severity: 'critical',
    },
    annotations: {
      summary: 'The ratio of failed requests is above 5 % for 5 minutes',
      description: `12.4 % of requests to instance ${n} fail`,
    },
    startsAt: '2026-11-20T10:00:00.000Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus.monitoring:9090/graph?g0.expr=up',
    fingerprint: `${prefix}-${n}`,
  };
}

function body(alerts: object[]): Buffer {
  return Buffer.from(JSON.stringify({ version: '4', alerts }));
}

/** Two components of one system; nothing is asked over the network. */
const catalog = {
  getEntitiesByRefs: async ({ entityRefs }: { entityRefs: string[] }) => ({
    items: entityRefs.map(ref => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: ref.split('/')[1], namespace: 'default' },
      relations: [
        { type: 'ownedBy', targetRef: 'group:default/payments' },
        { type: 'partOf', targetRef: 'system:default/shop' },
      ],
    })),
  }),
} as unknown as CatalogService;

const auth = {
  getOwnServiceCredentials: async () => ({}),
} as unknown as AuthService;

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

async function ceiling(knex: Knex): Promise<number> {
  await knex.schema.createTable('ceiling', table => {
    table.text('id').primary();
    table.text('data');
  });
  const data = JSON.stringify(alert('ceiling', 1));
  return seconds(async () => {
    for (let start = 0; start < ALERTS; start += BATCH) {
      const rows = Array.from(
        { length: Math.min(BATCH, ALERTS - start) },
        (_, n) => ({ id: `row-${start + n}`, data }),
      );
      await knex.transaction(tx => tx('ceiling').insert(rows));
    }
  });
}

async function measure({ name, knex }: BenchDatabase): Promise<void> {
  const store = await IncidentStore.create({
    database: { getClient: async () => knex },
    announce,
  });
  const policy = DEFAULT_INCIDENT_POLICY;
  const ingestor = new AlertIngestor({
    store,
    matcher: new EntityMatcher({
      catalog,
      auth,
      labels: ['component'],
      groupBy: 'system',
    }),
    proposer: new Proposer({
      store,
      policy,
      severities: { critical: 'SEV-2' },
    }),
  });
  const ingest = (bytes: Buffer) =>
    ingestor.ingest({
      source: 'bench',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      alerts: readWebhook(bytes),
    });
  const limit = await ceiling(knex);
  const big = body(Array.from({ length: ALERTS }, (_, n) => alert('one', n)));
  const figures = {
    oneBody: await seconds(() => ingest(big)),
    repeated: await seconds(() => ingest(big)),
    manyBodies: await seconds(async () => {
      let next = 0;
      const caller = async () => {
        while (next < ALERTS) {
          next += 1;
          await ingest(body([alert('many', next)]));
        }
      };
      await Promise.all(Array.from({ length: CALLERS }, caller));
    }),
  };
  const [{ proposed }] = await knex('incident').count({ proposed: '*' });
  for (const [form, took] of Object.entries(figures)) {
    print({
      benchmark: 'alerts',
      database: name,
      form,
      alerts: ALERTS,
      ...(form === 'manyBodies' ? {} : { bytes: big.length }),
      seconds: round(took, 2),
      alertsPerSecond: round(ALERTS / took),
      ceilingSeconds: round(limit, 2),
      ratio: round(limit / took, 2),
      incidentsProposed: Number(proposed),
      goalSeconds: name === 'postgres' ? 15 : 30,
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
