import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { Client } from 'pg';
import { checksOf, verdict } from './__testUtils__/checks';
import { postgresMetrics } from './postgresMetrics';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const supported = databases.eachSupportedId();
const [pool, cache, longQueries] = checksOf('db-002-database-monitoring.yaml');

/** `./portal test` brings a server; a test by hand may have none. */
const describeOn = supported.length > 0 ? describe : describe.skip;

describeOn('a real PostgreSQL', () => {
  let knex: Knex;
  let connection: string;
  const open: Client[] = [];

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    const { rows } = await knex.raw('SELECT current_database() AS name');
    const url = new URL(
      process.env.BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING!,
    );
    url.pathname = `/${rows[0].name}`;
    connection = url.href;
    // Room for ten; knex itself has some of them.
    await knex.raw('ALTER DATABASE ?? CONNECTION LIMIT 10', [rows[0].name]);
  });

  afterAll(async () => {
    await Promise.all(open.map(client => client.end()));
  });

  const measure = async () => ({
    ...(await postgresMetrics({ name: 'liberation', connection })),
  });

  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: connection });
    await client.connect();
    open.push(client);
    return client;
  }

  it('passes at 80 % of the connections and fails above', async () => {
    while ((await measure()).connectionsUsedPercent < 80) {
      await connect();
    }
    const full = await measure();
    expect(full.connectionsUsedPercent).toBe(80);
    expect(verdict(pool, full)).toBe('');
    await connect();
    expect(verdict(pool, await measure())).toBe(
      'Warning: 90 % of the connections are in use; above 80 % is too many',
    );
  });

  it('fails when less than 95 % comes from memory', async () => {
    const client = await connect();
    // Larger than a quarter of the shared buffers: PostgreSQL reads such a table
    // through a small ring, so that each scan reads the disk.
    await client.query(
      `CREATE TABLE large AS
       SELECT n, repeat('x', 1500) AS filler FROM generate_series(1, 30000) n`,
    );
    await client.query('SELECT pg_stat_reset()');
    for (let i = 0; i < 2; i++) {
      await client.query('SELECT sum(length(filler)) FROM large');
    }
    await client.query('SELECT pg_stat_force_next_flush()');
    await client.query('SELECT 1');
    expect(verdict(cache, await measure())).toMatch(
      /^Investigate: the cache hit ratio is \d+(\.\d+)? %; below 95 % is too low$/,
    );
    await client.query('SELECT pg_stat_reset()');
    for (let i = 0; i < 200; i++) {
      await client.query('SELECT n FROM large LIMIT 1');
    }
    await client.query('SELECT pg_stat_force_next_flush()');
    await client.query('SELECT 1');
    const warm = await measure();
    expect(warm.cacheHitPercent).toBeGreaterThanOrEqual(95);
    expect(verdict(cache, warm)).toBe('');
  });

  it('sees how long the oldest statement has been running', async () => {
    const idle = await measure();
    expect(idle.longestQuerySeconds).toBe(0);
    const client = await connect();
    const sleeping = client.query('SELECT pg_sleep(3)');
    let longest = 0;
    while (longest < 1) {
      longest = (await measure()).longestQuerySeconds;
    }
    await sleeping;
    expect(longest).toBeLessThan(4);
    // Nobody waits for five minutes in a test: the same figure, five minutes on.
    expect(verdict(longQueries, { longestQuerySeconds: longest })).toBe('');
    expect(
      verdict(longQueries, { longestQuerySeconds: longest + 300 }),
    ).toMatch(
      /^Alert: a statement has been running for 30\d(\.\d+)? s; 300 s is the limit$/,
    );
  });

  it('knows the size', async () => {
    const { databaseBytes } = await measure();
    expect(databaseBytes).toBeGreaterThan(1_000_000);
  });

  it('says when it cannot be measured, without the password', async () => {
    const wrong = new URL(connection);
    wrong.password = 'wrong';
    const refused = postgresMetrics({
      name: 'liberation',
      connection: wrong.href,
    });
    await expect(refused).rejects.toThrow(
      'Database “liberation” cannot be measured (28P01)',
    );
  });
});
