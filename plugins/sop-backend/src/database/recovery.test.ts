import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { TestDatabases } from '@backstage/backend-test-utils';
import createKnex, { Knex } from 'knex';
import { CLAIM_SPEC, openStore, start } from './__testUtils__/fixtures';

jest.setTimeout(600_000);

const KILLS = process.env.HANDRAIL_FULL ? 40 : 4;

/** A process that claims and releases as fast as it can and says what it was told. */
function spawnWriter(config: object, runIds: string[]): ChildProcess {
  return spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, '__testUtils__', 'writer.ts'),
      JSON.stringify({ config, runIds }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
  );
}

/** Kills it in the middle of its work. @returns the ids it had an answer for */
async function killAfter(child: ChildProcess, answers: number) {
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout! });
  const closed = new Promise(resolve => child.on('close', resolve));
  for await (const line of lines) {
    acknowledged.push(line);
    if (acknowledged.length === answers) {
      child.kill('SIGKILL');
    }
  }
  await closed;
  return acknowledged;
}

describe('after a process was killed', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const folder = mkdtempSync(join(tmpdir(), 'handrail-recovery-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  async function expectNothingLost(knex: Knex, config: object) {
    const store = await openStore(knex);
    const runIds: string[] = [];
    for (let i = 0; i < 6; i++) {
      runIds.push((await start(store, { spec: CLAIM_SPEC })).runId);
    }
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      // A different point each time.
      const child = spawnWriter(config, runIds);
      acknowledged.push(...(await killAfter(child, 5 + ((kill * 17) % 200))));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * 5);

    const rows = await knex('run_event').whereNotNull('command_id');
    const stored = rows.map(row => row.command_id);
    const distinct = new Set(stored);
    expect(distinct.size).toBe(stored.length);
    expect(acknowledged.filter(id => !distinct.has(id))).toEqual([]);
    const fresh = await openStore(knex);
    for (const runId of runIds) {
      expect(await fresh.verify(runId)).toMatchObject({ ok: true });
      await fresh.load(runId);
    }
  }

  it('holds what was acknowledged, on SQLite', async () => {
    const config = {
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'runs.sqlite') },
      useNullAsDefault: true,
    };
    const knex = createKnex(config);
    try {
      await expectNothingLost(knex, config);
      const [{ journal_mode: mode }] = await knex.raw('PRAGMA journal_mode');
      expect(mode).toBe('wal');
      expect(await knex.raw('PRAGMA synchronous')).toEqual([
        { synchronous: 2 },
      ]);
    } finally {
      await knex.destroy();
    }
  });

  it.each(databases.eachSupportedId())(
    'holds what was acknowledged, on %p',
    async id => {
      const knex = await databases.init(id);
      expect(knex.client.config.client).toBe('pg');
      const { host, port, user, password, database } =
        knex.client.connectionSettings;
      await expectNothingLost(knex, {
        client: 'pg',
        connection: { host, port, user, password, database },
      });
    },
  );
});
