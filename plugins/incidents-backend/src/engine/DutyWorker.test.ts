import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { DEFAULT_INCIDENT_POLICY } from '@handrail/plugin-incidents-common';
import createKnex, { Knex } from 'knex';
import {
  command,
  declare,
  openStore,
  TestClock,
} from '../__testUtils__/stores';
import { IncidentStore } from '../database/IncidentStore';
import { verifyIncident } from '../database/verification';
import { DutyWorker } from './DutyWorker';

jest.setTimeout(180_000);

/** Duties that are due in no time. */
const QUICK = {
  ...DEFAULT_INCIDENT_POLICY,
  obligations: DEFAULT_INCIDENT_POLICY.obligations.map(rule =>
    rule.kind === 'commander'
      ? {
          ...rule,
          due: 'PT2S',
          warnAt: undefined,
          levels: rule.levels.slice(0, 1),
        }
      : rule,
  ),
};

function workerOf(store: IncidentStore) {
  return new DutyWorker({
    store,
    policy: DEFAULT_INCIDENT_POLICY,
    logger: mockServices.logger.mock(),
    cadence: 1000,
  });
}

async function fired(store: IncidentStore, incidentId: string) {
  const entries = await store.readTimeline(incidentId, { limit: 200 });
  return entries
    .map(({ event }) => event)
    .reverse()
    .filter(event => /^obligation\.(warned|breached)$/.test(event.type));
}

describe('duties', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const ids = databases.eachSupportedId();

  it.each(ids)('warn, breach and escalate in time on %p', async id => {
    const clock = new TestClock();
    const store = await openStore(await databases.init(id), clock);
    const worker = workerOf(store);
    const incidentId = await declare(store);
    await worker.wake();
    expect(await fired(store, incidentId)).toEqual([]);
    clock.forward(3);
    await worker.wake();
    clock.forward(2);
    await worker.wake();
    await worker.wake();
    clock.forward(5);
    await worker.wake();
    clock.forward(10);
    await worker.wake();
    expect(await fired(store, incidentId)).toMatchObject([
      {
        type: 'obligation.warned',
        at: '2026-11-20T10:03:00.000Z',
        data: { notify: ['group:default/payments'] },
      },
      {
        type: 'obligation.breached',
        at: '2026-11-20T10:05:00.000Z',
        data: { level: 1, lateBySeconds: 0, late: false },
      },
      {
        type: 'obligation.breached',
        at: '2026-11-20T10:10:00.000Z',
        data: { level: 2, lateBySeconds: 0, late: false },
      },
    ]);
    // Late is late, also when it is done after all.
    const { state } = await command(store, incidentId, {
      type: 'take-role',
      role: 'commander',
    });
    expect(
      state.obligations.find(one => one.kind === 'commander'),
    ).toMatchObject({
      state: 'satisfied',
      breachedAt: '2026-11-20T10:05:00.000Z',
      satisfiedAt: '2026-11-20T10:20:00.000Z',
    });
    const messages = await store
      .knex('outbox')
      .where('channel', 'notification');
    expect(
      messages.filter(row => row.payload.includes('Overdue: Take command')),
    ).toHaveLength(2);
    expect(await verifyIncident(store.knex, incidentId)).toMatchObject({
      ok: true,
    });
  });

  it.each(ids)('missed in a pause are made up for once on %p', async id => {
    const clock = new TestClock();
    const store = await openStore(await databases.init(id), clock);
    const incidentId = await declare(store);
    clock.forward(44);
    await workerOf(store).wake();
    await workerOf(store).wake();
    expect(await fired(store, incidentId)).toMatchObject([
      {
        type: 'obligation.breached',
        data: { level: 2, late: true, lateBySeconds: 39 * 60 },
      },
      {
        type: 'obligation.breached',
        data: { level: 1, late: true, lateBySeconds: 14 * 60 },
      },
    ]);
  });

  it.each(ids)('are fired once by many replicas on %p', async id => {
    const clock = new TestClock();
    const knex = await databases.init(id);
    const stores = [];
    for (let replica = 0; replica < 4; replica++) {
      stores.push(await openStore(knex, clock));
    }
    const incidents: string[] = [];
    for (let n = 0; n < 10; n++) {
      incidents.push(await declare(stores[0]));
    }
    clock.forward(5);
    await Promise.all(stores.map(store => workerOf(store).wake()));
    for (const incidentId of incidents) {
      expect(await fired(stores[0], incidentId)).toHaveLength(1);
    }
  });

  it.each(ids)('end an offer that nobody answers on %p', async id => {
    const clock = new TestClock();
    const store = await openStore(await databases.init(id), clock);
    const incidentId = await declare(store, { takeCommand: true });
    await command(store, incidentId, {
      type: 'offer-role',
      role: 'commander',
      person: 'user:default/ben',
    });
    clock.forward(3);
    await workerOf(store).wake();
    const state = await store.load(incidentId);
    expect(state.roles.commander).toEqual({
      holder: 'user:default/ana',
      acceptedAt: '2026-11-20T10:00:00.000Z',
    });
    const [breach] = await fired(store, incidentId);
    expect(breach.data).toMatchObject({
      notify: ['user:default/ben', 'user:default/ana'],
    });
  });

  it.each(ids)('need the latest claim on %p', async id => {
    const clock = new TestClock();
    const store = await openStore(await databases.init(id), clock);
    const incidentId = await declare(store);
    clock.forward(5);
    const options = { owner: 'slow', limit: 10, leaseMs: 15_000 };
    const [slow] = await store.claimObligations(options);
    expect(await store.claimObligations(options)).toEqual([]);
    clock.forward(1);
    const [quick] = await store.claimObligations({ ...options, owner: 'b' });
    expect(quick.fence).toBe(slow.fence + 1);
    const fire = (claim: typeof slow) =>
      store.transact(incidentId, { claim }, () => {
        throw new Error('It was asked to decide');
      });
    expect((await fire(slow)).events).toEqual([]);
    await expect(fire(quick)).rejects.toThrow('It was asked to decide');
  });
});

