import { randomUUID } from 'node:crypto';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { RunView } from '@handrail/plugin-sop-common';
import type { Knex } from 'knex';
import { openStore } from './database/__testUtils__/fixtures';
import { Replica } from './__testUtils__/replicas/Replica';
import { EFFECTS } from './__testUtils__/replicas/work';

const FULL = Boolean(process.env.HANDRAIL_FULL);
const RUNS = FULL ? 1000 : 16;
const KILLS = FULL ? 60 : 2;
const REPLICAS = 3;
const CLIENTS = 8;
/** Work between two kills, at most, in milliseconds. */
const LONGEST_WORK = 1500;
/** A run that has not settled by then is stuck; a lease is 3 seconds. */
const STUCK = 180_000;

jest.setTimeout(FULL ? 3_600_000 : 600_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const sleep = (ms: number) =>
  new Promise(done => {
    setTimeout(done, ms);
  });

/** What people were told. */
interface Knowledge {
  /** Ids of commands that were answered, by run. */
  acknowledged: Map<string, string[]>;
  /** Runs as they were when nothing went on in them by itself any more. */
  settled: RunView[];
}

/** People who talk to whichever replica there is. */
class People {
  readonly known: Knowledge = { acknowledged: new Map(), settled: [] };

  constructor(private readonly replicas: readonly Replica[]) {}

  /** Does all that a person does in one run, until it is over or held. */
  async work(): Promise<void> {
    const start = await this.#send('POST', '/runs', {
      sopRef: 'sop:default/replicas',
    });
    const { runId } = start;
    const end = Date.now() + STUCK;
    for (let run = start; ; run = await this.#send('GET', `/runs/${runId}`)) {
      const step = run.steps.find(
        ({ status }) => status === 'ready' || status === 'reserved',
      );
      if (step) {
        const command = {
          type: step.claimedBy ? 'complete' : 'claim',
          stepId: step.id,
          taskVersion: step.version,
        };
        await this.#send('POST', `/runs/${runId}/commands`, { command });
      } else if (!run.steps.some(({ status }) => status === 'running')) {
        this.known.settled.push(run);
        return;
      } else if (Date.now() > end) {
        throw new Error(`Run ${runId} is stuck: ${run.headline}`);
      } else {
        await sleep(50);
      }
    }
  }

  /** Repeats a request as it is until somebody answers it. */
  async #send(
    method: 'GET' | 'POST',
    path: string,
    data?: object,
  ): Promise<RunView> {
    const commandId = randomUUID();
    for (;;) {
      const response = await this.#fetch(path, {
        method,
        headers: {
          authorization: mockCredentials.user.header('user:default/dev'),
          ...(data ? { 'content-type': 'application/json' } : {}),
        },
        body: data && JSON.stringify({ commandId, ...data }),
      });
      if (response) {
        const { status, text } = response;
        if (status >= 300) {
          throw new Error(`${method} ${path}: ${status} ${text}`);
        }
        const run: RunView = JSON.parse(text);
        if (data) {
          const ids = this.known.acknowledged.get(run.runId) ?? [];
          this.known.acknowledged.set(run.runId, [...ids, commandId]);
        }
        return run;
      }
      await sleep(20);
    }
  }

  /** @returns undefined when there is no answer */
  async #fetch(path: string, init: RequestInit) {
    const alive = this.replicas.flatMap(({ baseUrl }) => baseUrl ?? []);
    const baseUrl = alive[Math.floor(Math.random() * alive.length)];
    try {
      const response = await fetch(`${baseUrl}${path}`, init);
      return { status: response.status, text: await response.text() };
    } catch {
      return undefined;
    }
  }
}

/** Kills one replica after another while people work. */
async function killWhileTheyWork(replicas: Replica[], people: People) {
  let kills = 0;
  let runs = 0;
  const killing = (async () => {
    while (kills < KILLS) {
      await sleep(Math.random() * LONGEST_WORK);
      const victim = replicas[Math.floor(Math.random() * replicas.length)];
      await victim.kill();
      kills += 1;
      await victim.start();
    }
  })();
  const working = Array.from({ length: CLIENTS }, async () => {
    while (runs < RUNS || kills < KILLS) {
      runs += 1;
      await people.work();
    }
  });
  await Promise.all([killing, ...working]);
  return runs;
}

describe('three replicas on one database, killed at random', () => {
  const replicas: Replica[] = [];

  afterEach(() => Promise.all(replicas.map(replica => replica.kill())));

  async function startReplicas(knex: Knex): Promise<void> {
    const { host, port, user, password, database } =
      knex.client.connectionSettings;
    const connection = { host, port, user, password, database };
    for (let i = 0; i < REPLICAS; i++) {
      replicas.push(new Replica({ connection, migrate: i === 0 }));
    }
    const [first, ...others] = replicas;
    await first.start();
    await Promise.all(others.map(replica => replica.start()));
  }

  it.each(databases.eachSupportedId())(
    'lose nothing acknowledged, repeat no effect and leave no run stuck, on %p',
    async id => {
      const knex = await databases.init(id);
      await knex.schema.createTable(EFFECTS, table => {
        table.text('run_id').notNullable();
      });
      await startReplicas(knex);
      const people = new People(replicas);
      const runs = await killWhileTheyWork(replicas, people);
      const { acknowledged, settled } = people.known;

      // One run per start, however often it was sent.
      expect(settled).toHaveLength(runs);
      expect(acknowledged.size).toBe(runs);
      expect(Number((await knex('run').count({ n: '*' }))[0].n)).toBe(runs);

      const rows: Array<{ run_id: string; command_id: string }> = await knex(
        'run_event',
      )
        .whereNotNull('command_id')
        .select('run_id', 'command_id');
      const stored = rows.map(row => `${row.run_id}/${row.command_id}`).sort();
      expect(stored).toEqual(
        [...acknowledged]
          .flatMap(([runId, ids]) => ids.map(one => `${runId}/${one}`))
          .sort(),
      );

      const effects: Array<{ run_id: string }> = await knex(EFFECTS);
      const store = await openStore(knex);
      for (const { runId } of settled) {
        const { state } = await store.load(runId);
        const times = effects.filter(({ run_id: one }) => one === runId).length;
        const { write } = state.steps;
        const outcome =
          write.status === 'completed' ? state.status : write.error?.name;
        expect([
          ['completed', 1],
          // Whoever called is gone, and only a person can find out.
          ['OutcomeUnknownError', 0],
          ['OutcomeUnknownError', 1],
        ]).toContainEqual([outcome, times]);
        expect(await store.verify(runId)).toMatchObject({ ok: true });
      }
      expect(
        settled.filter(({ status }) => status === 'completed').length,
      ).toBeGreaterThan(runs / 2);
      expect(await knex('timer')).toEqual([]);
    },
  );
});