describe('a duty survives kill -9', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const folder = mkdtempSync(join(tmpdir(), 'handrail-duties-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  function start(options: object): ChildProcess {
    return spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        join(__dirname, '..', '__testUtils__', 'engine.ts'),
        JSON.stringify(options),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
    );
  }

  async function killWhenItSays(child: ChildProcess, word: string) {
    const closed = new Promise(resolve => child.on('close', resolve));
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line === word) {
        child.kill('SIGKILL');
      }
    }
    await closed;
  }

  /** What is on record after one replica died at it and two others ran. */
  async function fireAfterKill(knex: Knex, config: object) {
    const store = await openStore(knex);
    const incidentId = await declare(store, {}, QUICK);
    // It has the duty in its hands when it dies: after due, before fire.
    await killWhenItSays(
      start({ config, mode: 'hang', leaseMs: 1500 }),
      'claimed',
    );
    const before = {
      fired: await fired(store, incidentId),
      row: await knex('obligation').where('kind', 'commander').first(),
    };

    // Two that come after it; the database's own clock all the time.
    const replicas = [0, 1].map(() =>
      start({ config, mode: 'work', leaseMs: 1500 }),
    );
    const end = Date.now() + 60_000;
    while (!(await fired(store, incidentId)).length && Date.now() < end) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    await new Promise(resolve => setTimeout(resolve, 1000));
    replicas.forEach(child => child.kill('SIGKILL'));
    return {
      before,
      fired: await fired(store, incidentId),
      verdict: await verifyIncident(knex, incidentId),
    };
  }

  const ONE_FIRING = {
    before: { fired: [], row: { lease_owner: 'hanging', fence: 1 } },
    fired: [{ type: 'obligation.breached', data: { level: 1 } }],
    verdict: { ok: true },
  };

  it('on SQLite', async () => {
    const config = {
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'incidents.sqlite') },
      useNullAsDefault: true,
    };
    const knex = createKnex(config);
    try {
      expect(await fireAfterKill(knex, config)).toMatchObject(ONE_FIRING);
    } finally {
      await knex.destroy();
    }
  });

  it.each(databases.eachSupportedId())('on %p', async id => {
    const knex = await databases.init(id);
    expect(knex.client.config.client).toBe('pg');
    const { host, port, user, password, database } =
      knex.client.connectionSettings;
    const config = {
      client: 'pg',
      connection: { host, port, user, password, database },
    };
    expect(await fireAfterKill(knex, config)).toMatchObject(ONE_FIRING);
  });
});
